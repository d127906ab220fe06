// SPDX-License-Identifier: EUPL-1.2
// `rogatory law grounds | extraditable | clocks | speciality | competing`.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "law/report_cooperation.h"
#include "rogatory/context.h"
#include "rogatory/cooperation_options.h"
#include "rogatory/icu_zones.h"

namespace rogatory::app {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using law::LawBook;

base::Result<law::BasisAnswer> bases_of(const LawBook& book, const PairOptions& pair, base::Date on,
                                        const StatedFacts& stated) {
  ROG_CHECKED(check_given(pair));
  return law::find_bases(book, {.requesting = pair.requesting,
                                .requested = pair.requested,
                                .kind = pair.kind,
                                .on = on,
                                .facts = stated.facts});
}

/// The facts as the requested State reads them.
base::Result<law::Valuation> value_for(const LawBook& book, const law::BasisAnswer& bases,
                                       const StatedFacts& stated) {
  return law::Valuation::make(
      book, stated.facts,
      {.state = bases.requested.iso3, .transposed_from = bases.requesting.iso3});
}

/// Gathers the answers of one command over the counts of a conduct.
class Report {
 public:
  Report(const LawBook& book, const std::vector<StatedFacts>& counts)
      : book_(book), has_several_(counts.size() > 1) {}

  void begin(const StatedFacts& stated) {
    if (has_several_) out.heading(1, fmt::format("Count {}: {}", stated.count, stated.title));
  }

  void add(JsonObject json, const StatedFacts& stated) {
    if (!stated.count.empty()) json["count"] = stated.count;
    answers_.push_back(std::move(json));
  }

  /// The answer itself, or that of the first count with all of them beside it.
  [[nodiscard]] JsonObject json() const {
    JsonObject out_json = answers_.front().as_object();
    if (has_several_) out_json["counts"] = answers_;
    out_json["corpus_digest"] = book_.digest;
    return out_json;
  }

  law::Document out;

 private:
  const LawBook& book_;
  bool has_several_;
  JsonArray answers_;
};

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
  ROG_CHECKED(check_given(options.pair));
  ROG_TRY(const corpus::Corpus* corpus, context.corpus());
  ROG_TRY(const base::Date on, day_or_today(options.pair.on));
  ROG_TRY(const auto counts, read_facts(options.facts, *corpus));
  Report report(corpus->book, counts);
  for (const StatedFacts& stated : counts) {
    ROG_TRY(const auto bases, bases_of(corpus->book, options.pair, on, stated));
    ROG_TRY(const auto valuation, value_for(corpus->book, bases, stated));
    law::GroundsOptions how{.governing = options.governing};
    ROG_TRY(how.dual_criminality, dual_of(corpus->book, bases, stated));
    ROG_TRY(const auto answer, law::find_grounds(valuation, bases, how));
    report.begin(stated);
    law::write_grounds(corpus->book, bases, answer, report.out);
    report.add(law::grounds_json(corpus->book, bases, answer), stated);
  }
  context.print(report.json(), report.out);
  return {};
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
  ROG_CHECKED(check_given(options.pair));
  ROG_TRY(const corpus::Corpus* corpus, context.corpus());
  ROG_TRY(const base::Date on, day_or_today(options.pair.on));
  ROG_TRY(const auto warrant, parse_date_option(options.warrant, "--warrant-date"));
  ROG_TRY(const auto decision, parse_date_option(options.decision, "--decision-date"));
  ROG_TRY(const auto counts, read_facts(options.facts, *corpus));
  Report report(corpus->book, counts);
  std::vector<law::ExtraditionAnswer> answers;
  for (const StatedFacts& stated : counts) {
    ROG_TRY(auto answer, law::extraditable(corpus->book, {.requesting = options.pair.requesting,
                                                          .requested = options.pair.requested,
                                                          .on = on,
                                                          .warrant_date = warrant,
                                                          .facts = stated.facts,
                                                          .dates = stated.dates,
                                                          .offences = options.offences,
                                                          .decision_date = decision}));
    report.begin(stated);
    law::write_extradition(corpus->book, answer, report.out);
    report.add(law::extradition_json(corpus->book, answer), stated);
    answers.push_back(std::move(answer));
  }
  note_accessory(answers, report.out);
  context.print(report.json(), report.out);
  return {};
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
  ROG_CHECKED(check_given(options.pair));
  ROG_TRY(const corpus::Corpus* corpus, context.corpus());
  ROG_TRY(const base::Date on, day_or_today(options.pair.on));
  ROG_TRY(const auto events, parse_events(options.starts));
  ROG_TRY(const auto counts, read_facts(options.facts, *corpus));
  Report report(corpus->book, counts);
  for (const StatedFacts& stated : counts) {
    ROG_TRY(const auto bases, bases_of(corpus->book, options.pair, on, stated));
    ROG_TRY(const auto valuation, value_for(corpus->book, bases, stated));
    ROG_TRY(const auto answer, law::find_clocks(valuation, bases, events, IcuZones()));
    JsonObject json = law::clocks_json(corpus->book, answer);
    json["kind"] = bases.kind;
    json["on"] = bases.on.to_string();
    report.begin(stated);
    law::write_clocks(corpus->book, bases, answer, report.out);
    report.add(std::move(json), stated);
  }
  context.print(report.json(), report.out);
  return {};
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
  ROG_CHECKED(check_given(pair));
  if (options.question.asked.empty()) {
    return usage_error("--asked is needed: the offence, or the use, for which leave is wanted");
  }
  ROG_TRY(const corpus::Corpus* corpus, context.corpus());
  ROG_TRY(const base::Date on, day_or_today(pair.on));
  law::SpecialityQuestion question = options.question;
  ROG_TRY(question.events, parse_events(options.starts));
  if (!options.now.empty()) {
    ROG_TRY(question.now, base::Instant::parse(options.now));
  }
  ROG_TRY(const auto counts, read_facts(options.facts, *corpus));
  Report report(corpus->book, counts);
  for (const StatedFacts& stated : counts) {
    ROG_TRY(const auto bases, bases_of(corpus->book, pair, on, stated));
    ROG_TRY(const auto valuation, value_for(corpus->book, bases, stated));
    ROG_TRY(const auto answer, answer_speciality(valuation, bases, question));
    report.begin(stated);
    law::write_speciality(corpus->book, bases, answer, report.out);
    report.add(law::speciality_json(corpus->book, answer), stated);
  }
  context.print(report.json(), report.out);
  return {};
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
      "      --now 2026-05-01T09:00:00+02:00 --fact req.speciality.could_not_leave=false");
  bind(*command, context, [options](Context& c) { return run_speciality(c, *options); });
}

