// SPDX-License-Identifier: EUPL-1.2
#include "law/theory.h"

#include <algorithm>
#include <set>
#include <utility>

namespace rogatory::law {
namespace {

/// What the vocabulary says, as clauses over terms: a literal counts terms here, not atoms. Made
/// once, then put into each scope.
class TermClauses {
 public:
  TermClauses(const Vocabulary& vocabulary, const TheoryOptions& options, Theory& theory)
      : vocabulary_(vocabulary), theory_(theory) {
    const std::uint32_t taxonomy =
        theory_.add_origin({.id = {}, .reason = "the narrower term implies the wider one"});
    for (const Term& term : vocabulary_.terms) {
      for (const std::string& parent : term.parents)
        add({without(term.id), with(parent)}, taxonomy);
    }
    for (const Entailment& entailment : vocabulary_.entailments) {
      if (std::ranges::find(options.without, entailment.id) != options.without.end()) continue;
      std::vector<Literal> literals;
      for (const std::string& premise : entailment.premises) literals.push_back(without(premise));
      literals.push_back(with(entailment.conclusion));
      add(std::move(literals), theory_.add_origin(origin_of(entailment)));
    }
    for (const TermGroup& group : vocabulary_.groups) {
      add_group(group, theory_.add_origin({.id = group.id, .reason = group.reason}));
    }
  }

  void instantiate(const std::vector<Scope>& scope, AtomTable& atoms) {
    std::vector<AtomId> atom_of_term;
    for (const Term& term : vocabulary_.terms) {
      atom_of_term.push_back(atoms.intern_term(scope, term.id));
    }
    std::vector<Literal> literals;
    for (const auto& [terms, origin] : clauses_) {
      literals.clear();
      for (const Literal lit : terms) {
        const AtomId atom = atom_of_term[atom_of(lit)];
        literals.push_back(is_negative(lit) ? negative(atom) : positive(atom));
      }
      theory_.add_clause(literals, origin);
    }
  }

 private:
  /// Shown with how sure it is, in the form that citations have.
  static ClauseOrigin origin_of(const Entailment& entailment) {
    std::string trust{to_text(entailment.confidence)};
    if (!entailment.source.empty()) trust += ": " + entailment.source + ", " + entailment.pin;
    std::string reason = entailment.reason;
    if (reason.ends_with('.')) reason.pop_back();
    return {.id = entailment.id,
            .reason = reason + " [" + trust + "]",
            .confidence = entailment.confidence};
  }

  [[nodiscard]] Literal with(const std::string& term) const {
    return positive(*vocabulary_.find_term(term));
  }
  [[nodiscard]] Literal without(const std::string& term) const { return negation(with(term)); }

  void add(std::vector<Literal> literals, std::uint32_t origin) {
    clauses_.emplace_back(std::move(literals), origin);
  }

  void add_group(const TermGroup& group, std::uint32_t origin) {
    if (group.is_exclusive) {
      for (std::size_t a = 0; a < group.members.size(); ++a) {
        for (std::size_t b = a + 1; b < group.members.size(); ++b) {
          add({without(group.members[a]), without(group.members[b])}, origin);
        }
      }
      return;
    }
    std::vector<Literal> literals{without(group.of)};
    for (const std::string& member : group.members) literals.push_back(with(member));
    add(std::move(literals), origin);
  }

  const Vocabulary& vocabulary_;
  Theory& theory_;
  std::vector<std::pair<std::vector<Literal>, std::uint32_t>> clauses_;
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

Confidence Theory::weakest() const {
  Confidence out = Confidence::kFound;
  for (const ClauseOrigin& origin : origins_) out = weaker(out, origin.confidence);
  return out;
}

void Theory::finish(std::size_t atom_count) {
  start_.assign(atom_count * 2 + 1, 0);
  for (const Literal lit : literals_) ++start_[lit + 1];
  for (std::size_t i = 1; i < start_.size(); ++i) start_[i] += start_[i - 1];
  occurrence_.resize(literals_.size());
  partner_.assign(literals_.size(), kNoLiteral);
  std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
  for (std::uint32_t c = 0; c < clauses_.size(); ++c) {
    for (const Literal lit : literals(c)) {
      const std::uint32_t at = next[lit]++;
      occurrence_[at] = c;
      if (clauses_[c].count == 2) partner_[at] = literals(c)[literals(c)[0] == lit ? 1 : 0];
    }
    const auto is_positive = [](Literal lit) { return !is_negative(lit); };
    if (std::ranges::count_if(literals(c), is_positive) > 1) choices_.push_back(c);
  }
}

Theory make_theory(const Vocabulary& vocabulary, AtomTable& atoms, const TheoryOptions& options) {
  Theory theory;
  std::set<std::vector<Scope>> scopes{{}};
  for (AtomId i = 0; i < atoms.size(); ++i) scopes.insert(atoms[i].scope);
  TermClauses clauses(vocabulary, options, theory);
  for (const auto& scope : scopes) clauses.instantiate(scope, atoms);
  order_thresholds(atoms, theory);
  theory.finish(atoms.size());
  return theory;
}

}  // namespace rogatory::law
