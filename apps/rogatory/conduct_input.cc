// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/conduct_input.h"

#include <fmt/format.h>

#include "rogatory/incident.h"
#include "rogatory/law_names.h"

namespace rogatory::app {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using conduct::Conduct;
using conduct::Count;

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

}  // namespace rogatory::app
