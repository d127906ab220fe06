// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/fact_sets.h"

#include <algorithm>
#include <set>

namespace rogatory::law::detail {
namespace {

/// How many candidates are kept at each node of the formula.
constexpr std::size_t kMaxCandidates = 24;

using Literals = std::vector<Literal>;  // sorted

class Search {
 public:
  Search(const Valuation& valuation, const Compiled& formula)
      : valuation_(valuation), pool_(valuation.book().formulas()), formula_(formula) {}

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
      if (is_new_kind && out.size() < kMaxFactSets) out.push_back(std::move(set));
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

  void sort_by_cost(std::vector<Literals>& sets) const {
    std::ranges::stable_sort(sets, [&](const Literals& a, const Literals& b) {
      return std::pair(contradictions(a), a.size()) < std::pair(contradictions(b), b.size());
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
      if (valuation_.book().atoms()[node.first].kind == Atom::Kind::kOpen) return {};
      return {{lit}};
    }
    if (node.op == Op::kException) return exception_ways(id, wanted);
    const bool value = node.op == Op::kNone ? !wanted : wanted;
    const bool is_disjunction = node.op == Op::kAny || node.op == Op::kNone;
    return value == is_disjunction ? one_of(id, value) : all_of(id, value);
  }

  std::vector<Literals> exception_ways(FormulaId id, bool wanted) const {
    const FormulaId when = pool_.child(id, 0);
    const bool is_silent =
        pool_[id].role == Role::kDefence &&
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
    if (contradictions(literals) == 0) {
      const auto assumed = valuation_.assuming(literals);
      return assumed && evaluate(*assumed, formula_) == Truth::kTrue;
    }
    return evaluate(valuation_.overriding(literals), formula_) == Truth::kTrue;
  }

  [[nodiscard]] Literals minimised(Literals literals) const {
    for (std::size_t i = literals.size(); i-- > 0;) {
      Literals fewer = literals;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (holds(fewer)) literals = std::move(fewer);
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
};

}  // namespace

std::vector<FactSet> fact_sets(const Valuation& valuation, const Compiled& formula) {
  return Search(valuation, formula).run();
}

}  // namespace rogatory::law::detail
