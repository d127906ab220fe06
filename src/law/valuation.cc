// SPDX-License-Identifier: EUPL-1.2
#include "law/valuation.h"

#include <algorithm>

#include "law/detail/sat.h"

namespace rogatory::law {
namespace {

bool satisfies(double value, const Threshold& t) {
  switch (t.op) {
    case Comparison::kGe:
      return value >= t.value;
    case Comparison::kGt:
      return value > t.value;
    case Comparison::kLe:
      return value <= t.value;
    case Comparison::kLt:
      return value < t.value;
  }
  return false;
}

Literal literal_of(AtomId atom, bool value) {
  return value ? positive(atom) : negative(atom);
}

std::string who(const Fact& fact) {
  std::string out = fact.asserted_by.empty() ? "unnamed" : fact.asserted_by;
  if (!fact.field.empty()) out += " at " + fact.field;
  return out;
}

/// One fact in an error: what is said, and by whom.
std::string statement(const Fact& fact) {
  if (fact.quantity) return "`" + fact.quantity->quantity + "` (" + who(fact) + ")";
  return "`" + atom_key(fact.scope, fact.term) + "` is " + std::string(to_text(fact.value)) + " (" +
         who(fact) + ")";
}

/// Choices tried one after the other before the solver is asked.
constexpr std::size_t kMaxChoicesTried = 200;

/// What a trial usually sets, so that its trail is allocated once.
constexpr std::size_t kUsualTrail = 256;

/// Where a fact was read: in a file of ours, or the field of the record it came from.
base::Place place_of(const Fact& fact) {
  if (!fact.place.file.empty() || !fact.place.pointer.empty()) return fact.place;
  return {.file = {}, .line = 0, .column = 0, .pointer = fact.field};
}

}  // namespace

Valuation::Valuation(const LawBook& book)
    : Valuation(book, std::vector<Truth>(book.atoms().size(), Truth::kUnknown)) {}

Valuation::Valuation(const LawBook& book, std::vector<Truth> values)
    : book_(&book), values_(std::move(values)) {}

base::Result<Valuation> Valuation::make(const LawBook& book, std::span<const Fact> facts,
                                        const Perspective& perspective) {
  Valuation out(book);
  out.facts_ = facts;
  out.perspective_ = perspective;
  for (const Fact& fact : facts) ROG_CHECKED(out.check_fact(fact));
  for (std::uint32_t i = 0; i < facts.size(); ++i) {
    if (!out.add_fact(i)) return out.conflict_error();
  }
  if (!out.has_completion()) return out.conflict_error();
  return out;
}

bool Valuation::applies(const Fact& fact) const {
  if (fact.of_state.empty() || perspective_.state.empty()) return true;
  const auto term = book_->vocabulary.find_term(fact.term);
  if (!term || !book_->vocabulary.terms[*term].is_state_bound) return true;
  return fact.of_state == perspective_.state || fact.of_state == perspective_.transposed_from;
}

base::Result<void> Valuation::check_fact(const Fact& fact) const {
  const auto unknown = [&](std::string what) {
    return base::Error{.code = base::ErrorCode::kLint,
                       .message = std::move(what),
                       .context = {},
                       .place = place_of(fact)};
  };
  if (fact.quantity) {
    if (book_->vocabulary.find_quantity(fact.quantity->quantity) != nullptr) return {};
    return unknown("unknown quantity `" + fact.quantity->quantity + "`");
  }
  if (book_->vocabulary.find_term(fact.term)) return {};
  // Thresholds and open references are stated by their key.
  if (book_->atoms().find_term(fact.scope, fact.term) != kNoAtom) return {};
  return unknown("unknown term `" + fact.term + "`");
}

bool Valuation::add_fact(std::uint32_t index) {
  const Fact& fact = facts_[index];
  if (fact.quantity) return add_quantity(index);
  const AtomId atom = book_->atoms().find_term(fact.scope, fact.term);
  // Absent: a scope that no provision asks for.
  if (atom == kNoAtom || !applies(fact)) return true;
  if (fact.value == Truth::kUnknown) {
    reasons_.emplace_back(atom, fact.reason);
    return true;
  }
  return assign(literal_of(atom, fact.value == Truth::kTrue),
                {.kind = Origin::Kind::kFact, .index = index});
}

bool Valuation::add_quantity(std::uint32_t index) {
  const Fact& fact = facts_[index];
  const QuantityValue& known = *fact.quantity;
  const AtomTable& atoms = book_->atoms();
  for (const AtomId i : book_->thresholds()) {
    const Threshold& threshold = atoms[i].threshold;
    if (threshold.quantity != known.quantity || atoms[i].scope != fact.scope) continue;
    if (threshold.currency != known.currency) {
      reasons_.emplace_back(i, UnknownReason::kOtherUnit);
      continue;
    }
    if (is_contested(known, fact, threshold)) {
      reasons_.emplace_back(i, UnknownReason::kContested);
      continue;
    }
    const bool holds = satisfies(known.value, threshold);
    if (!assign(literal_of(i, holds), {.kind = Origin::Kind::kFact, .index = index})) return false;
  }
  return true;
}

bool Valuation::is_contested(const QuantityValue& known, const Fact& fact,
                             const Threshold& threshold) const {
  const bool holds = satisfies(known.value, threshold);
  return std::ranges::any_of(facts_, [&](const Fact& other) {
    return other.quantity && other.quantity->quantity == known.quantity &&
           other.quantity->currency == known.currency && other.scope == fact.scope &&
           satisfies(other.quantity->value, threshold) != holds;
  });
}

bool Valuation::assign(Literal lit, Origin origin) {
  const AtomId atom = atom_of(lit);
  const Truth wanted = is_negative(lit) ? Truth::kFalse : Truth::kTrue;
  if (values_[atom] == wanted) return true;
  if (values_[atom] != Truth::kUnknown) return false;
  const std::size_t from = trail_.size();
  values_[atom] = wanted;
  trail_.push_back({.atom = atom, .origin = origin});
  return propagate(from);
}

Literal Valuation::unit_of(std::uint32_t clause, bool& is_violated) const {
  Literal open = kNoLiteral;
  for (const Literal lit : book_->theory().literals(clause)) {
    const Truth v = value_of(lit);
    if (v == Truth::kFalse) continue;
    if (v == Truth::kTrue || open != kNoLiteral) return kNoLiteral;
    open = lit;
  }
  is_violated = open == kNoLiteral;
  return open;
}

bool Valuation::propagate(std::size_t from) {
  const Theory& theory = book_->theory();
  for (std::size_t at = from; at < trail_.size(); ++at) {
    const AtomId atom = trail_[at].atom;
    const Literal falsified = values_[atom] == Truth::kTrue ? negative(atom) : positive(atom);
    const auto clauses = theory.occurrences(falsified);
    const auto partners = theory.partners(falsified);
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      Literal open = partners[i];
      bool is_violated = false;
      if (open == kNoLiteral) {
        open = unit_of(clauses[i], is_violated);
      } else if (const Truth v = value_of(open); v != Truth::kUnknown) {
        is_violated = v == Truth::kFalse;
        open = kNoLiteral;
      }
      if (is_violated) return false;
      if (open == kNoLiteral) continue;
      values_[atom_of(open)] = is_negative(open) ? Truth::kFalse : Truth::kTrue;
      trail_.push_back(
          {.atom = atom_of(open), .origin = {.kind = Origin::Kind::kClause, .index = clauses[i]}});
    }
  }
  return true;
}

