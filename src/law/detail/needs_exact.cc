// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/needs_exact.h"

#include <algorithm>

namespace rogatory::law::detail {

ExactnessCheck::ExactnessCheck(const FormulaPool& pool, const Theory& theory,
                               std::size_t atom_count)
    : pool_(pool), theory_(theory), atom_count_(atom_count), forced_by_choices_(atom_count, false) {
  for (std::uint32_t c = 0; c < theory_.clause_count(); ++c) {
    if (std::ranges::count_if(theory_.literals(c), is_negative) >= 2) joint_clauses_.push_back(c);
  }
  std::vector<bool> in(atom_count * 2, false);
  std::vector<Literal> todo;
  const auto add = [&](Literal lit) {
    if (in[lit]) return;
    in[lit] = true;
    forced_by_choices_[atom_of(lit)] = true;
    todo.push_back(lit);
  };
  for (const std::uint32_t c : theory_.choices()) {
    for (const Literal lit : theory_.literals(c)) {
      if (!is_negative(lit)) add(lit);
    }
  }
  while (!todo.empty()) {
    const Literal lit = todo.back();
    todo.pop_back();
    for (const std::uint32_t c : theory_.occurrences(negation(lit))) {
      for (const Literal other : theory_.literals(c)) {
        if (other != negation(lit)) add(other);
      }
    }
  }
}

void ExactnessCheck::collect(FormulaId id, bool is_positive, Polarities& out) const {
  const FlatNode& node = pool_[id];
  if (node.op == Op::kAtom) {
    (is_positive ? out.positive : out.negative).push_back(node.first);
    return;
  }
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const FormulaId child = pool_.child(id, i);
    const bool flips = node.op == Op::kNone || pool_[child].op == Op::kException;
    collect(child, flips ? !is_positive : is_positive, out);
  }
}

std::vector<bool> ExactnessCheck::upward_closure(const std::vector<AtomId>& seeds) const {
  std::vector<bool> in(atom_count_, false);
  std::vector<AtomId> todo;
  const auto add = [&](AtomId atom) {
    if (in[atom]) return;
    in[atom] = true;
    todo.push_back(atom);
  };
  for (const AtomId seed : seeds) add(seed);
  while (!todo.empty()) {
    const AtomId atom = todo.back();
    todo.pop_back();
    for (const std::uint32_t clause : theory_.occurrences(negative(atom))) {
      for (const Literal lit : theory_.literals(clause)) {
        if (!is_negative(lit)) add(atom_of(lit));
      }
    }
  }
  return in;
}

bool ExactnessCheck::is_safe(const std::vector<bool>& closure,
                             const std::vector<AtomId>& opposite) const {
  // No atom that had to stay false becomes true.
  if (std::ranges::any_of(opposite, [&](AtomId atom) { return closure[atom]; })) return false;
  for (const std::uint32_t c : joint_clauses_) {
    // Exclusive members, or several premises of one entailment, that would become true together.
    const auto premises_in = std::ranges::count_if(theory_.literals(c), [&](Literal lit) {
      return is_negative(lit) && closure[atom_of(lit)];
    });
    if (premises_in >= 2) return false;
  }
  return true;
}

bool ExactnessCheck::needs_exact(FormulaId root) const {
  Polarities atoms;
  collect(root, true, atoms);
  const auto is_forced = [&](AtomId atom) { return forced_by_choices_[atom]; };
  return std::ranges::any_of(atoms.positive, is_forced) ||
         std::ranges::any_of(atoms.negative, is_forced) ||
         !is_safe(upward_closure(atoms.positive), atoms.negative) ||
         !is_safe(upward_closure(atoms.negative), atoms.positive);
}

}  // namespace rogatory::law::detail
