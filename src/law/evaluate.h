// SPDX-License-Identifier: EUPL-1.2
// Three-valued evaluation of formulas: strong Kleene first, the exact answer by a BDD where Kleene
// is only cautious.
#pragma once

#include <cstddef>
#include <span>

#include "law/law_book.h"
#include "law/valuation.h"

namespace rogatory::law {

/// How an exception in the role of a defence counts while it is unknown.
enum class Defences : std::uint8_t {
  kDoNotBlock,  ///< unknown counts as absent: what a verdict rests on
  kAsUnknown,   ///< like any other element
};

/// Nodes beyond which a diagram is given up and the SAT solver asked instead.
inline constexpr std::size_t kMaxDiagramNodes = 30'000;

/// Strong Kleene over given truths. O(size of the formula).
[[nodiscard]] Truth evaluate_kleene(const FormulaPool& pool, FormulaId root,
                                    std::span<const Truth> values,
                                    Defences defences = Defences::kDoNotBlock);

/// The answer that every completion of what is known gives, or unknown: Kleene, then BDD where
/// `formula.needs_exact`.
[[nodiscard]] Truth evaluate(const Valuation& valuation, const Compiled& formula,
                             Defences defences = Defences::kDoNotBlock);

/// The same answer by the SAT solver, over the whole theory.
[[nodiscard]] Truth evaluate_sat(const Valuation& valuation, FormulaId root,
                                 Defences defences = Defences::kDoNotBlock);

/// The exact answer whatever Kleene says: two completions that disagree show an unknown; where they
/// are not found at once the BDD decides, or the SAT solver beyond `max_diagram_nodes`.
[[nodiscard]] Truth evaluate_exact(const Valuation& valuation, FormulaId root,
                                   Defences defences = Defences::kDoNotBlock,
                                   std::size_t max_diagram_nodes = kMaxDiagramNodes);

}  // namespace rogatory::law
