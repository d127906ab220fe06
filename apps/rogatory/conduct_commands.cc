// SPDX-License-Identifier: EUPL-1.2
// `rogatory law classify | dual | ask` and `rogatory assess`: questions about one conduct.
#include <fmt/format.h>

#include <algorithm>

#include "law/entail.h"
#include "law/report.h"
#include "rogatory/context.h"
#include "rogatory/incident.h"
#include "rogatory/law_names.h"
#include "rogatory/progress.h"

namespace rogatory::app {
namespace {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using conduct::Conduct;
using conduct::Count;
using law::LawBook;
using law::Perspective;
using law::StateLaw;

/// Options that every question about a conduct has.
struct ConductOptions {
  std::string incident;
  std::string record;
  std::string count;
  std::vector<std::string> what_if;
};

void add_conduct_options(CLI::App& command, ConductOptions& options) {
  command
      .add_option("INCIDENT", options.incident,
                  "conduct YAML, or an incident as VERIS JSON, STIX 2.1, MISP event or EuRepoC "
                  "CSV; `-` reads standard input")
      ->required();
  command.add_option("--record", options.record, "only this record of a file that has several")
      ->type_name("ID");
  command.add_option("--count", options.count, "only this count of the conduct")->type_name("ID");
  command
      .add_option("--what-if", options.what_if,
                  "change a fact, such as circ.authorised=true or intended:act.access=unknown; may "
                  "be repeated")
      ->type_name("TERM=VALUE");
}

std::vector<const Count*> chosen_counts(const Conduct& conduct, const std::string& id) {
  std::vector<const Count*> out;
  for (const Count& count : conduct.counts) {
    if (id.empty() || count.id == id) out.push_back(&count);
  }
  return out;
}

struct Loaded {
  const corpus::Corpus* corpus = nullptr;
  Conduct conduct;
  std::string format;
  std::vector<std::string> notes;
  std::vector<std::string> suppositions;  ///< what `--what-if` changed
};

/// Loads the law of these instruments and States, of all where none is named, and the conduct.
base::Result<Loaded> load(Context& context, const ConductOptions& options,
                          const std::vector<std::string>& owners) {
  Loaded out;
  ROG_TRY(out.corpus, context.corpus_for({.is_all = owners.empty(),
                                          .owners = owners,
                                          .has_requests = false,
                                          .has_mappings = true}));
  ROG_TRY(Incident incident, read_incident(options.incident, options.record, *out.corpus));
  out.conduct = std::move(incident.conduct);
  out.format = std::move(incident.format);
  out.notes = std::move(incident.notes);
  ROG_TRY(out.suppositions, apply_what_if(out.conduct, options.what_if, out.corpus->book));
  const std::size_t counts = chosen_counts(out.conduct, options.count).size();
  if (counts == 0)
    return not_found(fmt::format("`{}` has no count `{}`", out.conduct.id, options.count));
  if (counts > kMaxReportedRecords) {
    return usage_error(fmt::format("`{}` has {} counts; pick one with --count, such as {}",
                                   out.conduct.id, counts, out.conduct.counts.front().id));
  }
  return out;
}

void write_head(const Loaded& loaded, law::Document& out) {
  const Conduct& conduct = loaded.conduct;
  out.heading(1, (conduct.is_exercise ? "Exercise: " : "") + conduct.title);
  if (!conduct.summary.empty()) out.paragraph(conduct.summary);
  out.paragraph(fmt::format("Conduct as alleged; an assessment, not a judgment. Source format: {}.",
                            loaded.format));
  for (const std::string& line : loaded.suppositions) out.item(line);
  for (const std::string& note : loaded.notes) out.item(note);
}

std::string dates_text(const Count& count) {
  if (!count.dates.from) return "date not stated";
  std::string out = count.dates.from->to_string();
  if (count.dates.until && *count.dates.until != *count.dates.from)
    out += " to " + count.dates.until->to_string();
  return out;
}

JsonObject head_json(const Loaded& loaded) {
  JsonArray suppositions;
  for (const std::string& line : loaded.suppositions) suppositions.push_back(Json(line));
  return {{"conduct", loaded.conduct.id},
          {"title", loaded.conduct.title},
          {"format", loaded.format},
          {"exercise", loaded.conduct.is_exercise},
          {"note", std::string(law::kAsAlleged)},
          {"what_if", std::move(suppositions)},
          {"corpus_digest", loaded.corpus->book.digest}};
}

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

// classify
// -----------------------------------------------------------------------------------------------------------

struct ClassifyOptions {
  ConductOptions conduct;
  std::vector<std::string> under;
  std::vector<std::string> only;
  std::string on;
  bool with_proof = false;
  bool is_brief = false;
};

/// What one `law classify` gathers while it goes over counts and bodies of law.
class Classifier {
 public:
  Classifier(const Loaded& loaded, const ClassifyOptions& options, std::optional<Date> on)
      : loaded_(loaded), book_(loaded.corpus->book), options_(options), on_(on) {}

