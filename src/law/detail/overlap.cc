// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/overlap.h"

#include <algorithm>

namespace rogatory::law::detail {
namespace {

/// Keeps the sets that contain no other one.
void keep_minimal(std::vector<std::set<AtomId>>& sets) {
  std::ranges::sort(sets, {}, [](const auto& s) { return s.size(); });
  std::vector<std::set<AtomId>> out;
  for (const auto& set : sets) {
    const bool is_superfluous = std::ranges::any_of(
        out, [&](const auto& smaller) { return std::ranges::includes(set, smaller); });
    if (!is_superfluous) out.push_back(set);
  }
  sets = std::move(out);
}

bool contains_all(const std::vector<bool>& in, const std::set<AtomId>& atoms) {
  return std::ranges::all_of(atoms, [&](AtomId atom) { return in[atom]; });
}

}  // namespace

Overlap::Overlap(const LawBook& book) : book_(book), descendants_(book.atoms().size()) {
  for (AtomId atom = 0; atom < book.atoms().size(); ++atom) {
    const Atom& a = book.atoms()[atom];
    if (a.kind != Atom::Kind::kTerm || !a.scope.empty()) continue;
    if (!is_act_or_object(atom)) {
      circumstances_.push_back(atom);
      continue;
    }
    std::vector<std::string> todo = book.term_of(atom).parents;
    while (!todo.empty()) {
      const AtomId ancestor = book.atoms().find_term({}, todo.back());
      todo.pop_back();
      auto& list = descendants_[ancestor];
      if (std::ranges::find(list, atom) != list.end()) continue;
      list.push_back(atom);
      const auto& further = book.term_of(ancestor).parents;
      todo.insert(todo.end(), further.begin(), further.end());
    }
  }
}

bool Overlap::is_act_or_object(AtomId atom) const {
  const Atom& a = book_.atoms()[atom];
  if (a.kind != Atom::Kind::kTerm || !a.scope.empty()) return false;
  const TermKind kind = book_.term_of(atom).kind;
  return kind == TermKind::kAct || kind == TermKind::kObject;
}

std::vector<Overlap::Atoms> Overlap::needs(FormulaId id) const {
  const FormulaPool& pool = book_.formulas();
  const FlatNode& node = pool[id];
  switch (node.op) {
    case Op::kAtom:
      return is_act_or_object(node.first) ? std::vector{Atoms{node.first}} : std::vector{Atoms{}};
    case Op::kNone:
    case Op::kException:
      return {Atoms{}};
    case Op::kUnless:
      return needs(pool.child(id, 0));
    case Op::kAny: {
      std::vector<Atoms> out;
      for (std::uint32_t i = 0; i < node.count; ++i) {
        std::ranges::copy(needs(pool.child(id, i)), std::back_inserter(out));
      }
      keep_minimal(out);
      return out;
    }
    case Op::kAll: {
      std::vector<Atoms> out{Atoms{}};
      for (std::uint32_t i = 0; i < node.count; ++i) {
        std::vector<Atoms> next;
        for (const Atoms& part : needs(pool.child(id, i))) {
          for (Atoms joined : out) {
            joined.insert(part.begin(), part.end());
            next.push_back(std::move(joined));
          }
        }
        keep_minimal(next);
        out = std::move(next);
      }
      return out;
    }
  }
  return {};
}

std::vector<bool> Overlap::closure(const std::vector<AtomId>& atoms) const {
  std::vector<bool> in(book_.atoms().size(), false);
  std::vector<AtomId> todo;
  const auto add = [&](AtomId atom) {
    if (in[atom]) return;
    in[atom] = true;
    todo.push_back(atom);
  };
  for (const AtomId atom : circumstances_) in[atom] = true;
  for (const AtomId atom : atoms) add(atom);
  const Theory& theory = book_.theory();
  while (!todo.empty()) {
    const AtomId atom = todo.back();
    todo.pop_back();
    for (const std::uint32_t clause : theory.occurrences(negative(atom))) {
      const auto literals = theory.literals(clause);
      if (std::ranges::count_if(literals, [](Literal l) { return !is_negative(l); }) != 1) continue;
      const bool fires = std::ranges::all_of(
          literals, [&](Literal l) { return !is_negative(l) || in[atom_of(l)]; });
      if (!fires) continue;
      for (const Literal l : literals) {
        if (!is_negative(l)) add(atom_of(l));
      }
    }
  }
  return in;
}

std::vector<AtomId> Overlap::specialisations(AtomId atom, const Atoms& needed) const {
  std::vector<AtomId> out{atom};
  const std::vector<bool> own = closure({atom});
  for (const AtomId child : descendants_[atom]) {
    const std::vector<bool> in = closure({child});
    const bool adds = std::ranges::any_of(needed, [&](AtomId n) { return in[n] && !own[n]; });
    if (adds) out.push_back(child);
  }
  return out;
}

bool Overlap::reduces_to_supplier(const std::vector<AtomId>& chosen, const Atoms& conduct,
                                  const Atoms& needed) const {
  if (!contains_all(closure(chosen), needed)) return false;
  bool is_irreducible = true;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::vector<AtomId> fewer = chosen;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (!contains_all(closure(fewer), conduct)) continue;
    is_irreducible = false;
    if (reduces_to_supplier(fewer, conduct, needed)) return true;
  }
  return is_irreducible;
}

bool Overlap::supplies(const Atoms& conduct, const Atoms& needed) const {
  std::vector<std::vector<AtomId>> choices{{}};
  for (const AtomId atom : conduct) {
    std::vector<std::vector<AtomId>> next;
    for (const AtomId special : specialisations(atom, needed)) {
      for (std::vector<AtomId> chosen : choices) {
        chosen.push_back(special);
        next.push_back(std::move(chosen));
      }
    }
    if (next.size() > kMaxSpecialisations) next.resize(kMaxSpecialisations);
    choices = std::move(next);
  }
  return std::ranges::any_of(choices, [&](const std::vector<AtomId>& chosen) {
    return reduces_to_supplier(chosen, conduct, needed);
  });
}

bool Overlap::shares_act_and_object(FormulaId a, FormulaId b) const {
  const std::vector<Atoms> needs_a = needs(a);
  const std::vector<Atoms> needs_b = needs(b);
  for (const Atoms& x : needs_a) {
    for (const Atoms& y : needs_b) {
      if (x.empty() || y.empty()) continue;
      if (supplies(x, y) || supplies(y, x)) return true;
    }
  }
  return false;
}

}  // namespace rogatory::law::detail
