// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/needs_exact.h"

#include <algorithm>

namespace rogatory::law::detail {

ExactnessCheck::ExactnessCheck(const FormulaPool& pool, const Theory& theory,
                               std::size_t atom_count)
    : pool_(pool), theory_(theory), atom_count_(atom_count), forced_by_choices_(atom_count, false) {
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

ExactnessCheck::Closure ExactnessCheck::upward_closure(const std::vector<AtomId>& seeds) const {
  Closure out{.holds = std::vector<bool>(atom_count_, false), .atoms = {}};
  const auto add = [&](AtomId atom) {
    if (out.holds[atom]) return;
    out.holds[atom] = true;
    out.atoms.push_back(atom);
  };
  for (const AtomId seed : seeds) add(seed);
  for (std::size_t next = 0; next < out.atoms.size(); ++next) {
    for (const std::uint32_t clause : theory_.occurrences(negative(out.atoms[next]))) {
      for (const Literal lit : theory_.literals(clause)) {
        if (!is_negative(lit)) add(atom_of(lit));
      }
    }
  }
  return out;
}

bool ExactnessCheck::is_safe(const Closure& closure, const std::vector<AtomId>& opposite) const {
  // No atom that had to stay false becomes true.
  if (std::ranges::any_of(opposite, [&](AtomId atom) { return closure.holds[atom]; })) return false;
  // Nor exclusive members, or several premises of one entailment, together.
  const auto is_met_with_others = [&](std::uint32_t clause) {
    return std::ranges::count_if(theory_.literals(clause), [&](Literal lit) {
             return is_negative(lit) && closure.holds[atom_of(lit)];
           }) >= 2;
  };
  return std::ranges::none_of(closure.atoms, [&](AtomId atom) {
    return std::ranges::any_of(theory_.occurrences(negative(atom)), is_met_with_others);
  });
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
