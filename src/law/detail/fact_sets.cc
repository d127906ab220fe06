// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/fact_sets.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace rogatory::law::detail {
namespace {

/// How many candidates are kept at each node of the formula.
constexpr std::size_t kMaxCandidates = 24;

/// Formulas larger than this, those that refer to many others, are searched with Kleene alone,
/// which never says yes wrongly but may leave a fact in a set that the exact answer could do
/// without. What is shown is verified exactly all the same.
constexpr std::size_t kMaxExactSearchNodes = 300;

using Literals = std::vector<Literal>;  // sorted

std::size_t count_nodes(const FormulaPool& pool, FormulaId id) {
  const FlatNode& node = pool[id];
  if (node.op == Op::kAtom) return 1;
  std::size_t out = 1;
  for (std::uint32_t i = 0; i < node.count; ++i) out += count_nodes(pool, pool.child(id, i));
  return out;
}

class Search {
 public:
  Search(const Valuation& valuation, const Compiled& formula)
      : valuation_(valuation),
        pool_(valuation.book().formulas()),
        formula_(formula),
        is_small_(count_nodes(pool_, formula.root) <= kMaxExactSearchNodes) {}

  std::vector<FactSet> run() {
    std::set<Literals> sets;
    for (const Literals& candidate : ways(formula_.root, true)) {
      if (holds(candidate)) sets.insert(minimised(candidate));
    }
    std::vector<Literals> ordered(sets.begin(), sets.end());
    sort_by_cost(ordered);
    std::vector<FactSet> out;
    for (const Literals& literals : ordered) {
      FactSet set = describe(literals);
      const bool is_new_kind =
          out.empty() || set.contradicted.empty() == out.front().contradicted.empty();
      const bool is_wanted = is_new_kind && out.size() < kMaxFactSets;
      if (is_wanted && (is_small_ || holds_exactly(literals))) out.push_back(std::move(set));
    }
    return out;
  }

 private:
  [[nodiscard]] Truth now(Literal lit) const {
    const Truth v = valuation_.value(atom_of(lit));
    return is_negative(lit) ? !v : v;
  }

