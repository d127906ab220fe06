// SPDX-License-Identifier: EUPL-1.2
// The part of the theory that can matter for one formula under what is known: clauses reachable
// from its open atoms, without those that an atom outside the formula can always satisfy (pure
// literals).
#pragma once

#include <span>
#include <vector>

#include "law/law_book.h"

namespace rogatory::law::detail {

struct Cone {
  std::vector<AtomId> atoms;  ///< open atoms of the formula, then further ones of the clauses
  std::vector<std::vector<Literal>> clauses;  ///< over open atoms only
};

/// The open (unknown) atoms of a formula, each once, in order of appearance.
[[nodiscard]] std::vector<AtomId> open_atoms(const FormulaPool& pool, FormulaId root,
                                             std::span<const Truth> values);

/// Calls `visit` with the atom of each leaf, once per leaf.
template <class Visit>
void for_each_atom(const FormulaPool& pool, FormulaId root, const Visit& visit) {
  const FlatNode& node = pool[root];
  if (node.op == Op::kAtom) {
    visit(node.first);
    return;
  }
  for (std::uint32_t i = 0; i < node.count; ++i) for_each_atom(pool, pool.child(root, i), visit);
}

[[nodiscard]] Cone make_cone(const LawBook& book, FormulaId root, std::span<const Truth> values);
/// The same for several formulas at once, given the open atoms of all of them.
[[nodiscard]] Cone make_cone(const LawBook& book, std::vector<AtomId> open,
                             std::span<const Truth> values);

}  // namespace rogatory::law::detail
