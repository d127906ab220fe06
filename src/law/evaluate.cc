// SPDX-License-Identifier: EUPL-1.2
#include "law/evaluate.h"

#include <unordered_map>

#include "law/detail/bdd.h"
#include "law/detail/cone.h"
#include "law/detail/sat.h"

namespace rogatory::law {
namespace {

/// Truth of an exception for the node it stands at.
Truth exception_truth(Truth when, Role role, Defences defences) {
  const bool is_silent_defence =
      role == Role::kDefence && when == Truth::kUnknown && defences == Defences::kDoNotBlock;
  return is_silent_defence ? Truth::kFalse : when;
}

/// Defences whose answer is settled exactly: each counts when it is known to hold, and not
/// otherwise.
using Settled = std::unordered_map<FormulaId, bool>;

void settle(const Valuation& valuation, FormulaId id, std::size_t max_nodes, Settled& out) {
  const FormulaPool& pool = valuation.book().formulas();
  const FlatNode& node = pool[id];
  if (node.op == Op::kAtom) return;
  if (node.op == Op::kException && node.role == Role::kDefence) {
    out[id] = evaluate_exact(valuation, pool.child(id, 0), Defences::kDoNotBlock, max_nodes) ==
              Truth::kTrue;
    return;
  }
  for (std::uint32_t i = 0; i < node.count; ++i) {
    settle(valuation, pool.child(id, i), max_nodes, out);
  }
}

/// Strong Kleene, with settled defences.
Truth evaluate_settled(const FormulaPool& pool, FormulaId id, std::span<const Truth> values,
                       const Settled& settled) {
  const FlatNode& node = pool[id];
  if (node.op == Op::kAtom) return values[node.first];
  if (node.op == Op::kException) {
    const auto known = settled.find(id);
    if (known != settled.end()) return known->second ? Truth::kTrue : Truth::kFalse;
    return evaluate_settled(pool, pool.child(id, 0), values, settled);
  }
  const bool is_any = node.op == Op::kAny || node.op == Op::kNone;
  Truth out = is_any ? Truth::kFalse : Truth::kTrue;
  const Truth decider = is_any ? Truth::kTrue : Truth::kFalse;
  for (std::uint32_t i = 0; i < node.count && out != decider; ++i) {
    const FormulaId child = pool.child(id, i);
    const Truth v = evaluate_settled(pool, child, values, settled);
    const Truth part = node.op == Op::kUnless && pool[child].op == Op::kException ? !v : v;
    out = is_any ? or_of(out, part) : and_of(out, part);
  }
  return node.op == Op::kNone ? !out : out;
}

class BddEncoder {
 public:
  BddEncoder(const Valuation& valuation, const Settled& settled, const detail::Cone& cone,
             std::size_t max_nodes)
      : valuation_(valuation), settled_(settled), bdd_(max_nodes) {
    for (const AtomId atom : cone.atoms) {
      level_.emplace(atom, static_cast<std::uint32_t>(level_.size()));
    }
    background_ = detail::Bdd::kTrue;
    for (const auto& clause : cone.clauses) {
      detail::Bdd::Ref any = detail::Bdd::kFalse;
      for (const Literal lit : clause) {
        const auto var = bdd_.variable(level_.at(atom_of(lit)));
        any = bdd_.lor(any, is_negative(lit) ? bdd_.lnot(var) : var);
      }
      background_ = bdd_.land(background_, any);
    }
  }

  /// Unknown when it depends on open atoms; nothing when the diagram grew too large.
  std::optional<Truth> decide(FormulaId root) {
    const auto f = encode(root);
    const bool can_hold = bdd_.land(background_, f) != detail::Bdd::kFalse;
    const bool can_fail = bdd_.land(background_, bdd_.lnot(f)) != detail::Bdd::kFalse;
    if (bdd_.overflowed()) return std::nullopt;
    if (can_hold && can_fail) return Truth::kUnknown;
    return can_hold ? Truth::kTrue : Truth::kFalse;
  }

