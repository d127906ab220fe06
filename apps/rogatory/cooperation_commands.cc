// SPDX-License-Identifier: EUPL-1.2
// `rogatory law grounds | extraditable | clocks | speciality`.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "law/report_cooperation.h"
#include "rogatory/context.h"
#include "rogatory/cooperation_options.h"
#include "rogatory/icu_zones.h"

namespace rogatory::app {
namespace {

using base::JsonObject;
using law::LawBook;

base::Result<law::BasisAnswer> bases_of(const Inquiry& inquiry, const StatedFacts& stated) {
  return law::find_bases(inquiry.corpus->book, {.requesting = inquiry.pair.requesting,
                                                .requested = inquiry.pair.requested,
                                                .kind = inquiry.pair.kind,
                                                .on = inquiry.on,
                                                .facts = stated.facts});
}

/// The facts as the requested State reads them.
base::Result<law::Valuation> value_for(const LawBook& book, const law::BasisAnswer& bases,
                                       const StatedFacts& stated) {
  return law::Valuation::make(
      book, stated.facts,
      {.state = bases.requested.iso3, .transposed_from = bases.requesting.iso3});
}

base::Result<std::vector<law::Event>> parse_events(const std::vector<std::string>& texts) {
  std::vector<law::Event> out;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    const auto start = law::from_text<law::ClockStart>(text.substr(0, equals));
    if (equals == std::string::npos || !start) {
      return usage_error(fmt::format(
          "`{}` is no event; write EVENT=MOMENT with one of request_sent, request_received, "
          "preservation_executed, arrest, consent, decision, surrender_decision, order_received, "
          "release, discharge, emergency_request_received",
          text));
    }
    ROG_TRY(const base::Instant at, base::Instant::parse(text.substr(equals + 1)));
    if (std::ranges::find(out, *start, &law::Event::start) != out.end()) {
      return usage_error(fmt::format("`{}` is given twice; ask once for each of its moments",
                                     law::to_text(*start)));
    }
    out.push_back({.start = *start, .at = at});
  }
  return out;
}

void add_starts(CLI::App& command, std::vector<std::string>& starts) {
  command
      .add_option("--starts", starts,
                  "an event and its moment with offset, such as "
                  "arrest=2026-05-01T18:30:00+02:00; may be repeated")
      ->type_name("EVENT=MOMENT");
}

// grounds
// ------------------------------------------------------------------------------------------------

struct GroundsCommand {
  PairOptions pair;
  FactOptions facts;
  std::string governing;
};

/// Dual criminality where both laws are encoded and something is said of the conduct.
base::Result<std::optional<law::Truth>> dual_of(const LawBook& book, const law::BasisAnswer& bases,
                                                const StatedFacts& stated) {
  if (bases.requesting.law == nullptr || bases.requested.law == nullptr) {
    return std::optional<law::Truth>();
  }
  if (stated.count.empty()) return std::optional<law::Truth>();
  ROG_TRY(const auto dual, law::dual_criminality(book,
                                                 {.requesting = bases.requesting.law,
                                                  .requested = bases.requested.law,
                                                  .facts = stated.facts,
                                                  .dates = stated.dates,
                                                  .request_date = bases.on,
                                                  .warrant_date = std::nullopt},
                                                 law::Detail::kVerdict));
  switch (dual.verdict) {
    case law::Verdict::kMet:
      return std::optional(law::Truth::kTrue);
    case law::Verdict::kNotMet:
      return std::optional(law::Truth::kFalse);
    case law::Verdict::kUndetermined:
      break;
  }
  return std::optional(law::Truth::kUnknown);
}

base::Result<void> run_grounds(Context& context, const GroundsCommand& options) {
  std::vector<std::string> more;
  if (!options.governing.empty()) more.push_back(options.governing + ":");
  ROG_TRY(const Inquiry inquiry, read_inquiry(context, options.pair, options.facts, more));
  const LawBook& book = inquiry.corpus->book;
  return answer_inquiry(
      context, inquiry,
      [&](const StatedFacts& stated, law::Document& out) -> base::Result<JsonObject> {
        ROG_TRY(const auto bases, bases_of(inquiry, stated));
        ROG_TRY(const auto valuation, value_for(book, bases, stated));
        law::GroundsOptions how{.governing = options.governing};
        ROG_TRY(how.dual_criminality, dual_of(book, bases, stated));
        ROG_TRY(const auto answer, law::find_grounds(valuation, bases, how));
        law::write_grounds(book, bases, answer, out);
        return law::grounds_json(book, bases, answer);
      });
}

void add_grounds(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "grounds", "why a request may or must be refused, and which assurance would cure it");
  auto options = std::make_shared<GroundsCommand>();
  add_pair_options(*command, options->pair);
  add_fact_options(*command, options->facts);
  command
      ->add_option("--basis", options->governing,
                   "the treaty that governs; the first basis when left out")
      ->type_name("ID");
  command->footer(
      "Examples:\n"
      "  rogatory law grounds --requesting US --requested FR --for extradition\n"
      "  rogatory law grounds --requesting US --requested FR --for extradition \\\n"
      "      --fact req.penalty.death=true --fact req.offence.political=false\n"
      "  rogatory law grounds --case examples/cases/extradition-national.yaml --for extradition\n"
      "Without facts every ground is open and the answer says what turns on what. `outcomes` are "
      "those that\ncan still come true: grant, grant_on_condition, may_refuse, must_refuse. Human "
      "rights hold whatever a\ntreaty says or omits.");
  bind(*command, context, [options](Context& c) { return run_grounds(c, *options); });
}

