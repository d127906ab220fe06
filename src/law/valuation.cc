// SPDX-License-Identifier: EUPL-1.2
#include "law/valuation.h"

#include <algorithm>

namespace rogatory::law {
namespace {

bool satisfies(double value, const Threshold& t) {
  switch (t.op) {
    case Comparison::kGe: return value >= t.value;
    case Comparison::kGt: return value > t.value;
    case Comparison::kLe: return value <= t.value;
    case Comparison::kLt: return value < t.value;
  }
  return false;
}

Literal literal_of(AtomId atom, bool value) { return value ? positive(atom) : negative(atom); }

std::string who(const Fact& fact) {
  std::string out = fact.asserted_by.empty() ? "unnamed" : fact.asserted_by;
  if (!fact.field.empty()) out += " at " + fact.field;
  return out;
}

}  // namespace

Valuation::Valuation(const LawBook& book)
    : book_(&book),
      values_(book.atoms().size(), Truth::kUnknown),
      origins_(book.atoms().size()) {}

base::Result<Valuation> Valuation::make(const LawBook& book, std::span<const Fact> facts,
                                        const Perspective& perspective) {
  Valuation out(book);
  out.facts_ = facts;
  out.perspective_ = perspective;
  for (std::uint32_t i = 0; i < facts.size(); ++i) ROG_CHECKED(out.add_fact(i));
  return out;
}

bool Valuation::applies(const Fact& fact) const {
  if (fact.of_state.empty() || perspective_.state.empty()) return true;
  return fact.of_state == perspective_.state || fact.of_state == perspective_.transposed_from;
}

base::Result<AtomId> Valuation::atom_for(const Fact& fact) const {
  const AtomId atom = book_->atoms().find_term(fact.scope, fact.term);
  if (atom != kNoAtom) return atom;
  if (book_->vocabulary.find_term(fact.term)) return kNoAtom;  // a scope that no provision asks for
  return base::Error{.code = base::ErrorCode::kLint,
                     .message = "unknown term `" + fact.term + "`",
                     .context = {},
                     .place = {.file = {}, .line = 0, .column = 0, .pointer = fact.field}};
}

base::Result<void> Valuation::add_fact(std::uint32_t index) {
  const Fact& fact = facts_[index];
  if (fact.quantity) {
    add_quantity(index);
    return {};
  }
  ROG_TRY(const AtomId atom, atom_for(fact));
  if (atom == kNoAtom || !applies(fact)) return {};
  if (fact.value == Truth::kUnknown) {
    reasons_.emplace_back(atom, fact.reason);
    return {};
  }
  const Literal lit = literal_of(atom, fact.value == Truth::kTrue);
  if (!assign(lit, {.kind = Origin::Kind::kFact, .index = index})) return conflict_error(fact);
  return {};
}

void Valuation::add_quantity(std::uint32_t index) {
  const QuantityValue& known = *facts_[index].quantity;
  const AtomTable& atoms = book_->atoms();
  for (AtomId i = 0; i < atoms.size(); ++i) {
    if (atoms[i].kind != Atom::Kind::kThreshold) continue;
    const Threshold& threshold = atoms[i].threshold;
    if (threshold.quantity != known.quantity || !atoms[i].scope.empty()) continue;
    if (threshold.currency != known.currency) {
      reasons_.emplace_back(i, UnknownReason::kOtherUnit);
      continue;
    }
    // Two amounts for one quantity: the first one said stands, the thresholds agree by their order.
    assign(literal_of(i, satisfies(known.value, threshold)),
           {.kind = Origin::Kind::kFact, .index = index});
  }
}

bool Valuation::assign(Literal lit, Origin origin) {
  const AtomId atom = atom_of(lit);
  const Truth wanted = is_negative(lit) ? Truth::kFalse : Truth::kTrue;
  if (values_[atom] == wanted) return true;
  if (values_[atom] != Truth::kUnknown) {
    conflict_ = atom;
    return false;
  }
  const std::size_t from = trail_.size();
  values_[atom] = wanted;
  origins_[atom] = origin;
  trail_.push_back(atom);
  return propagate(from);
}

bool Valuation::propagate(std::size_t from) {
  const Theory& theory = book_->theory();
  const auto truth_of = [&](Literal lit) {
    const Truth v = values_[atom_of(lit)];
    return is_negative(lit) ? !v : v;
  };
  for (std::size_t at = from; at < trail_.size(); ++at) {
    const AtomId atom = trail_[at];
    const Literal falsified = values_[atom] == Truth::kTrue ? negative(atom) : positive(atom);
    for (const std::uint32_t clause : theory.occurrences(falsified)) {
      Literal open = 0;
      int open_count = 0;
      bool is_satisfied = false;
      for (const Literal lit : theory.literals(clause)) {
        const Truth v = truth_of(lit);
        is_satisfied = is_satisfied || v == Truth::kTrue;
        if (v == Truth::kUnknown) {
          open = lit;
          ++open_count;
        }
      }
      if (is_satisfied || open_count > 1) continue;
      if (open_count == 0) {
        conflict_ = atom;
        return false;
      }
      values_[atom_of(open)] = is_negative(open) ? Truth::kFalse : Truth::kTrue;
      origins_[atom_of(open)] = {.kind = Origin::Kind::kClause, .index = clause};
      trail_.push_back(atom_of(open));
    }
  }
  return true;
}

std::string Valuation::describe(AtomId atom) const {
  std::string out = "`" + book_->atoms().key(atom) + "`";
  for (const Fact* fact : supporting_facts(atom)) out += " (" + who(*fact) + ")";
  return out;
}

base::Error Valuation::conflict_error(const Fact& fact) const {
  return {.code = base::ErrorCode::kConflict,
          .message = "`" + atom_key(fact.scope, fact.term) + "` is said to be " +
                     std::string(to_text(fact.value)) + " by " + who(fact) +
                     ", which contradicts " + describe(conflict_),
          .context = {},
          .place = {.file = {}, .line = 0, .column = 0, .pointer = fact.field}};
}

UnknownReason Valuation::unknown_reason(AtomId atom) const {
  if (book_->atoms()[atom].kind == Atom::Kind::kOpen) return UnknownReason::kOpenReference;
  for (const auto& [stated, reason] : reasons_) {
    if (stated == atom) return reason;
  }
  return UnknownReason::kNotStated;
}

const Fact* Valuation::fact_of(AtomId atom) const {
  const Origin origin = origins_[atom];
  return origin.kind == Origin::Kind::kFact ? &facts_[origin.index] : nullptr;
}

std::vector<const Fact*> Valuation::supporting_facts(AtomId atom) const {
  std::vector<const Fact*> out;
  std::vector<AtomId> todo{atom};
  std::vector<AtomId> seen{atom};
  while (!todo.empty()) {
    const AtomId at = todo.back();
    todo.pop_back();
    const Origin origin = origins_[at];
    if (origin.kind == Origin::Kind::kFact) {
      const Fact* fact = &facts_[origin.index];
      if (std::ranges::find(out, fact) == out.end()) out.push_back(fact);
    }
    if (origin.kind != Origin::Kind::kClause) continue;
    for (const Literal lit : book_->theory().literals(origin.index)) {
      const AtomId other = atom_of(lit);
      if (std::ranges::find(seen, other) != seen.end()) continue;
      seen.push_back(other);
      todo.push_back(other);
    }
  }
  return out;
}

std::optional<Valuation> Valuation::assuming(std::span<const Literal> literals) const {
  Valuation out = *this;
  for (const Literal lit : literals) {
    if (!out.assign(lit, {.kind = Origin::Kind::kAssumed, .index = 0})) return std::nullopt;
  }
  return out;
}

Valuation Valuation::overriding(std::span<const Literal> literals) const {
  Valuation out(*book_);
  out.facts_ = facts_;
  out.perspective_ = perspective_;
  for (const Literal lit : literals) {
    // Callers pass literals that are consistent with one another.
    if (!out.assign(lit, {.kind = Origin::Kind::kAssumed, .index = 0})) return out;
  }
  for (std::uint32_t i = 0; i < facts_.size(); ++i) {
    Valuation next = out;
    if (next.add_fact(i).ok()) out = std::move(next);
  }
  return out;
}

}  // namespace rogatory::law
