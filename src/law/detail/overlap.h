// SPDX-License-Identifier: EUPL-1.2
// "One act upon one object can satisfy both": the test behind the relation `overlapping`.
#pragma once

#include <set>
#include <vector>

#include "law/law_book.h"

namespace rogatory::law::detail {

/// The most ways in which the acts and objects of one irreducible conduct are made more specific.
inline constexpr std::size_t kMaxSpecialisations = 20'000;

class Overlap {
 public:
  explicit Overlap(const LawBook& book);

  /// True when an irreducible conduct of one formula supplies all acts and objects that the other
  /// needs, in either direction. Circumstances, means, mental elements, results and persons are set
  /// aside, as are lifted terms.
  [[nodiscard]] bool shares_act_and_object(FormulaId a, FormulaId b) const;

 private:
  using Atoms = std::set<AtomId>;

  /// The minimal sets of acts and objects that the formula can be satisfied with.
  [[nodiscard]] std::vector<Atoms> needs(FormulaId id) const;
  [[nodiscard]] bool supplies(const Atoms& conduct, const Atoms& needed) const;
  [[nodiscard]] bool is_act_or_object(AtomId atom) const;
  /// Everything that follows, all circumstances being given.
  [[nodiscard]] std::vector<bool> closure(const std::vector<AtomId>& atoms) const;
  [[nodiscard]] std::vector<AtomId> specialisations(AtomId atom, const Atoms& needed) const;
  /// Does a part of `chosen` from which nothing can be left out, and which still makes up
  /// `conduct`, supply `needed`?
  [[nodiscard]] bool reduces_to_supplier(const std::vector<AtomId>& chosen, const Atoms& conduct,
                                         const Atoms& needed) const;

  const LawBook& book_;
  std::vector<AtomId> circumstances_;
  std::vector<std::vector<AtomId>> descendants_;  ///< by atom, acts and objects only
};

}  // namespace rogatory::law::detail