// extraditable
// ------------------------------------------------------------------------------------------------

struct ExtraditableCommand {
  PairOptions pair;
  FactOptions facts;
  std::string warrant;
  std::string decision;
  std::vector<std::string> offences;
};

/// Beside an offence that reaches the threshold, another of the same request may be accessory.
void note_accessory(const std::vector<law::ExtraditionAnswer>& answers, law::Document& out) {
  const auto is_met = [](const auto& a) { return a.verdict == law::Verdict::kMet; };
  const auto is_short = [](const auto& a) {
    return std::ranges::any_of(a.under, &law::ExtraditionUnder::fails_threshold_only);
  };
  if (!std::ranges::any_of(answers, is_met) || !std::ranges::any_of(answers, is_short)) return;
  out.item(
      "Accessory extradition: a count that fails only for its penalty may be granted beside one "
      "that is extraditable, where the basis provides for it.");
}

base::Result<void> run_extraditable(Context& context, const ExtraditableCommand& options) {
  ROG_TRY(const auto warrant, parse_date_option(options.warrant, "--warrant-date"));
  ROG_TRY(const auto decision, parse_date_option(options.decision, "--decision-date"));
  ROG_TRY(const Inquiry inquiry,
          read_inquiry(context, options.pair, options.facts, options.offences));
  const LawBook& book = inquiry.corpus->book;
  const auto& offences = options.offences.empty() ? inquiry.offences : options.offences;
  std::vector<law::ExtraditionAnswer> answers;
  return answer_inquiry(
      context, inquiry,
      [&](const StatedFacts& stated, law::Document& out) -> base::Result<JsonObject> {
        ROG_TRY(auto answer, law::extraditable(book, {.requesting = inquiry.pair.requesting,
                                                      .requested = inquiry.pair.requested,
                                                      .on = inquiry.on,
                                                      .warrant_date = warrant,
                                                      .facts = stated.facts,
                                                      .dates = stated.dates,
                                                      .offences = offences,
                                                      .decision_date = decision}));
        law::write_extradition(book, answer, out);
        JsonObject json = law::extradition_json(book, answer);
        answers.push_back(std::move(answer));
        return json;
      },
      [&](law::Document& out) { note_accessory(answers, out); });
}

void add_extraditable(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "extraditable",
      "is a conduct extraditable: dual criminality or list, thresholds, nationals, political, "
      "fiscal and military offences");
  auto options = std::make_shared<ExtraditableCommand>();
  options->pair.kind = "extradition";
  command->add_option("INCIDENT", options->facts.conduct,
                      "conduct YAML, VERIS JSON, STIX 2.1, MISP event or EuRepoC CSV");
  add_pair_options(*command, options->pair);
  add_fact_options(*command, options->facts);
  command->remove_option(command->get_option("--conduct"));
  command->add_option("--warrant-date", options->warrant, "where that is the date of the test")
      ->type_name("DATE");
  command->add_option("--decision-date", options->decision, "where that is the date of the test")
      ->type_name("DATE");
  command
      ->add_option("--offence", options->offences,
                   "provision of the requesting State that the request names; may be repeated")
      ->type_name("PROVISION");
  command->footer(
      "Example:\n"
      "  rogatory law extraditable examples/love-bug-2000.yaml --requesting US --requested PH \\\n"
      "      --on 2026-05-01 --fact req.person.national_of_requested=true\n"
      "  rogatory law extraditable --case examples/cases/extradition-national.yaml\n"
      "With --case the offences that the case names are looked at, unless --offence names others.\n"
      "Penalties are those of the day of the conduct. What is unknown is named; a ground that "
      "nobody raised\nstands under `subject_to`.");
  bind(*command, context, [options](Context& c) { return run_extraditable(c, *options); });
}

// clocks
// ------------------------------------------------------------------------------------------------

struct ClocksCommand {
  PairOptions pair;
  FactOptions facts;
  std::vector<std::string> starts;
};