  /// `is_shown`: on standard error, how far it is.
  base::Result<void> run(bool is_shown) {
    std::vector<std::string> under = options_.under;
    if (under.empty()) {
      for (const law::Instrument& i : book_.instruments) under.push_back(i.id);
    }
    write_head(loaded_, out);
    const auto counts = chosen_counts(loaded_.conduct, options_.conduct.count);
    Progress progress(is_shown, counts.size(), "counts");
    for (const Count* count : counts) {
      out.heading(2, fmt::format("Count {}: {} ({})", count->id, count->title, dates_text(*count)));
      for (const std::string& owner : under) ROG_CHECKED(classify(*count, owner));
      progress.advance();
    }
    return {};
  }

  JsonArray assessments;
  JsonArray states;
  law::Document out;

 private:
  base::Result<void> classify(const Count& count, const std::string& owner) {
    if (const law::Instrument* instrument = find_instrument(book_, owner)) {
      return under_instrument(count, *instrument);
    }
    ROG_TRY(const StateLaw* state, state_law_of(book_, owner));
    return under_state(count, *state);
  }

  base::Result<void> under_instrument(const Count& count, const law::Instrument& instrument) {
    ROG_TRY(const auto valuation, law::Valuation::make(book_, count.facts));
    auto answer = law::classify_under_instrument(valuation, instrument);
    std::erase_if(answer.assessments,
                  [&](const law::Assessment& a) { return !is_wanted(a.provision); });
    if (answer.assessments.empty()) return {};
    law::write_instrument_answer(valuation, answer, out);
    for (const law::Assessment& a : answer.assessments) add(count, valuation, a, nullptr);
    return {};
  }

  base::Result<void> under_state(const Count& count, const StateLaw& state) {
    const std::vector<const StateLaw*> states_concerned{&state};
    std::vector<std::optional<Date>> days;
    if (on_) {
      days.push_back(on_);
    } else {
      for (const auto& range : law::slices(book_, states_concerned, count.dates))
        days.push_back(range.from);
      if (days.empty()) days.push_back(std::nullopt);
    }
    const Perspective perspective{.state = state.iso3, .transposed_from = {}};
    ROG_TRY(const auto valuation, law::Valuation::make(book_, count.facts, perspective));
    for (const std::optional<Date>& day : days) {
      ROG_TRY(auto answer, law::classify_under_state(book_, state, count.facts, day, perspective));
      if (options_.only.empty()) {
        law::write_state_answer(valuation, answer, out);
      } else {
        write_not_applied(answer);
      }
      JsonObject json = law::state_answer_json(book_, valuation, answer).as_object();
      json["count"] = count.id;
      states.push_back(std::move(json));
      for (const law::Assessment& a : answer.assessments) {
        if (is_wanted(a.provision)) add(count, valuation, a, &answer);
      }
    }
    return {};
  }

  /// Of the provisions asked for, those of this State that have no verdict, and why.
  void write_not_applied(const law::StateAnswer& answer) {
    if (!answer.on) {
      out.item(fmt::format("Not applied: the law of {}, as the day of the conduct is not stated.",
                           answer.state->name));
    }
    for (const law::NotApplicable& absent : answer.not_applicable) {
      if (!is_wanted(absent.provision)) continue;
      out.item(fmt::format(
          "Not applied: {}: {} on {}.",
          law::provision_name(book_, book_.provisions[absent.provision]),
          absent.period == nullptr ? "encoded for other days only," : to_text(absent.period->state),
          answer.on->to_string()));
    }
  }

  [[nodiscard]] bool is_wanted(law::ProvisionIndex provision) const {
    return options_.only.empty() ||
           std::ranges::find(options_.only, book_.provisions[provision].id) != options_.only.end();
  }

  void add(const Count& count, const law::Valuation& valuation, const law::Assessment& a,
           const law::StateAnswer* state) {
    JsonObject json = law::assessment_json(valuation, a).as_object();
    json["count"] = count.id;
    if (state != nullptr) json["on"] = state->on ? Json(state->on->to_string()) : Json(nullptr);
    if (options_.is_brief) json.erase("explanation");
    assessments.push_back(std::move(json));
    const bool is_close = a.verdict == law::Verdict::kMet || !options_.only.empty();
    if (!options_.is_brief && is_close) law::write_assessment(valuation, a, out);
    if (options_.with_proof && is_close) law::write_proof(valuation, a.proof, out);
  }

