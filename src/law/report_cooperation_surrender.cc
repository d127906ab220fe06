// SPDX-License-Identifier: EUPL-1.2
// Extradition, speciality and competing requests, for law/report_cooperation.h.
#include <fmt/format.h>

#include <algorithm>

#include "law/detail/penalties.h"
#include "law/detail/report_words.h"
#include "law/report.h"
#include "law/report_cooperation.h"

namespace rogatory::law {
namespace {

using namespace detail;

JsonObject threshold_json(const LawBook& book, const ThresholdAnswer& answer) {
  JsonArray penalties;
  for (const PenaltyFound& found : answer.penalties) {
    penalties.push_back(JsonObject{
        {"provision", book.provisions[found.provision].id},
        {"cite", cite_words(book, book.provisions[found.provision])},
        {"max", penalty_text(found.penalty)},
        {"form", found.penalty == nullptr ? Json(nullptr) : text_json(found.penalty->form)},
        {"reaches", name_json(found.reaches)},
        {"confidence", found.penalty == nullptr ? Json(nullptr)
                                                : name_json(found.penalty->citation.confidence)}});
  }
  return {{"state", answer.state},
          {"op", name_json(answer.threshold.op)},
          {"months", answer.threshold.months},
          {"verdict", name_json(answer.verdict)},
          {"penalties", std::move(penalties)},
          {"why", text_or_null(answer.why)}};
}

std::string last_day_words(const base::DateRange& range) {
  if (!range.until) return range.from.to_string();
  const auto last = range.until->plus(std::chrono::days(-1));
  if (!last.ok() || *last == range.from) return range.from.to_string();
  return range.from.to_string() + " to " + last->to_string();
}

JsonObject slice_json(const LawBook& book, const ExtraditionSlice& slice) {
  JsonArray thresholds;
  for (const ThresholdAnswer& one : slice.thresholds) {
    thresholds.push_back(threshold_json(book, one));
  }
  return {{"conduct", slice.conduct ? text_json(last_day_words(*slice.conduct)) : Json(nullptr)},
          {"verdict", text_json(extradition_word(slice.verdict))},
          {"dual_criminality", name_json(slice.dual_criminality)},
          {"list", name_json(slice.list)},
          {"criminality", name_json(slice.criminality)},
          {"thresholds", std::move(thresholds)}};
}

JsonArray ground_subjects_json(const LawBook& book, const std::vector<GroundAnswer>& grounds) {
  JsonArray out;
  for (const GroundAnswer& ground : grounds) {
    const Provision& provision = book.provisions[ground.provision];
    out.push_back(JsonObject{{"provision", provision.id},
                             {"subject", provision.ground->subject},
                             {"cite", cite_words(book, provision)},
                             {"applies", name_json(ground.applies)},
                             {"effect", name_json(provision.ground->effect)},
                             {"conditional", ground.is_conditional()},
                             {"instead", text_or_null(provision.ground->instead)},
                             {"confidence", name_json(ground.confidence)}});
  }
  return out;
}

JsonObject under_json(const LawBook& book, const ExtraditionAnswer& answer,
                      const ExtraditionUnder& under) {
  const Basis& basis = answer.bases.bases[under.basis];
  const Provision& provision = book.provisions[basis.provision];
  JsonArray slices;
  for (const ExtraditionSlice& slice : under.slices) slices.push_back(slice_json(book, slice));
  return {{"instrument", provision.owner},
          {"provision", provision.id},
          {"cite", cite_words(book, provision)},
          {"rank", basis.rank},
          {"verdict", text_json(extradition_word(under.verdict))},
          {"slices", std::move(slices)},
          {"grounds", ground_subjects_json(book, under.grounds)},
          {"reasons", texts_json(under.reasons)},
          {"unknown", texts_json(under.unknown)},
          {"subject_to", texts_json(under.subject_to)},
          {"notes", texts_json(under.notes)},
          {"may_be_accessory", under.fails_threshold_only},
          {"confidence", name_json(under.confidence)},
          {"provisional", under.confidence == Confidence::kRecalled || basis.is_rank_open}};
}

std::string verdict_words(Verdict verdict) {
  return verdict == Verdict::kNotMet ? "not extraditable" : std::string(extradition_word(verdict));
}

void write_threshold(const LawBook& book, const ThresholdAnswer& one, Document& out) {
  out.item(fmt::format("Threshold under the law of {}, {} {} months: {}", one.state,
                       one.threshold.op == Comparison::kGt ? "more than" : "at least",
                       one.threshold.months, to_text(one.verdict)),
           1);
  for (const PenaltyFound& found : one.penalties) {
    out.item(fmt::format("{}: maximum {}{}", cite_words(book, book.provisions[found.provision]),
                         penalty_text(found.penalty),
                         found.penalty == nullptr
                             ? ""
                             : fmt::format(" [{}]", to_text(found.penalty->citation.confidence))),
             2);
  }
  if (!one.why.empty()) out.item(one.why, 2);
}

void write_under(const LawBook& book, const ExtraditionAnswer& answer,
                 const ExtraditionUnder& under, Document& out) {
  const Basis& basis = answer.bases.bases[under.basis];
  const Provision& provision = book.provisions[basis.provision];
  out.heading(3, fmt::format("{}. {}: {}", basis.rank, cite_words(book, provision),
                             verdict_words(under.verdict)));
  out.paragraph(fmt::format("{} [{}]", provision.citation.says, sure_words(under.confidence)));
  for (const ExtraditionSlice& slice : under.slices) {
    out.item(fmt::format(
        "Conduct of {}: {}. Dual criminality: {}; listed offence above its threshold: {}.",
        slice.conduct ? last_day_words(*slice.conduct) : "an unknown day",
        verdict_words(slice.verdict), to_text(slice.dual_criminality), to_text(slice.list)));
    for (const ThresholdAnswer& one : slice.thresholds) write_threshold(book, one, out);
  }
  for (const std::string& one : under.reasons) out.item("Against it: " + one);
  for (const std::string& one : under.unknown) out.item("Unknown: " + one);
  for (const std::string& one : under.subject_to) out.item("Subject to: " + one);
  for (const std::string& one : under.notes) out.item("Note: " + one);
}

std::string facts_words(const LawBook& book, const std::vector<CriterionFact>& facts) {
  std::string out;
  for (const CriterionFact& fact : facts) {
    out += (out.empty() ? "" : "; ") + term_label(book, fact.term) + ": " +
           (fact.value == Truth::kTrue    ? "yes"
            : fact.value == Truth::kFalse ? "no"
                                          : "not stated");
  }
  return out;
}

std::string gravity_words(const LawBook& book, const GravestPenalty& gravity) {
  if (gravity.penalty == nullptr) return "unknown: " + gravity.unknown;
  return fmt::format("{}, {} [{}]{}", penalty_text(gravity.penalty),
                     cite_words(book, book.provisions[*gravity.provision]),
                     to_text(gravity.penalty->citation.confidence),
                     gravity.is_open ? "; other provisions are undetermined" : "");
}

std::string basis_words(const LawBook& book, const BasisAnswer& bases) {
  if (bases.governing() == nullptr) return "none known: " + bases.none_known;
  const Basis& basis = *bases.governing();
  return cite_words(book, book.provisions[basis.provision]) +
         (basis.is_provisional() ? " (provisional)" : "");
}

std::string onward_words(const std::vector<OnwardExtradition>& onward) {
  std::string out;
  for (const OnwardExtradition& one : onward) {
    out += (out.empty() ? "" : "; ") +
           (one.has_basis ? "to " + one.to + " by " + one.instrument : "to " + one.to + " unknown");
  }
  return out;
}

JsonArray facts_json(const LawBook& book, const std::vector<CriterionFact>& facts) {
  JsonArray out;
  for (const CriterionFact& fact : facts) {
    out.push_back(JsonObject{{"term", fact.term},
                             {"label", term_label(book, fact.term)},
                             {"value", name_json(fact.value)}});
  }
  return out;
}

JsonObject criteria_json(const LawBook& book, const CompetingCriteria& one) {
  JsonObject gravity{{"unknown", text_or_null(one.gravity.unknown)}, {"open", one.gravity.is_open}};
  if (one.gravity.penalty != nullptr) {
    gravity["provision"] = book.provisions[*one.gravity.provision].id;
    gravity["max"] = penalty_text(one.gravity.penalty);
    gravity["confidence"] = name_json(one.gravity.penalty->citation.confidence);
  }
  JsonArray onward;
  for (const OnwardExtradition& other : one.onward) {
    onward.push_back(JsonObject{{"to", other.to},
                                {"basis", text_or_null(other.instrument)},
                                {"unknown", text_or_null(other.unknown)}});
  }
  return {{"requesting", side_json(one.requesting)},
          {"received", one.received.to_string()},
          {"obligation",
           JsonObject{{"basis", basis_words(book, one.extradition.bases)},
                      {"extraditable", text_json(extradition_word(one.extradition.verdict))}}},
          {"gravity", std::move(gravity)},
          {"place", facts_json(book, one.place)},
          {"nationality", facts_json(book, one.nationality)},
          {"residence", facts_json(book, one.residence)},
          {"onward", std::move(onward)},
          {"extradition", extradition_json(book, one.extradition)}};
}

std::string_view permission_words(Permission permission) {
  switch (permission) {
    case Permission::kGranted:
      return "granted";
    case Permission::kFree:
      return "free";
    case Permission::kNeedsConsent:
      return "needs consent";
    case Permission::kUnknown:
      return "unknown";
  }
  return "";
}

}  // namespace

JsonObject extradition_json(const LawBook& book, const ExtraditionAnswer& answer) {
  JsonArray under;
  for (const ExtraditionUnder& one : answer.under) under.push_back(under_json(book, answer, one));
  return {{"requesting", side_json(answer.bases.requesting)},
          {"requested", side_json(answer.bases.requested)},
          {"on", answer.bases.on.to_string()},
          {"verdict", text_json(extradition_word(answer.verdict))},
          {"under", std::move(under)},
          {"unknown", texts_json(answer.unknown)},
          {"bilateral", name_json(answer.bases.bilateral)},
          {"note", text_json(kNotReviewed)}};
}

void write_extradition(const LawBook& book, const ExtraditionAnswer& answer, Document& out) {
  out.heading(2, fmt::format("Extradition from {} to {}, asked on {}: {}",
                             answer.bases.requested.name, answer.bases.requesting.name,
                             answer.bases.on.to_string(), verdict_words(answer.verdict)));
  for (const std::string& one : answer.unknown) out.item("Unknown: " + one);
  for (const ExtraditionUnder& one : answer.under) write_under(book, answer, one, out);
  out.paragraph(fmt::format("{}. The law of States here was {}.",
                            "Conduct as alleged; an assessment, not a judgment", kNotReviewed));
}

JsonObject speciality_json(const LawBook& book, const SpecialityAnswer& answer) {
  JsonArray rules;
  for (const SpecialityRule& rule : answer.rules) {
    rules.push_back(JsonObject{{"provision", book.provisions[rule.provision].id},
                               {"says", rule.says},
                               {"cite", rule.cite},
                               {"confidence", name_json(rule.confidence)}});
  }
  JsonArray answers;
  for (const PermissionAnswer& one : answer.answers) {
    answers.push_back(JsonObject{{"purpose", one.purpose},
                                 {"permission", name_json(one.permission)},
                                 {"why", one.why},
                                 {"open", texts_json(one.open)}});
  }
  ClocksAnswer clocks;
  clocks.clocks = answer.clocks;
  return {{"governing", text_or_null(answer.governing)},
          {"rules", std::move(rules)},
          {"clocks", clocks_json(book, clocks).at("clocks")},
          {"answers", std::move(answers)},
          {"note", text_json(kNotReviewed)}};
}

void write_speciality(const LawBook& book, const BasisAnswer& bases, const SpecialityAnswer& answer,
                      Document& out) {
  const bool is_trial = bases.kind == "extradition";
  out.heading(2, fmt::format("{}: {} after {} by {}", is_trial ? "Speciality" : "Limits on use",
                             bases.requesting.name, bases.kind, bases.requested.name));
  for (const PermissionAnswer& one : answer.answers) {
    out.item(fmt::format("{}: {} ({})", one.purpose, permission_words(one.permission), one.why));
    for (const std::string& fact : one.open) {
      // These open the rule when they are not so.
      const bool is_negative = fact == kCouldNotLeave || fact == kLeftInTime;
      out.item(
          (is_negative ? "would open it if not: " : "would open it: ") + term_label(book, fact), 1);
    }
  }
  for (const SpecialityRule& rule : answer.rules) {
    out.item(fmt::format("Rule: {} ({}) {} [{}]", rule.says, rule.cite,
                         book.provisions[rule.provision].owner, to_text(rule.confidence)));
  }
  for (const ClockAnswer& clock : answer.clocks) {
    const Provision& provision = book.provisions[clock.provision];
    out.item(
        fmt::format("Time to leave: {} {}{}", provision.citation.says, cite_words(book, provision),
                    clock.deadline ? "; ends with " + clock.deadline->last_day.to_string() : ""));
  }
  out.paragraph(fmt::format("The law of States here was {}.", kNotReviewed));
}

JsonObject competing_json(const LawBook& book, const CompetingAnswer& answer) {
  JsonArray requests;
  for (const CompetingCriteria& one : answer.requests) {
    requests.push_back(criteria_json(book, one));
  }
  return {{"requested", side_json(answer.requested)},
          {"requests", std::move(requests)},
          {"ranking", nullptr},
          {"notes", texts_json(answer.notes)},
          {"note", text_json(kNotReviewed)}};
}

void write_competing(const LawBook& book, const CompetingAnswer& answer, Document& out) {
  out.heading(2, "Competing requests to " + answer.requested.name);
  for (const std::string& note : answer.notes) out.item(note);
  std::vector<std::string> header{"criterion"};
  for (const CompetingCriteria& one : answer.requests) header.push_back(one.requesting.name);
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const std::string& criterion, const auto& words) {
    std::vector<std::string> row{criterion};
    for (const CompetingCriteria& one : answer.requests) row.push_back(words(one));
    rows.push_back(std::move(row));
  };
  add("request received", [](const CompetingCriteria& c) { return c.received.to_string(); });
  add("obligation",
      [&](const CompetingCriteria& c) { return basis_words(book, c.extradition.bases); });
  add("extraditable",
      [](const CompetingCriteria& c) { return verdict_words(c.extradition.verdict); });
  add("gravity (maximum penalty)",
      [&](const CompetingCriteria& c) { return gravity_words(book, c.gravity); });
  add("place", [&](const CompetingCriteria& c) { return facts_words(book, c.place); });
  add("nationality", [&](const CompetingCriteria& c) { return facts_words(book, c.nationality); });
  add("residence", [&](const CompetingCriteria& c) { return facts_words(book, c.residence); });
  add("onward extradition", [](const CompetingCriteria& c) { return onward_words(c.onward); });
  out.table(std::move(header), std::move(rows));
  out.paragraph(fmt::format("The law of States here was {}.", kNotReviewed));
}

}  // namespace rogatory::law