// competing
// ------------------------------------------------------------------------------------------------

struct CompetingCommand {
  std::string requested;
  std::vector<std::string> requests;
  std::vector<std::string> facts;
  std::vector<std::string> facts_of;
};

/// The facts of `--fact`, and those of `--fact-of` that name this State.
std::vector<std::string> facts_for(const CompetingCommand& options, const std::string& state) {
  std::vector<std::string> out = options.facts;
  for (const std::string& text : options.facts_of) {
    const std::size_t colon = text.find(':');
    if (text.substr(0, colon) == state && colon != std::string::npos) {
      out.push_back(text.substr(colon + 1));
    }
  }
  return out;
}

/// `STATE:DATE` or `STATE:DATE:FILE`.
base::Result<law::CompetingRequest> parse_request(const std::string& text,
                                                  const CompetingCommand& options,
                                                  const corpus::Corpus& corpus) {
  const std::size_t first = text.find(':');
  const std::size_t second = text.find(':', first == std::string::npos ? first : first + 1);
  if (first == std::string::npos) {
    return usage_error(
        fmt::format("`{}` is no request; write it as FR:2026-05-01:conduct.yaml", text));
  }
  const std::string state = text.substr(0, first);
  const std::string day =
      text.substr(first + 1, second == std::string::npos ? std::string::npos : second - first - 1);
  ROG_TRY(const auto received, parse_date_option(day, "--request"));
  if (!received) return usage_error(fmt::format("`{}` has no date", text));
  FactOptions facts{.conduct = second == std::string::npos ? "" : text.substr(second + 1),
                    .record = {},
                    .count = {},
                    .facts = facts_for(options, state)};
  ROG_TRY(auto counts, read_facts(facts, corpus));
  if (counts.size() > 1) {
    return usage_error(
        fmt::format("`{}` has {} counts; give a conduct of one count", text, counts.size()));
  }
  return law::CompetingRequest{.requesting = state,
                               .received = *received,
                               .facts = std::move(counts.front().facts),
                               .dates = counts.front().dates,
                               .offences = {}};
}

base::Result<void> run_competing(Context& context, const CompetingCommand& options) {
  if (options.requested.empty()) return usage_error("--requested is needed: the State asked");
  ROG_TRY(const corpus::Corpus* corpus, context.corpus());
  law::CompetingQuestion question{.requested = options.requested, .requests = {}};
  for (const std::string& text : options.requests) {
    ROG_TRY(auto request, parse_request(text, options, *corpus));
    question.requests.push_back(std::move(request));
  }
  ROG_TRY(const auto answer, law::compare_requests(corpus->book, question));
  law::Document out;
  law::write_competing(corpus->book, answer, out);
  JsonObject json = law::competing_json(corpus->book, answer);
  json["corpus_digest"] = corpus->book.digest;
  context.print(json, out);
  return {};
}

void add_competing(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "competing", "several States ask for one person: the criteria side by side, never a ranking");
  auto options = std::make_shared<CompetingCommand>();
  command->add_option("--requested", options->requested, "the State that is asked");
  command
      ->add_option("--request", options->requests,
                   "one request: the State, the day it was received, and its conduct; repeat it")
      ->type_name("STATE:DATE[:FILE]");
  command->add_option("--fact", options->facts, "a circumstance in every request")
      ->type_name("TERM=VALUE");
  command
      ->add_option("--fact-of", options->facts_of,
                   "a circumstance in the request of one State, its code as in --request")
      ->type_name("STATE:TERM=VALUE");
  command->footer(
      "Example:\n"
      "  rogatory law competing --requested GB --request US:2026-05-01:a.yaml \\\n"
      "      --request FR:2026-05-04:b.yaml --fact-of FR:req.person.national_of_requesting=true");
  bind(*command, context, [options](Context& c) { return run_competing(c, *options); });
}

}  // namespace

void add_cooperation_commands(CLI::App& law, Context& context) {
  add_grounds(law, context);
  add_extraditable(law, context);
  add_clocks(law, context);
  add_speciality(law, context);
  add_competing(law, context);
}

}  // namespace rogatory::app
