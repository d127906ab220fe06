// SPDX-License-Identifier: EUPL-1.2
#include "law/theory.h"

#include <algorithm>
#include <map>
#include <set>

namespace rogatory::law {
namespace {

/// Builds the clauses of one scope.
class Instantiator {
 public:
  Instantiator(const Vocabulary& vocabulary, AtomTable& atoms, const TheoryOptions& options,
               Theory& theory)
      : vocabulary_(vocabulary), atoms_(atoms), options_(options), theory_(theory) {
    taxonomy_ = theory_.add_origin({.id = {}, .reason = "the narrower term implies the wider one"});
    for (const TermGroup& group : vocabulary_.groups) {
      group_origins_.push_back(theory_.add_origin({group.id, group.reason}));
    }
    for (const Entailment& entailment : vocabulary_.entailments) {
      entailment_origins_.push_back(theory_.add_origin({entailment.id, entailment.reason}));
    }
  }

  void instantiate(const std::vector<Scope>& scope) {
    const auto atom = [&](const std::string& term) { return atoms_.intern_term(scope, term); };
    for (const Term& term : vocabulary_.terms) {
      for (const std::string& parent : term.parents) {
        theory_.add_clause({negative(atom(term.id)), positive(atom(parent))}, taxonomy_);
      }
    }
    for (std::size_t i = 0; i < vocabulary_.entailments.size(); ++i) {
      const Entailment& entailment = vocabulary_.entailments[i];
      if (std::ranges::find(options_.without, entailment.id) != options_.without.end()) continue;
      std::vector<Literal> literals;
      for (const std::string& premise : entailment.premises) {
        literals.push_back(negative(atom(premise)));
      }
      literals.push_back(positive(atom(entailment.conclusion)));
      theory_.add_clause(literals, entailment_origins_[i]);
    }
    for (std::size_t i = 0; i < vocabulary_.groups.size(); ++i) {
      add_group(vocabulary_.groups[i], group_origins_[i], scope);
    }
  }

 private:
  void add_group(const TermGroup& group, std::uint32_t origin, const std::vector<Scope>& scope) {
    if (group.is_exclusive) {
      for (std::size_t a = 0; a < group.members.size(); ++a) {
        for (std::size_t b = a + 1; b < group.members.size(); ++b) {
          theory_.add_clause({negative(atoms_.intern_term(scope, group.members[a])),
                              negative(atoms_.intern_term(scope, group.members[b]))},
                             origin);
        }
      }
      return;
    }
    std::vector<Literal> literals{negative(atoms_.intern_term(scope, group.of))};
    for (const std::string& member : group.members) {
      literals.push_back(positive(atoms_.intern_term(scope, member)));
    }
    theory_.add_clause(literals, origin);
  }