 private:
  detail::Bdd::Ref encode(FormulaId id) {
    const FormulaPool& pool = valuation_.book().formulas();
    const FlatNode& node = pool[id];
    if (node.op == Op::kAtom) {
      const Truth v = valuation_.value(node.first);
      if (v == Truth::kUnknown) return bdd_.variable(level_.at(node.first));
      return v == Truth::kTrue ? detail::Bdd::kTrue : detail::Bdd::kFalse;
    }
    const bool is_any = node.op == Op::kAny || node.op == Op::kNone;
    auto out = is_any ? detail::Bdd::kFalse : detail::Bdd::kTrue;
    for (std::uint32_t i = 0; i < node.count; ++i) {
      const FormulaId child = pool.child(id, i);
      auto part = pool[child].op == Op::kException ? exception(child) : encode(child);
      out = is_any ? bdd_.lor(out, part) : bdd_.land(out, part);
    }
    return node.op == Op::kNone ? bdd_.lnot(out) : out;
  }

  /// The negation of the exception: what must hold beside the base.
  detail::Bdd::Ref exception(FormulaId id) {
    const FormulaPool& pool = valuation_.book().formulas();
    const FormulaId when = pool.child(id, 0);
    if (const auto known = settled_.find(id); known != settled_.end()) {
      return known->second ? detail::Bdd::kFalse : detail::Bdd::kTrue;
    }
    return bdd_.lnot(encode(when));
  }

  const Valuation& valuation_;
  const Settled& settled_;
  detail::Bdd bdd_;
  std::unordered_map<AtomId, std::uint32_t> level_;
  detail::Bdd::Ref background_ = detail::Bdd::kTrue;
};

/// The open atoms of a formula as literals that favour the value `wanted`; those in both polarities
/// as first met.
void favour(const FormulaPool& pool, FormulaId id, bool wanted, std::span<const Truth> values,
            std::vector<Literal>& out) {
  const FlatNode& node = pool[id];
  if (node.op == Op::kAtom) {
    if (values[node.first] == Truth::kUnknown) {
      out.push_back(wanted ? positive(node.first) : negative(node.first));
    }
    return;
  }
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const FormulaId child = pool.child(id, i);
    const bool flips =
        node.op == Op::kNone || (node.op == Op::kUnless && pool[child].op == Op::kException);
    favour(pool, child, flips ? !wanted : wanted, values, out);
  }
}

/// True when two completions that disagree were found at once: the usual case, and far cheaper than
/// a diagram.
bool has_witnesses_both_ways(const Valuation& valuation, FormulaId root, const Settled& settled) {
  const FormulaPool& pool = valuation.book().formulas();
  std::vector<Literal> preferred;
  favour(pool, root, true, valuation.values(), preferred);
  Valuation scratch = valuation.scratch();
  const auto can_be = [&](Truth wanted) {
    return scratch.test_completion(preferred, [&](std::span<const Truth> values) {
      return evaluate_settled(pool, root, values, settled) == wanted;
    });
  };
  if (!can_be(Truth::kTrue)) return false;
  for (Literal& lit : preferred) lit = negation(lit);
  return can_be(Truth::kFalse);
}

/// Settles the defences below `id` by the SAT solver, over the whole theory.
void settle_by_sat(const Valuation& valuation, FormulaId id, detail::Sat& sat) {
  const FormulaPool& pool = valuation.book().formulas();
  const FlatNode& node = pool[id];
  if (node.op == Op::kAtom) return;
  if (node.op == Op::kException && node.role == Role::kDefence) {
    sat.settle(id, evaluate_sat(valuation, pool.child(id, 0)) == Truth::kTrue);
    return;
  }
  for (std::uint32_t i = 0; i < node.count; ++i) settle_by_sat(valuation, pool.child(id, i), sat);
}

Truth ask(detail::Sat& sat, detail::SatLiteral holds) {
  const bool can_hold = sat.is_satisfiable(std::vector<detail::SatLiteral>{holds});
  const bool can_fail = sat.is_satisfiable(std::vector<detail::SatLiteral>{-holds});
  if (can_hold && can_fail) return Truth::kUnknown;
  return can_hold ? Truth::kTrue : Truth::kFalse;
}

/// The answer by SAT over the cone, for diagrams that grow too large.
Truth decide_by_sat(const Valuation& valuation, FormulaId root, const Settled& settled,
                    const detail::Cone& cone) {
  const FormulaPool& pool = valuation.book().formulas();
  detail::Sat sat;
  for (const auto& clause : cone.clauses) {
    std::vector<detail::SatLiteral> literals;
    for (const Literal lit : clause) literals.push_back(sat.literal(lit));
    sat.add(literals);
  }
  for (const auto& [id, value] : settled) sat.settle(id, value);
  detail::for_each_atom(pool, root, [&](AtomId atom) {
    const Truth v = valuation.value(atom);
    if (v == Truth::kUnknown) return;
    const Literal lit = v == Truth::kTrue ? positive(atom) : negative(atom);
    sat.add(std::vector<detail::SatLiteral>{sat.literal(lit)});
  });
  return ask(sat, sat.encode(pool, root));
}

}  // namespace

