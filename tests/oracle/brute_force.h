// SPDX-License-Identifier: EUPL-1.2
//
// The slow and obvious evaluator: it tries every completion of what is known. It reads the
// vocabulary and the tree of the provision, never the clauses or the compiled formula of the
// engine, and gives amounts as numbers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "law/evaluate.h"
#include "oracle/instance.h"

namespace rogatory::oracle {

/// One way in which a conduct can turn out.
struct Completion {
  std::map<std::string, bool> terms;
  int halves = 0;  ///< the amount, in halves of the unit
};

/// What the facts leave open. An amount that is contested, or known in another currency only, is
/// open where it is.
struct Known {
  std::map<std::string, bool> terms;
  std::vector<int> halves;  ///< amounts said, in halves
};

[[nodiscard]] Known known_of(const Instance& instance);

/// The largest amount tried, in halves; all thresholds are below.
inline constexpr int kMaxHalves = 12;

class BruteForce {
 public:
  explicit BruteForce(const Instance& instance);

  /// True when the facts contradict each other.
  [[nodiscard]] bool is_conflict() const { return completions_.empty(); }
  /// What all completions agree on, or unknown.
  [[nodiscard]] law::Truth answer(law::Defences defences) const;

 private:
  [[nodiscard]] bool respects_vocabulary(const std::map<std::string, bool>& terms) const;
  [[nodiscard]] law::Truth answer(const law::Node& node, law::Defences defences) const;
  [[nodiscard]] bool holds(const law::Node& node, const Completion& at,
                           law::Defences defences) const;
  [[nodiscard]] bool base_holds(const law::Node& node, const Completion& at,
                                law::Defences defences) const;

  const Instance& instance_;
  std::vector<Completion> completions_;
  mutable std::map<const law::Exception*, bool> settled_;
};

/// True when an amount, in halves, reaches the threshold.
[[nodiscard]] bool reaches(int halves, const law::Threshold& threshold);

}  // namespace rogatory::oracle