  const Vocabulary& vocabulary_;
  AtomTable& atoms_;
  const TheoryOptions& options_;
  Theory& theory_;
  std::uint32_t taxonomy_ = 0;
  std::vector<std::uint32_t> group_origins_;
  std::vector<std::uint32_t> entailment_origins_;
};

bool is_lower_bound(const Threshold& t) {
  return t.op == Comparison::kGe || t.op == Comparison::kGt;
}

/// True when every value that satisfies `a` satisfies `b`; both over the same quantity and
/// currency.
bool implies(const Threshold& a, const Threshold& b) {
  if (is_lower_bound(a) != is_lower_bound(b)) return false;
  const bool is_lower = is_lower_bound(a);
  if (a.value != b.value) return is_lower ? a.value > b.value : a.value < b.value;
  const bool a_is_strict = a.op == Comparison::kGt || a.op == Comparison::kLt;
  const bool b_is_strict = b.op == Comparison::kGt || b.op == Comparison::kLt;
  return a_is_strict || !b_is_strict;
}

/// True when no value satisfies both.
bool excludes(const Threshold& a, const Threshold& b) {
  if (is_lower_bound(a) == is_lower_bound(b)) return false;
  const Threshold& low = is_lower_bound(a) ? a : b;
  const Threshold& high = is_lower_bound(a) ? b : a;
  if (low.value != high.value) return low.value > high.value;
  return low.op == Comparison::kGt || high.op == Comparison::kLt;
}

/// True when every value satisfies one of them.
bool exhausts(const Threshold& a, const Threshold& b) {
  if (is_lower_bound(a) == is_lower_bound(b)) return false;
  const Threshold& low = is_lower_bound(a) ? a : b;
  const Threshold& high = is_lower_bound(a) ? b : a;
  if (low.value != high.value) return low.value < high.value;
  return low.op == Comparison::kGe || high.op == Comparison::kLe;
}

void order_thresholds(const AtomTable& atoms, Theory& theory) {
  const std::uint32_t origin =
      theory.add_origin({.id = {}, .reason = "the order of amounts in one unit and currency"});
  std::vector<AtomId> thresholds;
  for (AtomId i = 0; i < atoms.size(); ++i) {
    if (atoms[i].kind == Atom::Kind::kThreshold) thresholds.push_back(i);
  }
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    for (std::size_t j = i + 1; j < thresholds.size(); ++j) {
      const AtomId a = thresholds[i];
      const AtomId b = thresholds[j];
      const Threshold& ta = atoms[a].threshold;
      const Threshold& tb = atoms[b].threshold;
      if (ta.quantity != tb.quantity || ta.currency != tb.currency) continue;
      if (atoms[a].scope != atoms[b].scope) continue;
      if (implies(ta, tb)) theory.add_clause({negative(a), positive(b)}, origin);
      if (implies(tb, ta)) theory.add_clause({negative(b), positive(a)}, origin);
      if (excludes(ta, tb)) theory.add_clause({negative(a), negative(b)}, origin);
      if (exhausts(ta, tb)) theory.add_clause({positive(a), positive(b)}, origin);
    }
  }
}

}  // namespace

void Theory::add_clause(const std::vector<Literal>& literals, std::uint32_t origin) {
  clauses_.push_back({.first = static_cast<std::uint32_t>(literals_.size()),
                      .count = static_cast<std::uint32_t>(literals.size()),
                      .origin = origin});
  literals_.insert(literals_.end(), literals.begin(), literals.end());
}

std::uint32_t Theory::add_origin(ClauseOrigin origin) {
  origins_.push_back(std::move(origin));
  return static_cast<std::uint32_t>(origins_.size() - 1);
}

void Theory::finish(std::size_t atom_count) {
  start_.assign(atom_count * 2 + 1, 0);
  for (const Literal lit : literals_) ++start_[lit + 1];
  for (std::size_t i = 1; i < start_.size(); ++i) start_[i] += start_[i - 1];
  occurrence_.resize(literals_.size());
  std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
  for (std::uint32_t c = 0; c < clauses_.size(); ++c) {
    for (const Literal lit : literals(c)) occurrence_[next[lit]++] = c;
    const auto is_positive = [](Literal lit) { return !is_negative(lit); };
    if (std::ranges::count_if(literals(c), is_positive) > 1) choices_.push_back(c);
  }
}

Theory make_theory(const Vocabulary& vocabulary, AtomTable& atoms, const TheoryOptions& options) {
  Theory theory;
  std::set<std::vector<Scope>> scopes{{}};
  for (AtomId i = 0; i < atoms.size(); ++i) scopes.insert(atoms[i].scope);
  Instantiator instantiator(vocabulary, atoms, options, theory);
  for (const auto& scope : scopes) {
    for (const Term& term : vocabulary.terms) atoms.intern_term(scope, term.id);
    instantiator.instantiate(scope);
  }
  order_thresholds(atoms, theory);
  theory.finish(atoms.size());
  return theory;
}

}  // namespace rogatory::law