Truth evaluate_sat(const Valuation& valuation, FormulaId root, Defences defences) {
  const LawBook& book = valuation.book();
  detail::Sat sat;
  sat.add_theory(book.theory());
  for (AtomId atom = 0; atom < book.atoms().size(); ++atom) {
    const Truth v = valuation.value(atom);
    if (v == Truth::kUnknown) continue;
    const Literal lit = v == Truth::kTrue ? positive(atom) : negative(atom);
    sat.add(std::vector<detail::SatLiteral>{sat.literal(lit)});
  }
  if (defences == Defences::kDoNotBlock) settle_by_sat(valuation, root, sat);
  return ask(sat, sat.encode(book.formulas(), root));
}

Truth evaluate_kleene(const FormulaPool& pool, FormulaId root, std::span<const Truth> values,
                      Defences defences) {
  const FlatNode& node = pool[root];
  switch (node.op) {
    case Op::kAtom:
      return values[node.first];
    case Op::kException:
      return exception_truth(evaluate_kleene(pool, pool.child(root, 0), values, defences),
                             node.role, defences);
    case Op::kAll:
    case Op::kUnless: {
      Truth out = Truth::kTrue;
      for (std::uint32_t i = 0; i < node.count && out != Truth::kFalse; ++i) {
        const FormulaId child = pool.child(root, i);
        const Truth v = evaluate_kleene(pool, child, values, defences);
        out = and_of(out, pool[child].op == Op::kException ? !v : v);
      }
      return out;
    }
    case Op::kAny:
    case Op::kNone: {
      Truth out = Truth::kFalse;
      for (std::uint32_t i = 0; i < node.count && out != Truth::kTrue; ++i) {
        out = or_of(out, evaluate_kleene(pool, pool.child(root, i), values, defences));
      }
      return node.op == Op::kNone ? !out : out;
    }
  }
  return Truth::kUnknown;
}

Truth evaluate_exact(const Valuation& valuation, FormulaId root, Defences defences,
                     std::size_t max_diagram_nodes) {
  const LawBook& book = valuation.book();
  Settled settled;
  if (defences == Defences::kDoNotBlock) settle(valuation, root, max_diagram_nodes, settled);
  const Truth quick = evaluate_settled(book.formulas(), root, valuation.values(), settled);
  if (quick != Truth::kUnknown) return quick;
  if (has_witnesses_both_ways(valuation, root, settled)) return Truth::kUnknown;
  const detail::Cone cone = detail::make_cone(book, root, valuation.values());
  BddEncoder encoder(valuation, settled, cone, max_diagram_nodes);
  if (const auto decided = encoder.decide(root)) return *decided;
  return decide_by_sat(valuation, root, settled, cone);
}

Truth evaluate(const Valuation& valuation, const Compiled& formula, Defences defences) {
  const Truth quick =
      evaluate_kleene(valuation.book().formulas(), formula.root, valuation.values(), defences);
  if (!formula.needs_exact) return quick;
  // A defence that Kleene leaves open may be settled all the same: a quick answer stands only where
  // it ignores defences.
  const bool rests_on_silence =
      quick != Truth::kUnknown && defences == Defences::kDoNotBlock &&
      evaluate_kleene(valuation.book().formulas(), formula.root, valuation.values(),
                      Defences::kAsUnknown) == Truth::kUnknown;
  if (quick != Truth::kUnknown && !rests_on_silence) return quick;
  return evaluate_exact(valuation, formula.root, defences);
}

}  // namespace rogatory::law
