// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/cooperation_options.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>

#include "conduct/conduct.h"
#include "law/side.h"
#include "request/case_file.h"
#include "rogatory/case_input.h"
#include "rogatory/incident.h"

namespace rogatory::app {

using base::JsonArray;
using base::JsonObject;

void add_pair_options(CLI::App& command, PairOptions& options) {
  command.add_option("--requesting", options.requesting,
                     "State that asks, as a code of two or three letters or by its English name");
  command.add_option("--requested", options.requested, "State or territory that is asked");
  if (options.kind.empty()) {
    command
        .add_option("--for", options.kind,
                    "kind of request, such as preservation, stored_content or extradition; a wrong "
                    "one lists them all")
        ->type_name("KIND");
  }
  command.add_option("--on", options.on, "the day of the question; today when left out")
      ->type_name("DATE");
}

base::Result<void> check_given(const PairOptions& pair) {
  if (pair.requesting.empty()) return usage_error("--requesting is needed: the State that asks");
  if (pair.requested.empty()) return usage_error("--requested is needed: the State that is asked");
  if (pair.kind.empty()) {
    return usage_error("--for is needed: the kind of request, such as stored_content");
  }
  return {};
}

void add_fact_options(CLI::App& command, FactOptions& options) {
  command
      .add_option("--case", options.case_file,
                  "a case file: it gives the States, conduct, dates and circumstances; options "
                  "given beside it go before it")
      ->type_name("FILE");
  command
      .add_option("--conduct", options.conduct,
                  "what happened: conduct YAML, VERIS JSON, STIX 2.1, MISP event or EuRepoC CSV")
      ->type_name("FILE");
  command.add_option("--record", options.record, "only this record of a file that has several")
      ->type_name("ID");
  command.add_option("--count", options.count, "only this count of the conduct")->type_name("ID");
  command
      .add_option("--fact", options.facts,
                  "a circumstance, such as req.offence.political=false or "
                  "qty.remaining_months=6; may be repeated")
      ->type_name("TERM=VALUE");
}

namespace {

void take_missing(std::string& option, const std::string& of_case) {
  if (option.empty()) option = of_case;
}

/// What the case says: its counts with the circumstances of the request, and its offences.
base::Result<void> read_case_into(const InputDocument& input, Inquiry& inquiry) {
  ROG_TRY(const request::CaseFile file, read_case_file(input, *inquiry.corpus));
  ROG_CHECKED(conduct::check_quantities(file.conduct, inquiry.corpus->book.vocabulary));
  inquiry.conduct = file.conduct;
  if (inquiry.conduct.counts.empty()) inquiry.conduct.counts.emplace_back();
  for (conduct::Count& count : inquiry.conduct.counts) count.facts = request::facts_of(file, count);
  for (const request::AllegedOffence& offence : file.offences) {
    const law::Provision* provision = inquiry.corpus->book.find_provision(offence.provision);
    if (provision != nullptr && provision->owner == file.requesting.state) {
      inquiry.offences.push_back(offence.provision);
    }
  }
  return {};
}

corpus::Wanted wanted_of(const PairOptions& pair, const FactOptions& facts) {
  return {.sides = {pair.requesting, pair.requested},
          .has_requests = false,
          .has_mappings = !facts.conduct.empty() || !facts.case_file.empty()};
}

void add_owners(const std::vector<std::string>& provisions, std::vector<std::string>& owners) {
  for (const std::string& id : provisions) {
    const std::size_t colon = id.find(':');
    if (colon != std::string::npos) owners.push_back(id.substr(0, colon));
  }
}

/// All answers in one value, to be compared.
base::Result<JsonArray> answers_with(const Inquiry& inquiry, const AnswerCount& answer,
                                     const std::vector<std::string>& stated) {
  ROG_TRY(const CountedFacts facts, facts_by_count(inquiry, stated));
  JsonArray out;
  for (const StatedFacts& one : facts.counts) {
    law::Document unused;
    ROG_TRY(JsonObject json, answer(one, unused));
    out.push_back(std::move(json));
  }
  return out;
}

/// Would the answer be another one without this fact? Without it there may be none at all.
bool has_effect(const Inquiry& inquiry, const AnswerCount& answer, const JsonArray& answers,
                std::size_t fact) {
  std::vector<std::string> others = inquiry.stated;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(fact));
  const auto without = answers_with(inquiry, answer, others);
  return !without.ok() || *without != answers;
}

/// Tells of each fact of `--fact` what became of it.
JsonArray tell_stated(const Inquiry& inquiry, const AnswerCount& answer, const JsonArray& answers,
                      const std::vector<std::string>& lines, law::Document& out) {
  JsonArray json;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool matters = has_effect(inquiry, answer, answers, i);
    out.item(lines[i] + (matters ? "" : " It changes nothing in this answer."));
    json.push_back(
        JsonObject{{"fact", inquiry.stated[i]}, {"says", lines[i]}, {"changes_answer", matters}});
  }
  return json;
}

}  // namespace