base::Result<void> run_clocks(Context& context, const ClocksCommand& options) {
  ROG_TRY(const auto events, parse_events(options.starts));
  ROG_TRY(const Inquiry inquiry, read_inquiry(context, options.pair, options.facts));
  const LawBook& book = inquiry.corpus->book;
  return answer_inquiry(
      context, inquiry,
      [&](const StatedFacts& stated, law::Document& out) -> base::Result<JsonObject> {
        ROG_TRY(const auto bases, bases_of(inquiry, stated));
        ROG_TRY(const auto valuation, value_for(book, bases, stated));
        ROG_TRY(const auto answer, law::find_clocks(valuation, bases, events, IcuZones()));
        JsonObject json = law::clocks_json(book, answer);
        json["kind"] = bases.kind;
        json["on"] = bases.on.to_string();
        law::write_clocks(book, bases, answer, out);
        return json;
      });
}

void add_clocks(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand("clocks", "every limit of time that runs for a request");
  auto options = std::make_shared<ClocksCommand>();
  add_pair_options(*command, options->pair);
  add_fact_options(*command, options->facts);
  add_starts(*command, options->starts);
  command->footer(
      "Example:\n"
      "  rogatory law clocks --requesting DE --requested US --for preservation \\\n"
      "      --starts preservation_executed=2026-05-01T18:30:00-04:00\n"
      "  rogatory law clocks --case examples/cases/preservation-worm.yaml --for preservation\n"
      "Hours run from the moment. Days are counted in the zone of the requested authority, after "
      "release or discharge\nin that of the requesting one: the day of the event is not counted, "
      "and "
      "the limit ends when its last day ends\nthere. Months end on the same number, or on the last "
      "day of a shorter month. A limit that ends on a free day\nis not moved; the answer says what "
      "the encoded law makes of it.");
  bind(*command, context, [options](Context& c) { return run_clocks(c, *options); });
}

// speciality
// ------------------------------------------------------------------------------------------------

struct SpecialityCommand {
  PairOptions pair;
  FactOptions facts;
  std::string kind = "extradition";
  std::string now;
  std::vector<std::string> starts;
  law::SpecialityQuestion question;
};

base::Result<law::SpecialityAnswer> answer_speciality(const law::Valuation& valuation,
                                                      const law::BasisAnswer& bases,
                                                      const law::SpecialityQuestion& question) {
  if (bases.kind == "extradition") {
    return law::trial_after_surrender(valuation, bases, question, IcuZones());
  }
  return law::use_of_evidence(valuation, bases, question);
}

base::Result<void> run_speciality(Context& context, const SpecialityCommand& options) {
  PairOptions pair = options.pair;
  pair.kind = options.kind;
  if (options.question.asked.empty()) {
    return usage_error("--asked is needed: the offence, or the use, for which leave is wanted");
  }
  law::SpecialityQuestion question = options.question;
  ROG_TRY(question.events, parse_events(options.starts));
  if (!options.now.empty()) {
    ROG_TRY(question.now, base::Instant::parse(options.now));
  }
  std::vector<std::string> more = question.granted;
  more.insert(more.end(), question.asked.begin(), question.asked.end());
  ROG_TRY(const Inquiry inquiry, read_inquiry(context, pair, options.facts, more));
  const LawBook& book = inquiry.corpus->book;
  return answer_inquiry(
      context, inquiry,
      [&](const StatedFacts& stated, law::Document& out) -> base::Result<JsonObject> {
        ROG_TRY(const auto bases, bases_of(inquiry, stated));
        ROG_TRY(const auto valuation, value_for(book, bases, stated));
        ROG_TRY(const auto answer, answer_speciality(valuation, bases, question));
        law::write_speciality(book, bases, answer, out);
        return law::speciality_json(book, answer);
      });
}

void add_speciality(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "speciality", "what may be tried after surrender, or for what evidence may be used");
  auto options = std::make_shared<SpecialityCommand>();
  options->pair.kind = "extradition";
  add_pair_options(*command, options->pair);
  add_fact_options(*command, options->facts);
  command
      ->add_option("--for", options->kind,
                   "extradition (the default), or the kind of assistance that gave the evidence")
      ->type_name("KIND");
  command->add_option("--granted", options->question.granted, "an offence or use granted")
      ->type_name("OFFENCE");
  command->add_option("--asked", options->question.asked, "an offence or use that is wanted")
      ->type_name("OFFENCE");
  command->add_option("--now", options->now, "when trial would begin")->type_name("MOMENT");
  add_starts(*command, options->starts);
  command->footer(
      "Example:\n"
      "  rogatory law speciality --requesting DE --requested NO --granted DEU:stgb-202a \\\n"
      "      --asked DEU:stgb-263a --starts discharge=2026-01-05T10:00:00+01:00 \\\n"
      "      --now 2026-05-01T09:00:00+02:00 --fact req.speciality.could_not_leave=false \\\n"
      "      --fact req.speciality.left_in_time=false");
  bind(*command, context, [options](Context& c) { return run_speciality(c, *options); });
}

}  // namespace

void add_cooperation_commands(CLI::App& law, Context& context) {
  add_grounds(law, context);
  add_extraditable(law, context);
  add_clocks(law, context);
  add_speciality(law, context);
  add_competing_command(law, context);
}

}  // namespace rogatory::app
