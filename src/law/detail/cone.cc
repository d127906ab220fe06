// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/cone.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace rogatory::law::detail {
namespace {

void collect(const FormulaPool& pool, FormulaId id, std::span<const Truth> values,
             std::unordered_set<AtomId>& seen, std::vector<AtomId>& out) {
  const FlatNode& node = pool[id];
  if (node.op == Op::kAtom) {
    if (values[node.first] == Truth::kUnknown && seen.insert(node.first).second) {
      out.push_back(node.first);
    }
    return;
  }
  for (std::uint32_t i = 0; i < node.count; ++i)
    collect(pool, pool.child(id, i), values, seen, out);
}

/// The open literals of a clause, or nothing when it is satisfied.
std::vector<Literal> open_part(std::span<const Literal> clause, std::span<const Truth> values) {
  std::vector<Literal> out;
  for (const Literal lit : clause) {
    const Truth atom = values[atom_of(lit)];
    if (atom == Truth::kUnknown) {
      out.push_back(lit);
    } else if ((atom == Truth::kTrue) != is_negative(lit)) {
      return {};
    }
  }
  return out;
}

/// Drops clauses that hold an atom outside `own` which occurs in one polarity only, until none is
/// left to drop.
void drop_pure(std::vector<std::vector<Literal>>& clauses, const std::unordered_set<AtomId>& own) {
  for (bool changed = true; changed;) {
    std::unordered_map<Literal, int> uses;
    for (const auto& clause : clauses) {
      for (const Literal lit : clause) ++uses[lit];
    }
    const auto is_pure = [&](Literal lit) {
      return !own.contains(atom_of(lit)) && !uses.contains(negation(lit));
    };
    changed = std::erase_if(clauses, [&](const auto& clause) {
                return std::ranges::any_of(clause, is_pure);
              }) > 0;
  }
}

}  // namespace

std::vector<AtomId> open_atoms(const FormulaPool& pool, FormulaId root,
                               std::span<const Truth> values) {
  std::unordered_set<AtomId> seen;
  std::vector<AtomId> out;
  collect(pool, root, values, seen, out);
  return out;
}

Cone make_cone(const LawBook& book, FormulaId root, std::span<const Truth> values) {
  return make_cone(book, open_atoms(book.formulas(), root, values), values);
}

Cone make_cone(const LawBook& book, std::vector<AtomId> open, std::span<const Truth> values) {
  Cone cone;
  cone.atoms = std::move(open);
  std::unordered_set<AtomId> own(cone.atoms.begin(), cone.atoms.end());
  std::unordered_set<AtomId> reached = own;
  std::unordered_set<std::uint32_t> taken;
  std::vector<AtomId> todo = cone.atoms;
  const Theory& theory = book.theory();
  while (!todo.empty()) {
    const AtomId atom = todo.back();
    todo.pop_back();
    for (const Literal lit : {positive(atom), negative(atom)}) {
      for (const std::uint32_t clause : theory.occurrences(lit)) {
        if (!taken.insert(clause).second) continue;
        auto part = open_part(theory.literals(clause), values);
        if (part.empty()) continue;
        for (const Literal other : part) {
          if (reached.insert(atom_of(other)).second) todo.push_back(atom_of(other));
        }
        cone.clauses.push_back(std::move(part));
      }
    }
  }
  drop_pure(cone.clauses, own);
  for (const auto& clause : cone.clauses) {
    for (const Literal lit : clause) {
      if (own.insert(atom_of(lit)).second) cone.atoms.push_back(atom_of(lit));
    }
  }
  return cone;
}

}  // namespace rogatory::law::detail