bool is_one_side(const law::LawBook& book, const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto side_a = law::find_side(book, a);
  const auto side_b = law::find_side(book, b);
  return side_a.ok() && side_b.ok() && side_a->iso3 == side_b->iso3;
}

base::Result<Inquiry> read_conduct(const corpus::Corpus& corpus, const FactOptions& facts,
                                   const std::optional<InputDocument>& input) {
  Inquiry out{.corpus = &corpus, .on = base::Date::earliest()};
  out.count = facts.count;
  out.stated = facts.facts;
  if (input) {
    ROG_CHECKED(read_case_into(*input, out));
  } else if (!facts.conduct.empty()) {
    ROG_TRY(Incident incident, read_incident(facts.conduct, facts.record, corpus));
    out.conduct = std::move(incident.conduct);
  } else {
    out.conduct.counts.emplace_back();
  }
  return out;
}

base::Result<Inquiry> read_inquiry(Context& context, PairOptions pair, const FactOptions& facts,
                                   const std::vector<std::string>& more) {
  std::optional<InputDocument> input;
  if (!facts.case_file.empty()) {
    if (!facts.conduct.empty()) {
      return usage_error("a case has its conduct inside: give either --case or a conduct");
    }
    ROG_TRY(input, read_input_document(facts.case_file));
    const StatesNamed states = states_named(*input);
    take_missing(pair.requesting, states.requesting);
    take_missing(pair.requested, states.requested);
  }
  ROG_CHECKED(check_given(pair));
  ROG_TRY(const base::Date on, day_or_today(pair.on));
  corpus::Wanted wanted = wanted_of(pair, facts);
  if (input) wanted.owners = wanted_by(*input).owners;
  add_owners(more, wanted.owners);
  ROG_TRY(const corpus::Corpus* corpus, context.corpus_for(wanted));
  ROG_TRY(Inquiry out, read_conduct(*corpus, facts, input));
  // Offences are those of the State that the case names: another one that asks has its own.
  if (input && !is_one_side(corpus->book, pair.requesting, states_named(*input).requesting)) {
    out.offences.clear();
  }
  out.pair = std::move(pair);
  out.on = on;
  return out;
}

base::Result<CountedFacts> facts_by_count(const Inquiry& inquiry,
                                          const std::vector<std::string>& stated) {
  conduct::Conduct conduct = inquiry.conduct;
  CountedFacts out;
  ROG_TRY(out.lines, state_facts(conduct, stated, inquiry.corpus->book));
  for (conduct::Count& count : conduct.counts) {
    if (!inquiry.count.empty() && count.id != inquiry.count) continue;
    out.counts.push_back({.count = count.id,
                          .title = count.title,
                          .facts = std::move(count.facts),
                          .dates = count.dates});
  }
  if (out.counts.empty()) {
    return not_found(fmt::format("`{}` has no count `{}`", conduct.id, inquiry.count));
  }
  return out;
}

base::Result<void> answer_inquiry(Context& context, const Inquiry& inquiry,
                                  const AnswerCount& answer,
                                  const std::function<void(law::Document&)>& last) {
  ROG_TRY(const CountedFacts facts, facts_by_count(inquiry, inquiry.stated));
  const bool has_several = facts.counts.size() > 1;
  law::Document out;
  JsonArray answers;
  for (const StatedFacts& one : facts.counts) {
    if (has_several) out.heading(1, fmt::format("Count {}: {}", one.count, one.title));
    ROG_TRY(JsonObject json, answer(one, out));
    answers.push_back(std::move(json));
  }
  if (last) last(out);
  JsonArray stated = tell_stated(inquiry, answer, answers, facts.lines, out);
  for (std::size_t i = 0; i < facts.counts.size(); ++i) {
    if (!facts.counts[i].count.empty()) {
      answers[i].as_object()["count"] = facts.counts[i].count;
    }
  }
  JsonObject json = answers.front().as_object();
  if (has_several) json["counts"] = std::move(answers);
  if (!stated.empty()) json["stated"] = std::move(stated);
  json["corpus_digest"] = inquiry.corpus->book.digest;
  context.print(json, out);
  return {};
}

base::Result<base::Date> day_or_today(const std::string& text) {
  ROG_TRY(const auto day, parse_date_option(text, "--on"));
  if (day) return *day;
  return base::Date::from_days(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
}

}  // namespace rogatory::app
