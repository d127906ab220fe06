// SPDX-License-Identifier: EUPL-1.2
// The part of the theory that can matter for one formula under what is known: clauses reachable from its open atoms, without
// those that an atom outside the formula can always satisfy (pure literals).
#pragma once

#include <span>
#include <vector>

#include "law/law_book.h"

namespace rogatory::law::detail {

struct Cone {
  std::vector<AtomId> atoms;                  ///< open atoms of the formula, then further ones of the clauses
  std::vector<std::vector<Literal>> clauses;  ///< over open atoms only
};

/// The open (unknown) atoms of a formula, each once, in order of appearance.
[[nodiscard]] std::vector<AtomId> open_atoms(const FormulaPool& pool, FormulaId root,
                                             std::span<const Truth> values);

[[nodiscard]] Cone make_cone(const LawBook& book, FormulaId root, std::span<const Truth> values);

}  // namespace rogatory::law::detail
