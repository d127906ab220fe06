// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/outcome_solver.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "law/detail/cone.h"

namespace rogatory::law::detail {

OutcomeSolver::OutcomeSolver(const Valuation& valuation, std::vector<GroundFormula> grounds)
    : valuation_(valuation), grounds_(std::move(grounds)) {
  add_background();
  for (std::size_t i = 0; i < grounds_.size(); ++i) {
    const GroundFormula& ground = grounds_[i];
    std::vector<SatLiteral> parts{constant(!ground.never)};
    if (ground.root != kNoFormula) parts.push_back(formula(ground.root));
    if (ground.is_undecided) parts.push_back(sat_.fresh());
    for (const std::string& name : ground.choices) parts.push_back(choice(name));
    for (const std::string& name : ground.denied) parts.push_back(-choice(name));
    for (const FormulaId bar : ground.bars) {
      parts.push_back(bar == kNoFormula ? constant(false) : -formula(bar));
    }
    std::vector<SatLiteral> cures;
    for (const AtomId atom : ground.cures) cures.push_back(sat_.literal(positive(atom)));
    encoded_.push_back({.applies = all_of(std::move(parts)), .cured = any_of(cures)});
  }
}

/// What is known of the atoms in use, and the clauses that bind them.
void OutcomeSolver::add_background() {
  const LawBook& book = valuation_.book();
  std::unordered_set<AtomId> used;
  const auto use = [&](AtomId atom) { used.insert(atom); };
  for (const GroundFormula& ground : grounds_) {
    if (ground.root != kNoFormula) for_each_atom(book.formulas(), ground.root, use);
    for (const FormulaId bar : ground.bars) {
      if (bar != kNoFormula) for_each_atom(book.formulas(), bar, use);
    }
    for (const AtomId atom : ground.cures) use(atom);
  }
  std::vector<AtomId> open;
  for (const AtomId atom : used) {
    const Truth value = valuation_.value(atom);
    if (value == Truth::kUnknown) {
      open.push_back(atom);
      continue;
    }
    const Literal lit = value == Truth::kTrue ? positive(atom) : negative(atom);
    sat_.add(std::vector<SatLiteral>{sat_.literal(lit)});
  }
  std::ranges::sort(open);
  const Cone cone = make_cone(book, std::move(open), valuation_.values());
  for (const auto& clause : cone.clauses) {
    std::vector<SatLiteral> literals;
    for (const Literal lit : clause) literals.push_back(sat_.literal(lit));
    sat_.add(literals);
  }
}

SatLiteral OutcomeSolver::constant(bool value) {
  if (true_ == 0) {
    true_ = sat_.fresh();
    sat_.add(std::vector<SatLiteral>{true_});
  }
  return value ? true_ : -true_;
}

SatLiteral OutcomeSolver::choice(const std::string& name) {
  const auto it = std::ranges::find(choices_, name, &std::pair<std::string, SatLiteral>::first);
  if (it != choices_.end()) return it->second;
  return choices_.emplace_back(name, sat_.fresh()).second;
}

SatLiteral OutcomeSolver::formula(FormulaId root) {
  return sat_.encode(valuation_.book().formulas(), root);
}

SatLiteral OutcomeSolver::any_of(const std::vector<SatLiteral>& parts) {
  if (parts.empty()) return constant(false);
  if (parts.size() == 1) return parts.front();
  const SatLiteral holds = sat_.fresh();
  std::vector<SatLiteral> whole{-holds};
  for (const SatLiteral part : parts) {
    sat_.add(std::vector<SatLiteral>{holds, -part});
    whole.push_back(part);
  }
  sat_.add(whole);
  return holds;
}

SatLiteral OutcomeSolver::all_of(std::vector<SatLiteral> parts) {
  for (SatLiteral& part : parts) part = -part;
  return -any_of(parts);
}

Truth OutcomeSolver::ask(SatLiteral holds) {
  const bool can_hold = sat_.is_satisfiable(std::vector<SatLiteral>{holds});
  const bool can_fail = sat_.is_satisfiable(std::vector<SatLiteral>{-holds});
  if (can_hold && can_fail) return Truth::kUnknown;
  return can_hold ? Truth::kTrue : Truth::kFalse;
}

Truth OutcomeSolver::applies(std::size_t i) {
  return ask(encoded_[i].applies);
}

OutcomeSet OutcomeSolver::outcomes(const std::vector<std::size_t>& members) {
  std::vector<SatLiteral> must;
  std::vector<SatLiteral> may;
  std::vector<SatLiteral> cured;
  for (const std::size_t i : members) {
    if (grounds_[i].is_postponement) continue;
    const Encoded& e = encoded_[i];
    (grounds_[i].is_mandatory ? must : may).push_back(all_of({e.applies, -e.cured}));
    cured.push_back(all_of({e.applies, e.cured}));
  }
  const SatLiteral must_refuse = any_of(must);
  const SatLiteral may_refuse = any_of(may);
  const SatLiteral on_condition = any_of(cured);
  const auto can = [&](std::vector<SatLiteral> assumptions) {
    return sat_.is_satisfiable(assumptions);
  };
  OutcomeSet out;
  if (can({must_refuse})) out.insert(Outcome::kMustRefuse);
  if (can({-must_refuse, may_refuse})) out.insert(Outcome::kMayRefuse);
  if (can({-must_refuse, -may_refuse, on_condition})) out.insert(Outcome::kGrantOnCondition);
  if (can({-must_refuse, -may_refuse, -on_condition})) out.insert(Outcome::kGrant);
  return out;
}

Truth OutcomeSolver::postponement(const std::vector<std::size_t>& members) {
  std::vector<SatLiteral> waits;
  for (const std::size_t i : members) {
    if (grounds_[i].is_postponement) waits.push_back(encoded_[i].applies);
  }
  return ask(any_of(waits));
}

}  // namespace rogatory::law::detail