void Valuation::undo(const Mark& mark) {
  while (trail_.size() > mark.trail) {
    values_[trail_.back().atom] = Truth::kUnknown;
    trail_.pop_back();
  }
  reasons_.resize(mark.reasons);
}

std::optional<std::uint32_t> Valuation::find_open_choice() const {
  const Theory& theory = book_->theory();
  for (const std::uint32_t clause : theory.choices()) {
    // A clause with an open negative literal is satisfied by leaving that atom out.
    const bool needs_member = std::ranges::all_of(theory.literals(clause), [&](Literal lit) {
      const Truth v = values_[atom_of(lit)];
      return is_negative(lit) ? v == Truth::kTrue : v != Truth::kTrue;
    });
    if (needs_member) return clause;
  }
  return std::nullopt;
}

bool Valuation::search(std::size_t& budget) {
  const auto choice = find_open_choice();
  if (!choice) return true;
  for (const Literal lit : book_->theory().literals(*choice)) {
    if (values_[atom_of(lit)] != Truth::kUnknown) continue;
    if (budget == 0) return has_completion_by_sat();
    --budget;
    const Mark before = mark();
    const bool ok = assign(lit, {.kind = Origin::Kind::kAssumed, .index = 0}) && search(budget);
    undo(before);
    if (ok) return true;
  }
  return false;
}

bool Valuation::has_completion() {
  std::size_t budget = kMaxChoicesTried;
  return search(budget);
}

bool Valuation::has_completion_by_sat() const {
  detail::Sat sat;
  sat.add_theory(book_->theory());
  for (AtomId atom = 0; atom < values_.size(); ++atom) {
    if (values_[atom] == Truth::kUnknown) continue;
    const Literal lit = literal_of(atom, values_[atom] == Truth::kTrue);
    sat.add(std::vector<detail::SatLiteral>{sat.literal(lit)});
  }
  return sat.is_satisfiable({});
}

