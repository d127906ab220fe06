// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/dual_command.h"

#include <fmt/format.h>

#include "rogatory/law_names.h"

namespace rogatory::app {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using conduct::Count;
using law::LawBook;
using law::Perspective;
using law::StateLaw;

namespace {

/// The first and the last day, as people write spans; a range ends before its `until`.
std::string days_text(const base::DateRange& range) {
  const auto last = range.until ? range.until->plus(std::chrono::days(-1)) : range.from;
  if (!last.ok() || *last == range.from) return range.from.to_string();
  return range.from.to_string() + " to " + last->to_string();
}

Json range_json(const base::DateRange& range) {
  return JsonObject{{"from", range.from.to_string()},
                    {"until", range.until ? Json(range.until->to_string()) : Json(nullptr)}};
}

constexpr std::string_view kProvisionalWords = " (provisional: it turns on a recalled fact)";

std::string_view dual_words(law::Verdict verdict) {
  switch (verdict) {
    case law::Verdict::kMet:
      return "dual criminality is met";
    case law::Verdict::kNotMet:
      return "no dual criminality";
    case law::Verdict::kUndetermined:
      return "dual criminality is undetermined";
  }
  return "";
}

}  // namespace

base::Result<JsonObject> dual_of_count(const LawBook& book, const Count& count,
                                       const law::DualQuestion& asked, law::Document& out) {
  law::DualQuestion question = asked;
  question.facts = count.facts;
  question.dates = count.dates;
  ROG_TRY(const auto answer, law::dual_criminality(book, question));
  const Perspective own{.state = question.requesting->iso3, .transposed_from = {}};
  const Perspective mirrored{.state = question.requested->iso3,
                             .transposed_from = question.requesting->iso3};
  ROG_TRY(const auto requesting, law::Valuation::make(book, count.facts, own));
  ROG_TRY(const auto requested, law::Valuation::make(book, count.facts, mirrored));
  out.heading(2, fmt::format("Count {}: {}{}", count.id, dual_words(answer.verdict),
                             answer.is_provisional() ? kProvisionalWords : ""));
  JsonArray slices;
  for (const law::DualSlice& slice : answer.slices) {
    if (slice.conduct)
      out.paragraph(
          fmt::format("Conduct of {}: {}.", days_text(*slice.conduct), dual_words(slice.verdict)));
    law::write_state_answer(requesting, slice.requesting, out);
    law::write_state_answer(requested, slice.requested, out);
    JsonArray other_days;
    for (const law::StateAnswer& other : slice.requested_at_other_days) {
      law::write_state_answer(requested, other, out);
      other_days.push_back(law::state_answer_json(book, requested, other));
    }
    out.item(slice.test_date_note);
    slices.push_back(
        JsonObject{{"conduct", slice.conduct ? range_json(*slice.conduct) : Json(nullptr)},
                   {"verdict", std::string(to_text(slice.verdict))},
                   {"test_date_note", slice.test_date_note},
                   {"requesting", law::state_answer_json(book, requesting, slice.requesting)},
                   {"requested", law::state_answer_json(book, requested, slice.requested)},
                   {"requested_at_other_days", std::move(other_days)}});
  }
  JsonArray reasons;
  for (const law::UnknownReason reason : answer.reasons)
    reasons.push_back(Json(std::string(to_text(reason))));
  return JsonObject{{"count", count.id},
                    {"verdict", std::string(to_text(answer.verdict))},
                    {"reasons", std::move(reasons)},
                    {"confidence", std::string(to_text(answer.confidence))},
                    {"provisional", answer.is_provisional()},
                    {"slices", std::move(slices)}};
}

Json dates_json(const law::DualQuestion& question) {
  const auto day = [](const std::optional<Date>& date) {
    return date ? Json(date->to_string()) : Json(nullptr);
  };
  return JsonObject{{"request", day(question.request_date)},
                    {"warrant", day(question.warrant_date)},
                    {"decision", day(question.decision_date)}};
}

base::Result<law::DualQuestion> dual_question(const LawBook& book, const DualOptions& options) {
  law::DualQuestion question;
  for (const std::string& code : {options.requesting, options.requested}) {
    if (find_instrument(book, code) != nullptr) {
      return usage_error(
          fmt::format("`{}` is an instrument; dual criminality is between the laws of two States, "
                      "and a draft has no part in it",
                      code));
    }
  }
  ROG_TRY(question.requesting, state_law_of(book, options.requesting));
  ROG_TRY(question.requested, state_law_of(book, options.requested));
  if (question.requesting == question.requested) {
    return usage_error(
        fmt::format("{} is both requesting and requested; dual criminality is between two States",
                    question.requesting->name));
  }
  ROG_TRY(question.request_date, parse_date_option(options.on, "--on"));
  ROG_TRY(question.warrant_date, parse_date_option(options.warrant, "--warrant-date"));
  ROG_TRY(question.decision_date, parse_date_option(options.decision, "--decision-date"));
  return question;
}

std::string overall(const JsonArray& counts) {
  std::string out;
  for (const Json& count : counts) {
    const std::string verdict{count.at("verdict").as_string().c_str()};
    if (!out.empty() && out != verdict) return "undetermined";
    out = verdict;
  }
  return out;
}

namespace {

base::Result<void> run_abstract_dual(Context& context, const DualOptions& options) {
  ROG_TRY(const corpus::Corpus* corpus, context.corpus());
  const LawBook& book = corpus->book;
  const auto offence = book.find_provision_index(options.offence);
  if (!offence || !book.provisions[*offence].is_of_state) {
    return not_found(fmt::format(
        "`{}` is no provision of a State; a draft or treaty has no part in dual criminality",
        options.offence));
  }
  const law::Provision& asked = book.provisions[*offence];
  if (!asked.is_offence()) {
    return usage_error(fmt::format("`{}` is no offence: no conduct falls under it", asked.id));
  }
  if (!options.conduct.incident.empty()) {
    return usage_error(
        "an INCIDENT is judged in the concrete mode; --offence asks of every conduct under it");
  }
  if (!options.requesting.empty()) {
    ROG_TRY(const StateLaw* requesting, state_law_of(book, options.requesting));
    if (requesting->iso3 != asked.owner) {
      return usage_error(
          fmt::format("`{}` is no law of {}, the requesting State", asked.id, requesting->name));
    }
  }
  ROG_TRY(const StateLaw* requested, state_law_of(book, options.requested));
  if (requested->iso3 == asked.owner) {
    return usage_error(
        fmt::format("`{}` is law of {} itself; dual criminality is between two States", asked.id,
                    requested->name));
  }
  ROG_TRY(const auto on, parse_date_option(options.on, "--on"));
  if (!on) return usage_error("--on is needed with --offence: the day whose law is asked about");
  const auto answer = law::dual_criminality_of(book, *offence, *requested, *on);
  law::Document out;
  out.heading(1, fmt::format("Abstract mode: is every conduct under {} an offence in {} on {}?",
                             options.offence, requested->name, on->to_string()));
  const bool is_provisional =
      answer.verdict == law::Verdict::kMet && answer.confidence == law::Confidence::kRecalled;
  out.paragraph(fmt::format("{}{}; {}.", dual_words(answer.verdict),
                            is_provisional ? kProvisionalWords : "", law::kNotReviewed));
  JsonArray relied;
  for (const law::ProvisionIndex i : answer.relied_on) {
    relied.push_back(Json(book.provisions[i].id));
    out.item("covered by " + law::provision_name(book, book.provisions[i]));
  }
  if (!answer.story.empty()) out.item("This conduct escapes what is encoded: " + answer.story);
  JsonArray reasons;
  for (const law::UnknownReason reason : answer.reasons)
    reasons.push_back(Json(std::string(to_text(reason))));
  context.print(JsonObject{{"mode", "abstract"},
                           {"offence", options.offence},
                           {"requested", requested->iso3},
                           {"on", on->to_string()},
                           {"verdict", std::string(to_text(answer.verdict))},
                           {"provisions", std::move(relied)},
                           {"story", answer.story.empty() ? Json(nullptr) : Json(answer.story)},
                           {"reasons", std::move(reasons)},
                           {"confidence", std::string(to_text(answer.confidence))}},
                out);
  return {};
}

base::Result<void> run_dual(Context& context, const DualOptions& options) {
  if (!options.offence.empty()) return run_abstract_dual(context, options);
  if (options.conduct.incident.empty())
    return usage_error("INCIDENT is needed (or --offence for the abstract mode)");
  if (options.requesting.empty()) return usage_error("--requesting is needed");
  ROG_TRY(const Loaded loaded,
          load(context, options.conduct, {options.requesting, options.requested}));
  const LawBook& book = loaded.corpus->book;
  ROG_TRY(const auto question, dual_question(book, options));
  law::Document out;
  write_head(loaded, out);
  out.paragraph(fmt::format(
      "Dual criminality, {} (requesting) to {} (requested), judged on conduct, concrete mode.",
      question.requesting->name, question.requested->name));
  JsonArray counts;
  JsonArray slices;
  for (const Count* count : chosen_counts(loaded.conduct, options.conduct.count)) {
    ROG_TRY(JsonObject one, dual_of_count(book, *count, question, out));
    for (const Json& slice : one["slices"].as_array()) {
      JsonObject copy = slice.as_object();
      copy["count"] = count->id;
      slices.push_back(std::move(copy));
    }
    one.erase("slices");
    counts.push_back(std::move(one));
  }
  JsonObject json = head_json(loaded);
  json["mode"] = "concrete";
  json["requesting"] = question.requesting->iso3;
  json["requested"] = question.requested->iso3;
  json["test_date_rule"] = std::string(to_text(question.requested->test_date));
  json["dates"] = dates_json(question);
  json["verdict"] = overall(counts);
  json["counts"] = std::move(counts);
  json["slices"] = std::move(slices);
  context.print(std::move(json), out);
  return {};
}

}  // namespace

void add_dual_options(CLI::App& command, DualOptions& options) {
  command.add_option("--requesting", options.requesting, "requesting State, alpha-2 or alpha-3");
  command.add_option("--requested", options.requested, "requested State, alpha-2 or alpha-3")
      ->required();
  command
      .add_option("--on", options.on,
                  "date of the request, where the requested State tests at that date")
      ->type_name("DATE");
  command
      .add_option("--warrant-date", options.warrant,
                  "date of the warrant, where the requested State tests at that date")
      ->type_name("DATE");
  command
      .add_option(
          "--decision-date", options.decision,
          "date of the requested State's decision, where it tests at that date; without it "
          "the date of the request is taken as far as the encoded law does not change later")
      ->type_name("DATE");
}

void add_dual(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "dual", "dual criminality of a conduct between two States, each at its test date");
  auto options = std::make_shared<DualOptions>();
  add_conduct_options(*command, options->conduct);
  command->get_option("INCIDENT")->required(false);
  add_dual_options(*command, *options);
  command
      ->add_option("--offence", options->offence,
                   "abstract mode: is every conduct under this provision of the requesting State "
                   "an offence there?")
      ->type_name("PROVISION");
  bind(*command, context, [options](Context& c) { return run_dual(c, *options); });
}

}  // namespace rogatory::app
