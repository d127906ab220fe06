// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/lint_cooperation.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/detail/lint_formula.h"

namespace rogatory::corpus::detail {
namespace {

using law::ProvisionKind;

bool is_rule(ProvisionKind kind) {
  return kind == ProvisionKind::kBasis || kind == ProvisionKind::kGround ||
         kind == ProvisionKind::kClock;
}

void lint_part(LintIndex& index, const law::Provision& provision, ProvisionKind kind,
               bool has_part) {
  if ((provision.kind == kind) == has_part) return;
  const std::string key = ticked(law::to_text(kind));
  index.add(Rule::kRuleShape,
            ticked(provision.id) + (has_part ? " has " + key + ", but is not of that kind"
                                             : " is of the kind " + key + ", but has no " + key),
            provision.citation.place);
}

void lint_parts(LintIndex& index, const law::Provision& provision) {
  lint_part(index, provision, ProvisionKind::kBasis, provision.basis.has_value());
  lint_part(index, provision, ProvisionKind::kGround, provision.ground.has_value());
  lint_part(index, provision, ProvisionKind::kClock, provision.clock.has_value());
  if (is_rule(provision.kind) == !provision.for_kinds.empty()) return;
  index.add(Rule::kRuleShape,
            ticked(provision.id) + (is_rule(provision.kind)
                                        ? " does not say for which kinds of request: `for`"
                                        : " has `for`, but is no basis, ground or clock"),
            provision.citation.place);
}

void lint_basis(LintIndex& index, const law::Provision& provision, const law::BasisRule& basis) {
  const base::Place& place = provision.citation.place;
  const auto fault = [&](std::string_view message) {
    index.add(Rule::kBasisShape, ticked(provision.id) + std::string(message), place);
  };
  if (basis.offences == law::BasisOffences::kListed && !basis.list) {
    fault(" reaches listed offences, but has no `list`");
  }
  if (basis.offences == law::BasisOffences::kByElements && provision.elements.empty()) {
    fault(" reaches offences by elements, but has no `elements`");
  }
  if (basis.requires_treaty && !provision.is_of_state) {
    fault(" says `requires_treaty`, which only the law of a State can");
  }
  if (basis.list) {
    for (const std::string& term : basis.list->terms) index.check_term(term, place);
  }
  UniqueIds ids(index, "condition");
  for (const law::BasisCondition& condition : basis.conditions) {
    ids.add(condition.id, condition.citation.place);
    lint_texts(index, "condition", condition.id, condition.citation);
    if (!condition.term.empty()) index.check_term(condition.term, condition.citation.place);
  }
}

void lint_ground(LintIndex& index, const law::Provision& provision, const law::GroundRule& ground) {
  const base::Place& place = provision.citation.place;
  if (index.find_subject(ground.subject) == nullptr) {
    index.add(Rule::kUnknownSubject, "unknown subject " + ticked(ground.subject), place);
  }
  if (ground.effect == law::GroundEffect::kBarred && !ground.cures.empty()) {
    index.add(Rule::kGroundShape,
              ticked(provision.id) + " may not be invoked, so that no assurance can cure it",
              place);
  }
  for (const law::Cure& cure : ground.cures) {
    index.check_term(cure.term, cure.citation.place);
    lint_texts(index, "cure", cure.term, cure.citation);
  }
}

void lint_clock(LintIndex& index, const law::Provision& provision, const law::ClockRule& clock) {
  if (clock.side != law::WhoseLaw::kRequested && !provision.is_of_state) {
    index.add(Rule::kRuleShape,
              ticked(provision.id) + " says `side`, which only the law of a State can",
              provision.citation.place);
  }
  if (clock.extend && clock.extend->citation.says.empty()) {
    index.add(Rule::kMissingSays, "the extension has no `says`", clock.extend->citation.place);
  }
  if (clock.free_day) lint_texts(index, "rule on", "free_day", clock.free_day->citation);
}

// Without `from`, bound before the day of the list, for all that is known.
base::DateRange range_of(const law::Party& party) {
  return {.from = party.from.value_or(base::Date::earliest()), .until = party.until};
}

void lint_party_periods(LintIndex& index, const law::Party& party, const law::Party& earlier) {
  if (!range_of(party).overlaps(range_of(earlier))) return;
  index.add(
      Rule::kPeriodOverlap,
      ticked(party.state) + " is bound twice at once; see " + earlier.citation.place.to_string(),
      party.citation.place);
}

// A Party may be a territory: some make treaties of their own, as the Cook Islands do.
void lint_parties(LintIndex& index, const law::Instrument& instrument) {
  std::map<std::string_view, std::vector<const law::Party*>> by_state;
  for (const law::Party& party : instrument.parties) {
    index.check_state_or_territory(party.state, party.citation.place);
    if (range_of(party).is_empty()) {
      index.add(Rule::kPeriodEmpty, ticked(party.state) + " ceases to be bound before it is",
                party.citation.place);
    }
    auto& earlier = by_state[party.state];
    for (const law::Party* other : earlier) lint_party_periods(index, party, *other);
    earlier.push_back(&party);
  }
  const bool is_bilateral = instrument.instrument_class == law::InstrumentClass::kBilateral;
  if (!is_bilateral || by_state.empty() || by_state.size() == 2) return;
  index.add(Rule::kBilateralSides,
            ticked(instrument.id) + " is bilateral, but names " + std::to_string(by_state.size()) +
                " Parties",
            instrument.place);
}

void lint_statement(LintIndex& index, const law::Statement& statement) {
  const base::Place& place = statement.citation.place;
  index.check_state_or_territory(statement.state, place);
  if (index.find_provision(statement.provision) == nullptr) {
    index.add(Rule::kUnknownProvision, "unknown provision " + ticked(statement.provision), place);
  }
  if (statement.range.is_empty()) {
    index.add(Rule::kPeriodEmpty, "the statement ends before it begins", place);
  }
  if (statement.citation.says.empty()) {
    index.add(Rule::kMissingSays, "the statement has no `says`", place);
  }
}

// Bases of several instruments are put in order by the classes of these.
void lint_class(LintIndex& index, const law::Instrument& instrument) {
  const law::LawBook& book = index.book();
  if (book.world.ranking.empty()) return;
  const bool has_basis = std::ranges::any_of(book.provisions, [&](const law::Provision& p) {
    return p.owner == instrument.id && p.kind == ProvisionKind::kBasis;
  });
  if (!has_basis) return;
  if (std::ranges::find(book.world.ranking, instrument.instrument_class, &law::RankClass::id) !=
      book.world.ranking.end()) {
    return;
  }
  index.add(Rule::kUnrankedClass,
            ticked(instrument.id) + " has a basis, but its class " +
                ticked(law::to_text(instrument.instrument_class)) + " is not ranked",
            instrument.place);
}

}  // namespace

void lint_rule(LintIndex& index, const law::Provision& provision) {
  lint_parts(index, provision);
  if (provision.basis) lint_basis(index, provision, *provision.basis);
  if (provision.ground) lint_ground(index, provision, *provision.ground);
  if (provision.clock) lint_clock(index, provision, *provision.clock);
}

void lint_bound(LintIndex& index, const law::Instrument& instrument) {
  lint_class(index, instrument);
  lint_parties(index, instrument);
  UniqueIds signatories(index, "signatory");
  for (const law::Signatory& signatory : instrument.signatories) {
    index.check_state_or_territory(signatory.state, signatory.citation.place);
    signatories.add(signatory.state, signatory.citation.place);
  }
  UniqueIds territories(index, "extension to");
  for (const law::TerritorialExtension& extension : instrument.extensions) {
    index.check_state_or_territory(extension.territory, extension.citation.place);
    index.check_state(extension.of, extension.citation.place);
    territories.add(extension.territory, extension.citation.place);
  }
  for (const law::Statement& statement : instrument.statements) lint_statement(index, statement);
}

}  // namespace rogatory::corpus::detail
