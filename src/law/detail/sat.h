// SPDX-License-Identifier: EUPL-1.2
// The one seam to the SAT solver (CaDiCaL): formulas and clauses over atoms, incremental, with
// assumptions.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "law/law_book.h"

namespace rogatory::law::detail {

/// A literal of the solver: positive or negative variable number, never 0.
using SatLiteral = int;

class Sat {
 public:
  Sat();
  ~Sat();
  Sat(const Sat&) = delete;
  Sat& operator=(const Sat&) = delete;

  /// The solver's literal for a literal of the theory.
  [[nodiscard]] SatLiteral literal(Literal lit);
  [[nodiscard]] SatLiteral fresh();
  void add(std::span<const SatLiteral> clause);
  /// The clauses of the theory that are at least as sure as `least`.
  void add_theory(const Theory& theory, Confidence least = Confidence::kRecalled);
  /// A literal equivalent to the formula (both directions), every exception counting as a plain
  /// condition.
  [[nodiscard]] SatLiteral encode(const FormulaPool& pool, FormulaId root);
  /// The literal `lit` stands for `root` from now on: for exceptions whose answer is settled
  /// elsewhere.
  void settle(FormulaId root, bool value);

  [[nodiscard]] bool is_satisfiable(std::span<const SatLiteral> assumptions);
  /// After a satisfiable answer: the value of a literal.
  [[nodiscard]] bool model(SatLiteral lit) const;
  /// After an unsatisfiable answer: was the assumption needed?
  [[nodiscard]] bool failed(SatLiteral assumption) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rogatory::law::detail
