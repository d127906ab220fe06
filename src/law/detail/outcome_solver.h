// SPDX-License-Identifier: EUPL-1.2
// Which outcomes can still come true: exact, by SAT over the part of the theory that matters.
#pragma once

#include <string>
#include <vector>

#include "law/detail/sat.h"
#include "law/grounds.h"

namespace rogatory::law::detail {

/// A ground as the solver sees it.
struct GroundFormula {
  FormulaId root = kNoFormula;
  bool is_undecided = false;         ///< without a formula: a free choice of its own
  std::vector<std::string> choices;  ///< free choices that must hold too, shared by name
  std::vector<std::string> denied;   ///< free choices that must not hold
  bool never = false;                ///< settled: does not count
  std::vector<FormulaId> bars;
  std::vector<AtomId> cures;
  bool is_mandatory = false;
  bool is_postponement = false;
};

class OutcomeSolver {
 public:
  OutcomeSolver(const Valuation& valuation, std::vector<GroundFormula> grounds);

  /// Does the ground at `i` apply, bars considered, cures aside?
  [[nodiscard]] Truth applies(std::size_t i);
  /// The outcomes that grounds at `members` leave possible together.
  [[nodiscard]] OutcomeSet outcomes(const std::vector<std::size_t>& members);
  /// May execution wait, by one of `members`?
  [[nodiscard]] Truth postponement(const std::vector<std::size_t>& members);

 private:
  struct Encoded {
    SatLiteral applies = 0;
    SatLiteral cured = 0;
  };

  [[nodiscard]] SatLiteral constant(bool value);
  [[nodiscard]] SatLiteral choice(const std::string& name);
  [[nodiscard]] SatLiteral any_of(const std::vector<SatLiteral>& parts);
  [[nodiscard]] SatLiteral all_of(std::vector<SatLiteral> parts);
  [[nodiscard]] SatLiteral formula(FormulaId root);
  [[nodiscard]] Truth ask(SatLiteral holds);
  void add_background();

  const Valuation& valuation_;
  std::vector<GroundFormula> grounds_;
  std::vector<Encoded> encoded_;
  std::vector<std::pair<std::string, SatLiteral>> choices_;
  SatLiteral true_ = 0;
  Sat sat_;
};

}  // namespace rogatory::law::detail
