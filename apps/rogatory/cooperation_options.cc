// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/cooperation_options.h"

#include <fmt/format.h>

#include <chrono>

#include "rogatory/incident.h"

namespace rogatory::app {

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

base::Result<std::vector<StatedFacts>> read_facts(const FactOptions& options,
                                                  const corpus::Corpus& corpus) {
  conduct::Conduct conduct;
  if (options.conduct.empty()) {
    conduct.counts.emplace_back();
  } else {
    ROG_TRY(Incident incident, read_incident(options.conduct, options.record, corpus));
    conduct = std::move(incident.conduct);
  }
  ROG_CHECKED(state_facts(conduct, options.facts, corpus.book));
  std::vector<StatedFacts> out;
  for (conduct::Count& count : conduct.counts) {
    if (!options.count.empty() && count.id != options.count) continue;
    out.push_back({.count = count.id,
                   .title = count.title,
                   .facts = std::move(count.facts),
                   .dates = count.dates});
  }
  if (out.empty()) {
    return not_found(fmt::format("`{}` has no count `{}`", conduct.id, options.count));
  }
  return out;
}

base::Result<base::Date> day_or_today(const std::string& text) {
  ROG_TRY(const auto day, parse_date_option(text, "--on"));
  if (day) return *day;
  return base::Date::from_days(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
}

}  // namespace rogatory::app
