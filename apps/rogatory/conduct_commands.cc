// SPDX-License-Identifier: EUPL-1.2
// `rogatory law ask` and `rogatory assess`, beside the other questions about one conduct.
#include <fmt/format.h>

#include "rogatory/classify_command.h"
#include "rogatory/conduct_input.h"
#include "rogatory/context.h"
#include "rogatory/dual_command.h"
#include "rogatory/law_names.h"
#include "rogatory/progress.h"

namespace rogatory::app {
namespace {

using base::JsonArray;
using base::JsonObject;
using conduct::Count;
using law::LawBook;
using law::Perspective;
using law::StateLaw;

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

base::Result<void> run_assess(Context& context, const DualOptions& options) {
  ROG_TRY(const Loaded loaded, load(context, options.conduct, {}));
  const LawBook& book = loaded.corpus->book;
  ROG_TRY(const auto question, dual_question(book, options));
  ClassifyOptions classify;
  classify.conduct = options.conduct;
  classify.is_brief = true;
  const bool is_shown = !context.output.is_json && is_watched();
  ROG_TRY(Classified classified, app::classify(loaded, classify, std::nullopt, is_shown));
  law::Document out = std::move(classified.out);
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
  json["assessments"] = std::move(classified.assessments);
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
