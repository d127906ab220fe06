// SPDX-License-Identifier: EUPL-1.2
// A small reduced ordered BDD for one provision at a time. Not thread-safe; make one per question.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace rogatory::law::detail {

class Bdd {
 public:
  using Ref = std::uint32_t;
  static constexpr Ref kFalse = 0;
  static constexpr Ref kTrue = 1;

  explicit Bdd(std::size_t max_nodes);

  [[nodiscard]] Ref variable(std::uint32_t level);
  [[nodiscard]] Ref land(Ref a, Ref b) { return ite(a, b, kFalse); }
  [[nodiscard]] Ref lor(Ref a, Ref b) { return ite(a, kTrue, b); }
  [[nodiscard]] Ref lnot(Ref a) { return ite(a, kFalse, kTrue); }
  [[nodiscard]] Ref ite(Ref f, Ref g, Ref h);
  /// True once `max_nodes` was reached: results are meaningless from then on.
  [[nodiscard]] bool overflowed() const { return overflowed_; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

 private:
  struct NodeData {
    std::uint32_t level;
    Ref low;
    Ref high;
  };
  struct Key {
    std::uint32_t a, b, c;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& k) const noexcept;
  };
  [[nodiscard]] Ref make(std::uint32_t level, Ref low, Ref high);
  [[nodiscard]] std::uint32_t level(Ref r) const { return nodes_[r].level; }

  std::vector<NodeData> nodes_;
  std::unordered_map<Key, Ref, KeyHash> unique_;
  std::unordered_map<Key, Ref, KeyHash> cache_;
  std::size_t max_nodes_;
  bool overflowed_ = false;
};

}  // namespace rogatory::law::detail
