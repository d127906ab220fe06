// SPDX-License-Identifier: EUPL-1.2
// The first legal basis for every ordered pair of States and every kind of request on one day,
// without facts: what find_bases answers for each, computed at once. The status of each State is
// read once for each instrument. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "law/basis.h"

namespace rogatory::law {

/// One answer of the table.
struct BasisCell {
  std::optional<ProvisionIndex> provision;  ///< the first basis; nothing: none_known
  Confidence confidence = Confidence::kRecalled;
  bool is_provisional = true;
  Bilateral bilateral = Bilateral::kNotEncoded;
  std::uint32_t reason = 0;  ///< of none_known
};

class BasisTable {
 public:
  /// Every State of `World::states`; those alone, as territories are unknown by default.
  [[nodiscard]] static BasisTable make(const LawBook& book, base::Date on);

  [[nodiscard]] const std::vector<Side>& states() const { return states_; }
  [[nodiscard]] base::Date on() const { return on_; }
  /// Kinds in the order of kRequestKinds; requesting and requested by position in `states`. The
  /// diagonal has no answer.
  [[nodiscard]] const BasisCell& at(std::size_t requesting, std::size_t requested,
                                    std::size_t kind) const;
  /// Why there is none, as BasisAnswer::none_known.
  [[nodiscard]] std::string none_known(const BasisCell& cell, std::size_t requested,
                                       std::size_t kind) const;

  /// Ordered pairs with a basis that is known, not recalled, for the kind at that position.
  [[nodiscard]] std::size_t count_known(std::size_t kind) const;
  [[nodiscard]] std::size_t count_none(std::size_t kind) const;
  /// Ordered pairs with such a basis for some kind.
  [[nodiscard]] std::size_t count_known_pairs() const;
  [[nodiscard]] std::size_t pairs() const { return states_.size() * (states_.size() - 1); }

  /// The whole table as CSV (RFC 4180), one row a pair and kind: `requesting,requested,kind,answer,
  /// citation,confidence,provisional,bilateral,reason`. `answer` is the id of the provision or
  /// `none_known`.
  [[nodiscard]] std::string to_csv(const LawBook& book) const;

 private:
  class Maker;
  explicit BasisTable(base::Date on) : on_(on) {}
  [[nodiscard]] std::size_t index(std::size_t requesting, std::size_t requested,
                                  std::size_t kind) const;

  base::Date on_;
  std::vector<Side> states_;
  std::vector<BasisCell> cells_;
  std::vector<std::string> reasons_;      ///< what of none_known depends on the pair
  std::vector<Reciprocity> reciprocity_;  ///< by requested State and kind
};

}  // namespace rogatory::law
