// SPDX-License-Identifier: EUPL-1.2
// `rogatory law competing`: several States ask for one person.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "law/report_cooperation.h"
#include "request/case_file.h"
#include "rogatory/case_input.h"
#include "rogatory/context.h"
#include "rogatory/cooperation_options.h"

namespace rogatory::app {
namespace {

using base::JsonObject;

struct CompetingCommand {
  std::string requested;
  std::vector<std::string> requests;
  std::vector<std::string> cases;
  std::vector<std::string> facts;
  std::vector<std::string> facts_of;
};

/// One request as it was given.
struct Given {
  std::string text;
  std::string state;
  base::Date received;
  std::string conduct;                 ///< file; may be empty
  std::optional<InputDocument> input;  ///< of `--case`
};

/// The State of a `--fact-of`; empty where it names none.
std::string state_of_fact(const std::string& text) {
  const std::size_t colon = text.find(':');
  return colon == std::string::npos ? std::string() : text.substr(0, colon);
}

/// The facts of `--fact`, and those of `--fact-of` that name this State.
std::vector<std::string> facts_for(const law::LawBook& book, const CompetingCommand& options,
                                   const std::string& state) {
  std::vector<std::string> out = options.facts;
  for (const std::string& text : options.facts_of) {
    const std::string of = state_of_fact(text);
    if (is_one_side(book, of, state)) out.push_back(text.substr(of.size() + 1));
  }
  return out;
}

base::Result<base::Date> received_on(const std::string& day, const std::string& text,
                                     const char* option) {
  ROG_TRY(const auto received, parse_date_option(day, option));
  if (!received) return usage_error(fmt::format("`{}` has no date", text));
  return *received;
}

/// `STATE:DATE` or `STATE:DATE:FILE`.
base::Result<Given> parse_request(const std::string& text) {
  const std::size_t first = text.find(':');
  const std::size_t second = text.find(':', first == std::string::npos ? first : first + 1);
  if (first == std::string::npos) {
    return usage_error(
        fmt::format("`{}` is no request; write it as FR:2026-05-01:conduct.yaml", text));
  }
  const std::string day =
      text.substr(first + 1, second == std::string::npos ? std::string::npos : second - first - 1);
  ROG_TRY(const base::Date received, received_on(day, text, "--request"));
  return Given{.text = text,
               .state = text.substr(0, first),
               .received = received,
               .conduct = second == std::string::npos ? "" : text.substr(second + 1),
               .input = std::nullopt};
}

/// `DATE:FILE`, of a case.
base::Result<Given> parse_case(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) {
    return usage_error(fmt::format("`{}` is no case; write it as 2026-05-01:case.yaml", text));
  }
  ROG_TRY(const base::Date received, received_on(text.substr(0, colon), text, "--case"));
  ROG_TRY(InputDocument input, read_input_document(text.substr(colon + 1)));
  return Given{.text = text,
               .state = states_named(input).requesting,
               .received = received,
               .conduct = {},
               .input = std::move(input)};
}

/// All that was given, and the law it concerns.
base::Result<std::vector<Given>> parse_all(const CompetingCommand& options, std::string& requested,
                                           corpus::Wanted& wanted) {
  std::vector<Given> out;
  for (const std::string& text : options.requests) {
    ROG_TRY(Given given, parse_request(text));
    out.push_back(std::move(given));
  }
  for (const std::string& text : options.cases) {
    ROG_TRY(Given given, parse_case(text));
    if (requested.empty()) requested = states_named(*given.input).requested;
    out.push_back(std::move(given));
  }
  if (requested.empty()) return usage_error("--requested is needed: the State asked");
  wanted = {.sides = {requested}, .has_requests = false, .has_mappings = true};
  for (const Given& given : out) {
    wanted.sides.push_back(given.state);
    if (!given.input) continue;
    for (const std::string& owner : wanted_by(*given.input).owners) wanted.owners.push_back(owner);
  }
  return out;
}

/// Every case asks the same State, and every `--fact-of` names a State that asks.
base::Result<void> check_states(const law::LawBook& book, const CompetingCommand& options,
                                const std::string& requested, const std::vector<Given>& all) {
  for (const Given& given : all) {
    const std::string asked = given.input ? states_named(*given.input).requested : std::string();
    if (asked.empty() || is_one_side(book, asked, requested)) continue;
    return usage_error(
        fmt::format("the case `{}` asks {}, not {}; competing requests go to one State",
                    given.input->path, asked, requested));
  }
  for (const std::string& text : options.facts_of) {
    const std::string state = state_of_fact(text);
    const bool is_there = std::ranges::any_of(
        all, [&](const Given& given) { return is_one_side(book, given.state, state); });
    if (is_there) continue;
    return usage_error(fmt::format(
        "`{}` is no fact of a State that asks here; write it as FR:req.offence.political=false",
        text));
  }
  return {};
}

/// The request with its facts; `lines` receives what became of those stated.
base::Result<law::CompetingRequest> read_request(const Given& given,
                                                 const CompetingCommand& options,
                                                 const corpus::Corpus& corpus,
                                                 std::vector<std::string>& lines) {
  ROG_TRY(Inquiry inquiry, read_conduct(corpus, {.conduct = given.conduct}, given.input));
  ROG_TRY(CountedFacts facts,
          facts_by_count(inquiry, facts_for(corpus.book, options, given.state)));
  if (facts.counts.size() > 1) {
    return usage_error(fmt::format("`{}` has {} counts; give a conduct of one count", given.text,
                                   facts.counts.size()));
  }
  for (const std::string& line : facts.lines) lines.push_back(given.state + ": " + line);
  return law::CompetingRequest{.requesting = given.state,
                               .received = given.received,
                               .facts = std::move(facts.counts.front().facts),
                               .dates = facts.counts.front().dates,
                               .offences = std::move(inquiry.offences)};
}

base::Result<void> run_competing(Context& context, const CompetingCommand& options) {
  law::CompetingQuestion question{.requested = options.requested, .requests = {}};
  corpus::Wanted wanted;
  ROG_TRY(const std::vector<Given> all, parse_all(options, question.requested, wanted));
  ROG_TRY(const corpus::Corpus* corpus, context.corpus_for(wanted));
  ROG_CHECKED(check_states(corpus->book, options, question.requested, all));
  std::vector<std::string> lines;
  for (const Given& given : all) {
    ROG_TRY(auto request, read_request(given, options, *corpus, lines));
    question.requests.push_back(std::move(request));
  }
  ROG_TRY(const auto answer, law::compare_requests(corpus->book, question));
  law::Document out;
  law::write_competing(corpus->book, answer, out);
  JsonObject json = law::competing_json(corpus->book, answer);
  base::JsonArray stated;
  for (const std::string& line : lines) {
    out.item(line);
    stated.push_back(base::Json(line));
  }
  if (!stated.empty()) json["stated"] = std::move(stated);
  json["corpus_digest"] = corpus->book.digest;
  context.print(json, out);
  return {};
}

}  // namespace