  [[nodiscard]] std::size_t contradictions(const Literals& literals) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(literals, [&](Literal lit) { return now(lit) == Truth::kFalse; }));
  }

  [[nodiscard]] std::size_t untypical(const Literals& literals) const {
    const LawBook& book = valuation_.book();
    return static_cast<std::size_t>(std::ranges::count_if(literals, [&](Literal lit) {
      const bool is_term = book.atoms()[atom_of(lit)].kind == Atom::Kind::kTerm;
      return is_negative(lit) || !is_term || !book.term_of(atom_of(lit)).is_typical;
    }));
  }

  /// Of sets of one size that with the more typical facts comes first: an officer is better asked
  /// whether a computer serves commerce than whether it serves the government alone.
  void sort_by_cost(std::vector<Literals>& sets) const {
    const auto cost = [&](const Literals& set) {
      return std::tuple(contradictions(set), set.size(), untypical(set));
    };
    std::ranges::sort(sets, [&](const Literals& a, const Literals& b) {
      return cost(a) != cost(b) ? cost(a) < cost(b) : a < b;
    });
  }

  void trim(std::vector<Literals>& sets) const {
    sort_by_cost(sets);
    const auto [first, last] = std::ranges::unique(sets);
    sets.erase(first, last);
    if (sets.size() > kMaxCandidates) sets.resize(kMaxCandidates);
  }

  /// Ways to make a node true (or false), as literals that do not hold yet.
  std::vector<Literals> ways(FormulaId id, bool wanted) const {
    const FlatNode& node = pool_[id];
    if (node.op == Op::kAtom) {
      const Literal lit = wanted ? positive(node.first) : negative(node.first);
      if (now(lit) == Truth::kTrue) return {{}};
      return {{lit}};
    }
    if (node.op == Op::kException) return exception_ways(id, wanted);
    const bool value = node.op == Op::kNone ? !wanted : wanted;
    const bool is_disjunction = node.op == Op::kAny || node.op == Op::kNone;
    return value == is_disjunction ? one_of(id, value) : all_of(id, value);
  }

  std::vector<Literals> exception_ways(FormulaId id, bool wanted) const {
    const FormulaId when = pool_.child(id, 0);
    const bool is_silent = pool_[id].role == Role::kDefence &&
                           evaluate_kleene(pool_, when, valuation_.values()) == Truth::kUnknown;
    if (!wanted && is_silent) return {{}};
    return ways(when, wanted);
  }

  [[nodiscard]] bool wanted_of_child(FormulaId parent, FormulaId child, bool value) const {
    const bool flips = pool_[parent].op == Op::kUnless && pool_[child].op == Op::kException;
    return flips ? !value : value;
  }

  std::vector<Literals> one_of(FormulaId id, bool value) const {
    std::vector<Literals> out;
    for (std::uint32_t i = 0; i < pool_[id].count; ++i) {
      const FormulaId child = pool_.child(id, i);
      for (Literals& way : ways(child, wanted_of_child(id, child, value))) {
        out.push_back(std::move(way));
      }
    }
    trim(out);
    return out;
  }

  std::vector<Literals> all_of(FormulaId id, bool value) const {
    std::vector<Literals> out{{}};
    for (std::uint32_t i = 0; i < pool_[id].count; ++i) {
      const FormulaId child = pool_.child(id, i);
      const auto parts = ways(child, wanted_of_child(id, child, value));
      std::vector<Literals> next;
      for (const Literals& done : out) {
        for (const Literals& part : parts) {
          Literals joined;
          std::ranges::set_union(done, part, std::back_inserter(joined));
          next.push_back(std::move(joined));
        }
      }
      trim(next);
      out = std::move(next);
    }
    return out;
  }

  /// Would the formula hold with these literals, what contradicts them being left out?
  [[nodiscard]] bool holds(const Literals& literals) const {
    return with(literals, [&](const Valuation& v) {
      return is_small_ ? evaluate(v, formula_) : evaluate_kleene(pool_, formula_.root, v.values());
    });
  }

  [[nodiscard]] bool holds_exactly(const Literals& literals) const {
    return with(literals, [&](const Valuation& v) { return evaluate(v, formula_); });
  }

  template <class Evaluate>
  [[nodiscard]] bool with(const Literals& literals, Evaluate value_under) const {
    if (contradictions(literals) == 0) {
      const auto assumed = valuation_.assuming(literals);
      return assumed && value_under(*assumed) == Truth::kTrue;
    }
    const auto changed = valuation_.overriding(literals);
    return changed && value_under(*changed) == Truth::kTrue;
  }

  [[nodiscard]] Literals minimised(Literals literals) const {
    // Once more after each success: with groups, what was needed may no longer be.
    for (std::size_t i = literals.size(); i-- > 0;) {
      Literals fewer = literals;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (!holds(fewer)) continue;
      literals = std::move(fewer);
      i = literals.size();
    }
    return literals;
  }

  [[nodiscard]] FactSet describe(const Literals& literals) const {
    FactSet out;
    for (const Literal lit : literals) {
      const AtomId atom = atom_of(lit);
      const Truth v = valuation_.value(atom);
      FactNeeded needed{.atom = atom,
                        .wanted = !is_negative(lit),
                        .now = v,
                        .reason = valuation_.unknown_reason(atom)};
      (v == Truth::kUnknown ? out.missing : out.contradicted).push_back(needed);
    }
    return out;
  }

  const Valuation& valuation_;
  const FormulaPool& pool_;
  const Compiled& formula_;
  bool is_small_;
};

}  // namespace

std::vector<FactSet> fact_sets(const Valuation& valuation, const Compiled& formula) {
  return Search(valuation, formula).run();
}

}  // namespace rogatory::law::detail
