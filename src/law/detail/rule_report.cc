// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/rule_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "law/report.h"

namespace rogatory::law::detail {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

template <class Enum>
Json name(Enum v) {
  return Json(boost::json::string(to_text(v)));
}

JsonArray texts(const std::vector<std::string>& list) {
  JsonArray out;
  for (const std::string& one : list) out.emplace_back(one);
  return out;
}

// JSON

JsonObject threshold_json(const PenaltyThreshold& threshold, bool with_law) {
  JsonObject out{{"op", name(threshold.op)}, {"months", threshold.months}};
  if (with_law) out["law"] = name(threshold.law);
  return out;
}

Json basis_json(const LawBook& book, const BasisRule& basis) {
  JsonObject out{{"by", name(basis.by)},
                 {"requires_treaty", basis.requires_treaty},
                 {"offences", name(basis.offences)},
                 {"dual_criminality", name(basis.dual_criminality)}};
  if (basis.threshold) out["threshold"] = threshold_json(*basis.threshold, /*with_law=*/true);
  if (basis.remaining) out["remaining"] = threshold_json(*basis.remaining, /*with_law=*/false);
  if (basis.list) {
    JsonObject list = threshold_json(basis.list->threshold, /*with_law=*/true);
    list["terms"] = texts(basis.list->terms);
    out["list"] = std::move(list);
  }
  JsonArray yields_to;
  for (const InstrumentClass id : basis.yields_to) yields_to.push_back(name(id));
  out["yields_to"] = std::move(yields_to);
  JsonArray conditions;
  for (const BasisCondition& condition : basis.conditions) {
    JsonObject one{{"id", condition.id}, {"citation", to_json(book, condition.citation)}};
    if (!condition.term.empty()) one["term"] = condition.term;
    conditions.push_back(std::move(one));
  }
  out["conditions"] = std::move(conditions);
  return out;
}

Json ground_json(const LawBook& book, const GroundRule& ground) {
  JsonObject out{{"subject", ground.subject},
                 {"effect", name(ground.effect)},
                 {"overrides", ground.overrides}};
  JsonArray cures;
  for (const Cure& cure : ground.cures) {
    cures.push_back(JsonObject{{"term", cure.term}, {"citation", to_json(book, cure.citation)}});
  }
  out["cures"] = std::move(cures);
  if (!ground.instead.empty()) out["instead"] = ground.instead;
  return out;
}

Json clock_json(const LawBook& book, const ClockRule& clock) {
  JsonObject out{{"starts", name(clock.starts)},
                 {"value", clock.value},
                 {"unit", name(clock.unit)},
                 {"sense", name(clock.sense)}};
  if (clock.side != WhoseLaw::kRequested) out["side"] = name(clock.side);
  if (!clock.then.empty()) out["then"] = clock.then;
  if (clock.free_day) {
    out["free_day"] = JsonObject{{"end", name(clock.free_day->end)},
                                 {"citation", to_json(book, clock.free_day->citation)}};
  }
  if (clock.extend) {
    out["extend"] = JsonObject{{"value", clock.extend->value},
                               {"unit", name(clock.extend->unit)},
                               {"citation", to_json(book, clock.extend->citation)}};
  }
  return out;
}

// Words

std::string by_words(const BasisRule& basis) {
  switch (basis.by) {
    case BasisBy::kTreaty:
      return basis.requires_treaty ? "Acts under a treaty only" : "By treaty";
    case BasisBy::kMutualRecognition:
      return "By mutual recognition";
    case BasisBy::kReciprocity:
      return "By reciprocity, without a treaty";
    case BasisBy::kNationalLaw:
      return "By national law, without a treaty";
    case BasisBy::kDirectChannel:
      return "Straight to a provider in the other State";
  }
  return "";
}

std::string offences_words(BasisOffences offences) {
  switch (offences) {
    case BasisOffences::kConvention:
      return "for the offences of this instrument";
    case BasisOffences::kAny:
      return "for any offence";
    case BasisOffences::kListed:
      return "for listed offences";
    case BasisOffences::kByElements:
      return "where the elements below hold";
  }
  return "";
}

std::string dual_criminality_words(DualCriminalityRule rule) {
  switch (rule) {
    case DualCriminalityRule::kUnknown:
      return "unknown";
    case DualCriminalityRule::kRequired:
      return "required";
    case DualCriminalityRule::kMayRefuse:
      return "may be refused without it";
    case DualCriminalityRule::kNotRequired:
      return "not required";
    case DualCriminalityRule::kOwnLaw:
      return "left to the law of the requested State";
  }
  return "";
}

std::string law_words(WhoseLaw law) {
  switch (law) {
    case WhoseLaw::kBoth:
      return "under both laws";
    case WhoseLaw::kRequesting:
      return "under the requesting State's law";
    case WhoseLaw::kRequested:
      return "under the requested State's law";
  }
  return "";
}

std::string months_words(const PenaltyThreshold& threshold) {
  return fmt::format("{} {} months", threshold.op == Comparison::kGt ? "more than" : "at least",
                     threshold.months);
}

std::string effect_words(GroundEffect effect) {
  switch (effect) {
    case GroundEffect::kMandatory:
      return "assistance is refused";
    case GroundEffect::kOptional:
      return "assistance may be refused";
    case GroundEffect::kBarred:
      return "may not be invoked";
    case GroundEffect::kPostpone:
      return "execution may wait";
  }
  return "";
}

std::string sense_words(ClockSense sense) {
  switch (sense) {
    case ClockSense::kAtLeast:
      return "At least";
    case ClockSense::kAtMost:
      return "At most";
    case ClockSense::kTarget:
      return "As a target,";
  }
  return "";
}

// `request_received` as `request received`.
std::string spaced(std::string_view id) {
  std::string out(id);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string subject_label(const LawBook& book, const std::string& id) {
  const auto& subjects = book.world.ground_subjects;
  const auto it = std::ranges::find(subjects, id, &GroundSubject::id);
  return it == subjects.end() ? spaced(id) : it->label;
}

void write_basis(const BasisRule& basis, Document& out) {
  out.heading(2, "What it is a basis for");
  out.item(fmt::format("{}, {}.", by_words(basis), offences_words(basis.offences)));
  out.item("Dual criminality: " + dual_criminality_words(basis.dual_criminality) + ".");
  if (basis.threshold) {
    out.item(fmt::format("Penalty: a maximum of {} {}.", months_words(*basis.threshold),
                         law_words(basis.threshold->law)));
  }
  if (basis.remaining) {
    out.item(fmt::format("Still to be served: {}.", months_words(*basis.remaining)));
  }
  if (basis.list) {
    const PenaltyThreshold& threshold = basis.list->threshold;
    const std::string least =
        threshold.months > 0
            ? fmt::format(", from {} {}", months_words(threshold), law_words(threshold.law))
            : "";
    out.item(fmt::format("Listed offences{}: {}.", least, fmt::join(basis.list->terms, ", ")));
  }
  if (!basis.yields_to.empty()) {
    std::string classes;
    for (const InstrumentClass id : basis.yields_to) {
      classes += (classes.empty() ? "" : ", ") + spaced(to_text(id));
    }
    out.item("Steps back where one of these binds both States: " + classes + ".");
  }
  for (const BasisCondition& condition : basis.conditions) {
    out.item(fmt::format("Condition {}{}: {}", condition.id,
                         condition.term.empty() ? "" : " (" + condition.term + ")",
                         citation_words(condition.citation)));
  }
}

void write_ground(const LawBook& book, const GroundRule& ground, Document& out) {
  out.heading(2, "Ground");
  out.item(
      fmt::format("{}: {}.", subject_label(book, ground.subject), effect_words(ground.effect)));
  if (ground.overrides) out.item("Holds whatever a treaty says or omits.");
  for (const Cure& cure : ground.cures) {
    out.item(fmt::format("Taken away by {}: {}", cure.term, citation_words(cure.citation)));
  }
  if (!ground.instead.empty()) out.item("After a refusal: " + ground.instead + ".");
}

void write_clock(const ClockRule& clock, Document& out) {
  out.heading(2, "Limit of time");
  out.item(fmt::format("{} {} {} from: {}.", sense_words(clock.sense), clock.value,
                       spaced(to_text(clock.unit)), spaced(to_text(clock.starts))));
  if (clock.side != WhoseLaw::kRequested) {
    const bool is_both = clock.side == WhoseLaw::kBoth;
    out.item(is_both ? "Runs where this State is asked and where it asks."
                     : "Runs where this State asks.");
  }
  if (!clock.then.empty()) out.item("Then: " + clock.then);
  if (clock.free_day) {
    const bool stays = clock.free_day->end == FreeDayEnd::kStays;
    out.item(fmt::format("On a free day: {}: {}",
                         stays ? "ends all the same" : "ends with the next working day",
                         citation_words(clock.free_day->citation)));
  }
  if (clock.extend) {
    out.item(fmt::format("May be extended by {} {}: {}", clock.extend->value,
                         spaced(to_text(clock.extend->unit)),
                         citation_words(clock.extend->citation)));
  }
}

}  // namespace

std::string citation_words(const Citation& c) {
  std::string out = c.cite;
  if (!c.says.empty()) out += (out.empty() ? "" : ": ") + c.says;
  out += fmt::format(" [{}]", to_text(c.confidence));
  return out;
}

void add_rule_json(const LawBook& book, const Provision& provision, JsonObject& out) {
  if (!provision.for_kinds.empty()) out["for"] = texts(provision.for_kinds);
  if (provision.basis) out["basis"] = basis_json(book, *provision.basis);
  if (provision.ground) out["ground"] = ground_json(book, *provision.ground);
  if (provision.clock) out["clock"] = clock_json(book, *provision.clock);
}

void write_rule(const LawBook& book, const Provision& provision, Document& out) {
  if (!provision.for_kinds.empty()) {
    out.paragraph(
        fmt::format("For requests of the kind: {}.", fmt::join(provision.for_kinds, ", ")));
  }
  if (provision.basis) write_basis(*provision.basis, out);
  if (provision.ground) write_ground(book, *provision.ground, out);
  if (provision.clock) write_clock(*provision.clock, out);
}

}  // namespace rogatory::law::detail
