// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/sat.h"

#include <cadical.hpp>
#include <unordered_map>

namespace rogatory::law::detail {

struct Sat::Impl {
  CaDiCaL::Solver solver;
  std::unordered_map<AtomId, int> variable_of;
  std::unordered_map<FormulaId, SatLiteral> encoded;
  int variables = 0;
  SatLiteral constant_true = 0;

  SatLiteral fresh() { return ++variables; }

  SatLiteral truth(bool value) {
    if (constant_true == 0) {
      constant_true = fresh();
      solver.add(constant_true);
      solver.add(0);
    }
    return value ? constant_true : -constant_true;
  }

  SatLiteral atom(AtomId id) {
    const auto [it, is_new] = variable_of.emplace(id, 0);
    if (is_new) it->second = fresh();
    return it->second;
  }
};

Sat::Sat() : impl_(std::make_unique<Impl>()) {}
Sat::~Sat() = default;

SatLiteral Sat::literal(Literal lit) {
  const SatLiteral variable = impl_->atom(atom_of(lit));
  return is_negative(lit) ? -variable : variable;
}

SatLiteral Sat::fresh() {
  return impl_->fresh();
}

void Sat::add(std::span<const SatLiteral> clause) {
  for (const SatLiteral lit : clause) impl_->solver.add(lit);
  impl_->solver.add(0);
}

void Sat::add_theory(const Theory& theory, Confidence least) {
  for (std::uint32_t c = 0; c < theory.clause_count(); ++c) {
    if (theory.origin(c).confidence < least) continue;
    for (const Literal lit : theory.literals(c)) impl_->solver.add(literal(lit));
    impl_->solver.add(0);
  }
}

void Sat::settle(FormulaId root, bool value) {
  impl_->encoded[root] = impl_->truth(value);
}

SatLiteral Sat::encode(const FormulaPool& pool, FormulaId root) {
  const FlatNode& node = pool[root];
  if (node.op == Op::kAtom) return impl_->atom(node.first);
  if (const auto it = impl_->encoded.find(root); it != impl_->encoded.end()) return it->second;
  const bool is_disjunction = node.op == Op::kAny || node.op == Op::kNone;
  // A conjunction is the negated disjunction of its negated parts.
  const SatLiteral holds = fresh();
  std::vector<SatLiteral> whole{is_disjunction ? -holds : holds};
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const FormulaId child = pool.child(root, i);
    const SatLiteral encoded = encode(pool, child);
    const SatLiteral part =
        pool[child].op == Op::kException && node.op == Op::kUnless ? -encoded : encoded;
    add(std::vector<SatLiteral>{is_disjunction ? holds : -holds, is_disjunction ? -part : part});
    whole.push_back(is_disjunction ? part : -part);
  }
  add(whole);
  const SatLiteral result = node.op == Op::kNone ? -holds : holds;
  impl_->encoded.emplace(root, result);
  return result;
}

bool Sat::is_satisfiable(std::span<const SatLiteral> assumptions) {
  for (const SatLiteral lit : assumptions) impl_->solver.assume(lit);
  return impl_->solver.solve() == 10;
}

bool Sat::model(SatLiteral lit) const {
  return impl_->solver.val(lit) == lit;
}

bool Sat::failed(SatLiteral assumption) const {
  return impl_->solver.failed(assumption);
}

}  // namespace rogatory::law::detail