  const Loaded& loaded_;
  const LawBook& book_;
  const ClassifyOptions& options_;
  std::optional<Date> on_;
};

/// The id of an instrument or of a State whose law is encoded.
base::Result<std::string> owner_of(const LawBook& book, const std::string& name) {
  if (const law::Instrument* instrument = find_instrument(book, name)) return instrument->id;
  ROG_TRY(const StateLaw* state, state_law_of(book, name));
  return state->iso3;
}

/// The ids of the offences of `--only`. Without `--under` they say under what they are asked about;
/// beside it each has to be one of a body of law that is named there.
base::Result<void> resolve_only(const LawBook& book, ClassifyOptions& options) {
  std::vector<std::string> under;
  for (const std::string& name : options.under) {
    ROG_TRY(std::string id, owner_of(book, name));
    under.push_back(std::move(id));
  }
  for (std::string& id : options.only) {
    const law::Provision* provision = find_provision(book, id);
    if (provision == nullptr) return not_found(fmt::format("no provision `{}`", id));
    id = provision->id;
    if (!provision->is_offence()) {
      return usage_error(fmt::format("`{}` is no offence: no conduct falls under it", id));
    }
    if (std::ranges::find(under, provision->owner) != under.end()) continue;
    if (!options.under.empty()) {
      return usage_error(
          fmt::format("`{}` is one of {}, which no --under names", id, provision->owner));
    }
    under.push_back(provision->owner);
  }
  options.under = std::move(under);
  return {};
}

base::Result<void> run_classify(Context& context, ClassifyOptions options) {
  ROG_TRY(const auto on, parse_date_option(options.on, "--on"));
  std::vector<std::string> owners = options.under;
  for (const std::string& id : options.only) owners.push_back(id.substr(0, id.find(':')));
  ROG_TRY(const Loaded loaded, load(context, options.conduct, owners));
  ROG_CHECKED(resolve_only(loaded.corpus->book, options));
  Classifier classifier(loaded, options, on);
  ROG_CHECKED(classifier.run(!context.output.is_json && is_watched()));
  JsonObject json = head_json(loaded);
  json["assessments"] = std::move(classifier.assessments);
  json["states"] = std::move(classifier.states);
  context.print(std::move(json), classifier.out);
  return {};
}

void add_classify(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "classify",
      "a conduct under instruments and States' laws, with the proof for yes and for no");
  auto options = std::make_shared<ClassifyOptions>();
  add_conduct_options(*command, options->conduct);
  command
      ->add_option("--under", options->under,
                   "instrument id or State; may be repeated; all instruments when left out")
      ->type_name("ID");
  command
      ->add_option("--only", options->only,
                   "these offences only, each in full whatever the verdict; under the instruments "
                   "and States that have them when --under is left out")
      ->type_name("PROVISION");
  command
      ->add_option("--on", options->on,
                   "apply a State's law of this day instead of the day of the conduct")
      ->type_name("DATE");
  command->add_flag("--proof", options->with_proof, "print the proof trees");
  command->add_flag("--brief", options->is_brief, "tables of verdicts only");
  bind(*command, context, [options](Context& c) { return run_classify(c, *options); });
}

// dual
// ---------------------------------------------------------------------------------------------------------------

struct DualOptions {
  ConductOptions conduct;
  std::string requesting;
  std::string requested;
  std::string on;
  std::string warrant;
  std::string decision;
  std::string offence;
};

struct DualReport {
  JsonArray counts;
  Json first;
};

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

/// The days of the request, as given.
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

/// The verdict over all counts: the same in all, or undetermined.
std::string overall(const JsonArray& counts) {
  std::string out;
  for (const Json& count : counts) {
    const std::string verdict{count.at("verdict").as_string().c_str()};
    if (!out.empty() && out != verdict) return "undetermined";
    out = verdict;
  }
  return out;
}

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

// ask
// ----------------------------------------------------------------------------------------------------------------

struct AskOptions {
  ConductOptions conduct;
  std::vector<std::string> under;
};

base::Result<void> run_ask(Context& context, const AskOptions& options) {
  ROG_TRY(const Loaded loaded, load(context, options.conduct, options.under));
  const LawBook& book = loaded.corpus->book;
  std::vector<std::string> under = options.under;
  if (under.empty()) {
    for (const law::Instrument& i : book.instruments) under.push_back(i.id);
  }
  law::Document out;
  write_head(loaded, out);
  JsonArray counts;
  for (const Count* count : chosen_counts(loaded.conduct, options.conduct.count)) {
    std::vector<law::ProvisionIndex> provisions;
    std::vector<std::string> not_asked;
    for (const std::string& owner : under) {
      const law::Instrument* instrument = find_instrument(book, owner);
      const StateLaw* state = nullptr;
      if (instrument == nullptr) {
        ROG_TRY(state, state_law_of(book, owner));
        if (!count->dates.from) not_asked.push_back(state->name);
      }
      for (const law::ProvisionIndex i :
           book.provisions_of(instrument != nullptr ? instrument->id : state->iso3)) {
        const law::Provision& p = book.provisions[i];
        const bool applies =
            instrument != nullptr || (count->dates.from && law::is_in_force(p, *count->dates.from));
        if (p.is_offence() && applies) provisions.push_back(i);
      }
    }
    // State-bound facts are read as one State reads them; several bodies of law share the facts.
    Perspective perspective;
    if (under.size() == 1) {
      if (const StateLaw* only = find_state_law(book, under.front()))
        perspective.state = only->iso3;
    }
    ROG_TRY(const auto valuation, law::Valuation::make(book, count->facts, perspective));
    const auto questions = law::rank_questions(valuation, provisions, count->dates.from);
    JsonArray list;
    for (const law::Question& q : questions) list.push_back(law::question_json(book, q));
    counts.push_back(JsonObject{{"count", count->id},
                                {"questions", std::move(list)},
                                {"not_examined", JsonArray(not_asked.begin(), not_asked.end())}});
    out.heading(2, fmt::format("Count {}: what to find out next", count->id));
    for (const std::string& name : not_asked) {
      out.item(fmt::format("The law of {} was not examined: the day of the conduct is not stated.",
                           name));
    }
    if (questions.empty()) out.item("No open fact settles an offence that was examined.");
    law::write_questions(book, questions, out);
  }
  JsonObject json = head_json(loaded);
  json["counts"] = std::move(counts);
  context.print(std::move(json), out);
  return {};
}

void add_ask(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand("ask", "the open fact that decides most, next");
  auto options = std::make_shared<AskOptions>();
  add_conduct_options(*command, options->conduct);
  command
      ->add_option("--under", options->under,
                   "instrument id or State; may be repeated; all instruments when left out")
      ->type_name("ID");
  bind(*command, context, [options](Context& c) { return run_ask(c, *options); });
}

// assess
// -------------------------------------------------------------------------------------------------------------

base::Result<void> run_assess(Context& context, const DualOptions& options) {
  ROG_TRY(const Loaded loaded, load(context, options.conduct, {}));
  const LawBook& book = loaded.corpus->book;
  ROG_TRY(const auto question, dual_question(book, options));
  ClassifyOptions classify;
  classify.conduct = options.conduct;
  classify.is_brief = true;
  Classifier classifier(loaded, classify, std::nullopt);
  ROG_CHECKED(classifier.run(!context.output.is_json && is_watched()));
  law::Document out = std::move(classifier.out);
  out.heading(2, fmt::format("Dual criminality: {} to {}", question.requesting->name,
                             question.requested->name));
  JsonArray counts;
  for (const Count* count : chosen_counts(loaded.conduct, options.conduct.count)) {
    ROG_TRY(JsonObject one, dual_of_count(book, *count, question, out));
    counts.push_back(std::move(one));
  }
  out.paragraph("Grounds of refusal, legal basis and deadlines are not examined in this report.");
  JsonObject json = head_json(loaded);
  json["requesting"] = question.requesting->iso3;
  json["requested"] = question.requested->iso3;
  json["test_date_rule"] = std::string(to_text(question.requested->test_date));
  json["dates"] = dates_json(question);
  json["assessments"] = std::move(classifier.assessments);
  json["dual"] = JsonObject{{"verdict", overall(counts)}, {"counts", std::move(counts)}};
  json["not_examined"] = JsonArray{"grounds_of_refusal", "legal_basis", "deadlines"};
  context.print(std::move(json), out);
  return {};
}

void add_assess(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "assess", "the report on an incident: offences, dual criminality, what is missing and why");
  auto options = std::make_shared<DualOptions>();
  add_conduct_options(*command, options->conduct);
  add_dual_options(*command, *options);
  command->get_option("--requesting")->required();
  bind(*command, context, [options](Context& c) { return run_assess(c, *options); });
}

}  // namespace

void add_conduct_commands(CLI::App& law, CLI::App& app, Context& context) {
  add_classify(law, context);
  add_dual(law, context);
  add_ask(law, context);
  add_assess(app, context);
}

}  // namespace rogatory::app