bool Valuation::is_consistent(std::span<const std::uint32_t> indices) const {
  Valuation out(*book_);
  out.facts_ = facts_;
  out.perspective_ = perspective_;
  for (const std::uint32_t i : indices) {
    if (!out.add_fact(i)) return false;
  }
  return out.has_completion();
}

base::Error Valuation::conflict_error() const {
  std::vector<std::uint32_t> core;
  for (std::uint32_t i = 0; i < facts_.size(); ++i) core.push_back(i);
  for (std::size_t i = core.size(); i-- > 0;) {
    std::vector<std::uint32_t> fewer = core;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (!is_consistent(fewer)) core = std::move(fewer);
  }
  std::string message = "facts that cannot all be so: ";
  for (const std::uint32_t i : core) {
    if (i != core.front()) message += ", ";
    message += statement(facts_[i]);
  }
  return {.code = base::ErrorCode::kConflict,
          .message = std::move(message),
          .context = {},
          .place = core.empty() ? base::Place() : place_of(facts_[core.back()])};
}

UnknownReason Valuation::unknown_reason(AtomId atom) const {
  if (book_->atoms()[atom].kind == Atom::Kind::kOpen) return UnknownReason::kOpenReference;
  // The first reason that somebody gave; that amounts disagree outranks that one of them is in
  // another unit.
  std::optional<UnknownReason> first;
  for (const auto& [stated, reason] : reasons_) {
    if (stated != atom) continue;
    if (reason == UnknownReason::kContested) return reason;
    if (!first) first = reason;
  }
  return first.value_or(UnknownReason::kNotStated);
}

Valuation::Origin Valuation::origin(AtomId atom) const {
  const auto step = std::ranges::find(trail_, atom, &Step::atom);
  return step == trail_.end() ? Origin() : step->origin;
}

const Fact* Valuation::fact_of(AtomId atom) const {
  const Origin own = origin(atom);
  return own.kind == Origin::Kind::kFact ? &facts_[own.index] : nullptr;
}

template <class Visit>
void Valuation::visit_support(AtomId atom, const Visit& visit) const {
  std::vector<AtomId> todo{atom};
  std::vector<AtomId> seen{atom};
  while (!todo.empty()) {
    const Origin own = origin(todo.back());
    todo.pop_back();
    visit(own);
    if (own.kind != Origin::Kind::kClause) continue;
    for (const Literal lit : book_->theory().literals(own.index)) {
      const AtomId other = atom_of(lit);
      if (std::ranges::find(seen, other) != seen.end()) continue;
      seen.push_back(other);
      todo.push_back(other);
    }
  }
}

std::vector<const Fact*> Valuation::supporting_facts(AtomId atom) const {
  std::vector<const Fact*> out;
  visit_support(atom, [&](const Origin& origin) {
    if (origin.kind != Origin::Kind::kFact) return;
    const Fact* fact = &facts_[origin.index];
    if (std::ranges::find(out, fact) == out.end()) out.push_back(fact);
  });
  return out;
}

Confidence Valuation::derivation_confidence(AtomId atom) const {
  Confidence out = Confidence::kFound;
  visit_support(atom, [&](const Origin& origin) {
    if (origin.kind != Origin::Kind::kClause) return;
    out = weaker(out, book_->theory().origin(origin.index).confidence);
  });
  return out;
}

std::optional<Valuation> Valuation::assuming(std::span<const Literal> literals) const {
  Valuation out = *this;
  for (const Literal lit : literals) {
    if (!out.assign(lit, {.kind = Origin::Kind::kAssumed, .index = 0})) return std::nullopt;
  }
  if (!out.has_completion()) return std::nullopt;
  return out;
}

Valuation Valuation::scratch() const {
  Valuation out(*book_, values_);
  out.facts_ = facts_;
  out.trail_.reserve(kUsualTrail);
  return out;
}

bool Valuation::complete(std::span<const Literal> preferred) {
  const Origin assumed{.kind = Origin::Kind::kAssumed, .index = 0};
  for (const Literal lit : preferred) {
    if (values_[atom_of(lit)] != Truth::kUnknown) continue;
    const Mark before = mark();
    if (assign(lit, assumed)) continue;
    undo(before);
    if (!assign(negation(lit), assumed)) return false;
  }
  return has_completion();
}

std::optional<Valuation> Valuation::overriding(std::span<const Literal> literals) const {
  Valuation out(*book_);
  out.facts_ = facts_;
  out.perspective_ = perspective_;
  for (const Literal lit : literals) {
    if (!out.assign(lit, {.kind = Origin::Kind::kAssumed, .index = 0})) return std::nullopt;
  }
  if (!out.has_completion()) return std::nullopt;
  for (std::uint32_t i = 0; i < facts_.size(); ++i) {
    const Mark before = out.mark();
    if (!out.add_fact(i) || !out.has_completion()) out.undo(before);
  }
  return out;
}

}  // namespace rogatory::law
