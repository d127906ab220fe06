// SPDX-License-Identifier: EUPL-1.2
// Decides, once per formula, whether strong Kleene evaluation after unit propagation is already
// exact.
//
// It is when each atom occurs in one polarity only, and making all "helpful" atoms true (or all
// "harmful" ones) never contradicts the theory: see the conditions in the body. Otherwise an
// unknown of Kleene has to be asked of the BDD.
#pragma once

#include <cstdint>
#include <vector>

#include "law/formula.h"
#include "law/theory.h"

namespace rogatory::law::detail {

class ExactnessCheck {
 public:
  ExactnessCheck(const FormulaPool& pool, const Theory& theory, std::size_t atom_count);

  /// True when Kleene may say unknown although every completion gives one answer.
  [[nodiscard]] bool needs_exact(FormulaId root) const;

 private:
  struct Polarities {
    std::vector<AtomId> positive;
    std::vector<AtomId> negative;
  };
  struct Closure {
    std::vector<bool> holds;    ///< by atom
    std::vector<AtomId> atoms;  ///< those that hold
  };
  void collect(FormulaId id, bool is_positive, Polarities& out) const;
  /// What becomes true when `seeds` are, entailments with several premises firing on any one of
  /// them.
  [[nodiscard]] Closure upward_closure(const std::vector<AtomId>& seeds) const;
  [[nodiscard]] bool is_safe(const Closure& closure, const std::vector<AtomId>& opposite) const;

  const FormulaPool& pool_;
  const Theory& theory_;
  std::size_t atom_count_;
  /// What some member of an exhaustive group could make true or false, whichever member it is:
  /// where all members agree, unit propagation does not see it.
  std::vector<bool> forced_by_choices_;
};

}  // namespace rogatory::law::detail