void add_competing_command(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "competing", "several States ask for one person: the criteria side by side, never a ranking");
  auto options = std::make_shared<CompetingCommand>();
  command->add_option("--requested", options->requested,
                      "the State that is asked; that of the first case when left out");
  command
      ->add_option("--request", options->requests,
                   "one request: the State, the day it was received, and its conduct; repeat it")
      ->type_name("STATE:DATE[:FILE]");
  command
      ->add_option("--case", options->cases,
                   "one request by its case file, with the day it was received; repeat it")
      ->type_name("DATE:FILE");
  command->add_option("--fact", options->facts, "a circumstance in every request")
      ->type_name("TERM=VALUE");
  command->add_option("--fact-of", options->facts_of, "a circumstance in the request of one State")
      ->type_name("STATE:TERM=VALUE");
  command->footer(
      "Examples:\n"
      "  rogatory law competing --requested GB --request US:2026-05-01:a.yaml \\\n"
      "      --request FR:2026-05-04:b.yaml --fact-of FR:req.person.national_of_requesting=true\n"
      "  rogatory law competing --case 2026-05-01:examples/cases/extradition-national.yaml \\\n"
      "      --request FR:2026-05-04:examples/love-bug-2000.yaml");
  bind(*command, context, [options](Context& c) { return run_competing(c, *options); });
}

}  // namespace rogatory::app
