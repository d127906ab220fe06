// SPDX-License-Identifier: EUPL-1.2
// `rogatory law list | show | compare | cover`: questions about the law itself.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "law/report.h"
#include "rogatory/context.h"
#include "rogatory/law_names.h"

namespace rogatory::app {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using law::LawBook;
using law::Provision;
using law::ProvisionKind;

base::Result<std::string> owner_id(const LawBook& book, const std::string& given) {
  if (const law::Instrument* instrument = find_instrument(book, given)) return instrument->id;
  if (const law::StateLaw* state = find_state_law(book, given)) return state->iso3;
  std::string known;
  for (const law::Instrument& i : book.instruments) known += (known.empty() ? "" : ", ") + i.id;
  for (const law::StateLaw& s : book.states) known += ", " + s.iso3;
  return not_found(
      fmt::format("`{}` is no instrument or State of this corpus; it has {}", given, known));
}

/// Articles with an offence of that kind.
std::size_t count_articles(const LawBook& book, const std::string& owner, ProvisionKind kind) {
  std::set<std::string> articles;
  for (const law::ProvisionIndex i : book.provisions_of(owner)) {
    if (book.provisions[i].kind == kind) articles.insert(book.provisions[i].article);
  }
  return articles.size();
}

/// Bases, grounds and clocks of an owner.
struct RuleCounts {
  std::size_t bases = 0;
  std::size_t grounds = 0;
  std::size_t clocks = 0;
};

RuleCounts count_rules(const LawBook& book, const std::string& owner) {
  RuleCounts out;
  for (const law::ProvisionIndex i : book.provisions_of(owner)) {
    const Provision& p = book.provisions[i];
    out.bases += p.kind == ProvisionKind::kBasis ? 1 : 0;
    out.grounds += p.kind == ProvisionKind::kGround ? 1 : 0;
    out.clocks += p.kind == ProvisionKind::kClock ? 1 : 0;
  }
  return out;
}

/// `81 on 2026-04-25`, `at least 3` where the list is not complete, nothing without one.
std::string parties_words(const law::Instrument& instrument) {
  if (!instrument.parties_as_of) return "";
  std::set<std::string> bound;
  for (const law::Party& party : instrument.parties) {
    const bool is_over = party.until && *party.until <= *instrument.parties_as_of;
    const bool is_ahead = party.from && *party.from > *instrument.parties_as_of;
    if (!is_over && !is_ahead) bound.insert(party.state);
  }
  return fmt::format("{}{} on {}", instrument.are_parties_complete ? "" : "at least ", bound.size(),
                     instrument.parties_as_of->to_string());
}

/// Digits as numbers, so that Article 10 follows Article 9.
bool is_before(std::string_view a, std::string_view b) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  while (!a.empty() && !b.empty()) {
    if (!is_digit(a.front()) || !is_digit(b.front())) {
      if (a.front() != b.front()) return a.front() < b.front();
      a.remove_prefix(1);
      b.remove_prefix(1);
      continue;
    }
    const auto number = [&](std::string_view& text) {
      std::string_view digits = text.substr(
          0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin()));
      text.remove_prefix(digits.size());
      digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
      return digits;
    };
    const std::string_view x = number(a);
    const std::string_view y = number(b);
    if (x.size() != y.size()) return x.size() < y.size();
    if (x != y) return x < y;
  }
  return a.size() < b.size();
}

/// By article; the acts of a State one after another as the corpus has them.
std::vector<law::ProvisionIndex> by_article(const LawBook& book, const std::string& owner) {
  std::vector<law::ProvisionIndex> out = book.provisions_of(owner);
  std::map<std::string, std::size_t> acts;
  for (const law::ProvisionIndex i : out) acts.try_emplace(book.provisions[i].act_id, acts.size());
  std::ranges::stable_sort(out, [&](law::ProvisionIndex i, law::ProvisionIndex j) {
    const Provision& a = book.provisions[i];
    const Provision& b = book.provisions[j];
    const std::size_t act_of_a = acts.at(a.act_id);
    const std::size_t act_of_b = acts.at(b.act_id);
    return act_of_a != act_of_b ? act_of_a < act_of_b : is_before(a.article, b.article);
  });
  return out;
}

struct ListOptions {
  std::vector<std::string> of;
  std::string kind;
  bool offences_only = false;
};

base::Result<void> run_list(Context& context, const ListOptions& options) {
  ROG_TRY(const corpus::Corpus* corpus, context.corpus(corpus::Readiness::kToShow));
  const LawBook& book = corpus->book;
  std::vector<std::string> owners;
  for (const std::string& given : options.of) {
    ROG_TRY(const std::string id, owner_id(book, given));
    owners.push_back(id);
  }
  std::optional<ProvisionKind> kind;
  if (!options.kind.empty()) {
    kind = law::from_text<ProvisionKind>(options.kind);
    if (!kind)
      return usage_error(
          fmt::format("`{}` is no kind of provision; the kinds are substantive, inchoate, "
                      "liability, general, procedural, cooperation, basis, ground, clock",
                      options.kind));
  }
  if (owners.empty()) {
    for (const law::Instrument& i : book.instruments) owners.push_back(i.id);
    for (const law::StateLaw& s : book.states) owners.push_back(s.iso3);
  }
  JsonArray provisions;
  JsonArray counts;
  law::Document out;
  out.heading(1, "Law in this corpus");
  std::vector<std::vector<std::string>> overview;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::vector<std::string>> cooperation;
  for (const std::string& owner : owners) {
    const std::size_t substantive = count_articles(book, owner, ProvisionKind::kSubstantive);
    const std::size_t inchoate = count_articles(book, owner, ProvisionKind::kInchoate);
    const law::Instrument* instrument = book.find_instrument(owner);
    const std::string title =
        instrument != nullptr ? instrument->title : book.find_state(owner)->name;
    const std::string status =
        instrument != nullptr ? std::string(to_text(instrument->status)) : "by period";
    std::string reading;
    if (instrument != nullptr && instrument->claimed_offences > 0) {
      reading = fmt::format("{} claimed: {} [{}]", instrument->claimed_offences,
                            instrument->offence_reading.says,
                            to_text(instrument->offence_reading.confidence));
    }
    // What only binds for cooperation stands in the table of cooperation.
    if (substantive + inchoate > 0 || !options.of.empty()) {
      overview.push_back(
          {owner, title, status, std::to_string(substantive), std::to_string(inchoate), reading});
    }
    const RuleCounts rules = count_rules(book, owner);
    const std::string parties = instrument != nullptr ? parties_words(*instrument) : "";
    const std::string instrument_class =
        instrument != nullptr ? std::string(to_text(instrument->instrument_class)) : "national_law";
    if (rules.bases + rules.grounds + rules.clocks > 0 || !parties.empty()) {
      cooperation.push_back({owner, instrument_class, parties, std::to_string(rules.bases),
                             std::to_string(rules.grounds), std::to_string(rules.clocks)});
    }
    counts.push_back(JsonObject{{"owner", owner},
                                {"title", title},
                                {"status", status},
                                {"substantive_articles", substantive},
                                {"inchoate_articles", inchoate},
                                {"offence_articles", substantive + inchoate},
                                {"reading", reading},
                                {"class", instrument_class},
                                {"parties", parties},
                                {"bases", rules.bases},
                                {"grounds", rules.grounds},
                                {"clocks", rules.clocks}});
    for (const law::ProvisionIndex i : by_article(book, owner)) {
      const Provision& p = book.provisions[i];
      if (kind && p.kind != *kind) continue;
      if (options.offences_only && !p.is_offence()) continue;
      provisions.push_back(law::provision_json(book, p));
      rows.push_back({p.id, p.citation.cite, std::string(to_text(p.kind)), p.title,
                      std::string(to_text(p.citation.confidence))});
    }
  }
  out.table({"id", "title", "status", "offences", "inchoate", "reading"}, std::move(overview));
  if (!cooperation.empty()) {
    out.heading(2, "Cooperation");
    out.table({"id", "class", "Parties", "bases", "grounds", "clocks"}, std::move(cooperation));
  }
  if (!options.of.empty() || kind || options.offences_only) {
    out.table({"provision", "cite", "kind", "title", "confidence"}, std::move(rows));
  } else {
    out.paragraph(
        "`law list --of un-ict-2021` names the provisions; `law show un-ict-2021:art-10-1` shows "
        "one. "
        "Offences are counted by article.");
  }
  context.print(JsonObject{{"provisions", std::move(provisions)},
                           {"counts", std::move(counts)},
                           {"corpus_digest", book.digest}},
                out);
  return {};
}

void add_list(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand("list", "instruments, States and their provisions");
  auto options = std::make_shared<ListOptions>();
  command
      ->add_option("--of", options->of,
                   "instrument id or State (alpha-2 or alpha-3); may be repeated")
      ->type_name("ID");
  command->add_option("--kind", options->kind,
                      "substantive, inchoate, liability, general, procedural, cooperation, basis, "
                      "ground or clock");
  command->add_flag("--offences", options->offences_only, "offences only");
  bind(*command, context, [options](Context& c) { return run_list(c, *options); });
}

/// Provisions whose id is near to what was asked for.
std::string suggestions(const LawBook& book, const std::string& id) {
  std::string out;
  int count = 0;
  const std::string tail = id.substr(id.find(':') == std::string::npos ? 0 : id.find(':') + 1);
  for (const Provision& p : book.provisions) {
    if (p.id.find(tail) == std::string::npos || count == 5) continue;
    out += (count++ == 0 ? "; did you mean " : ", ") + p.id;
  }
  return out;
}

base::Result<void> run_show(Context& context, const std::vector<std::string>& ids) {
  corpus::Wanted wanted{.has_requests = false, .has_mappings = false};
  for (const std::string& id : ids) wanted.owners.push_back(id.substr(0, id.find(':')));
  ROG_TRY(const corpus::Corpus* corpus, context.corpus_for(wanted, corpus::Readiness::kToShow));
  const LawBook& book = corpus->book;
  JsonArray provisions;
  law::Document out;
  for (const std::string& id : ids) {
    const Provision* provision = find_provision(book, id);
    if (provision == nullptr) {
      ROG_TRY(const corpus::Corpus* whole, context.corpus(corpus::Readiness::kToShow));
      return not_found(fmt::format("no provision `{}`{}", id, suggestions(whole->book, id)));
    }
    provisions.push_back(law::provision_full_json(book, *provision));
    law::write_provision(book, *provision, out);
  }
  context.print(JsonObject{{"provisions", std::move(provisions)}, {"corpus_digest", book.digest}},
                out);
  return {};
}

void add_show(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "show", "one provision, element by element, with citations and confidence");
  auto ids = std::make_shared<std::vector<std::string>>();
  command->add_option("PROVISION", *ids, "id such as budapest-2001:art-2 or PHL:ra-8792-s33-a")
      ->required();
  bind(*command, context, [ids](Context& c) { return run_show(c, *ids); });
}

struct CompareOptions {
  std::string from;
  std::string to;
  bool with_paragraphs = false;
};

base::Result<void> run_compare(Context& context, const CompareOptions& options) {
  ROG_TRY(const corpus::Corpus* corpus, context.corpus());
  const LawBook& book = corpus->book;
  ROG_TRY(const law::Instrument* from, instrument_of(book, options.from));
  ROG_TRY(const law::Instrument* to, instrument_of(book, options.to));
  const auto comparison = law::compare(book, from->id, to->id);
  JsonArray relations;
  JsonArray articles;
  for (const auto& r : comparison.paragraphs) relations.push_back(law::relation_json(book, r));
  for (const auto& r : comparison.articles)
    articles.push_back(law::article_relation_json(book, from->id, to->id, r));
  law::Document out;
  law::write_comparison(book, from->id, to->id, comparison, options.with_paragraphs, out);
  context.print(JsonObject{{"from", from->id},
                           {"to", to->id},
                           {"relations", std::move(relations)},
                           {"articles", std::move(articles)},
                           {"corpus_digest", book.digest}},
                out);
  return {};
}

void add_compare(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "compare", "how the offences of two instruments relate, with a conduct each way");
  auto options = std::make_shared<CompareOptions>();
  command->add_option("FROM", options->from, "instrument id")->required();
  command->add_option("TO", options->to, "instrument id")->required();
  command->add_flag("--paragraphs", options->with_paragraphs, "also pair by pair of paragraphs");
  bind(*command, context, [options](Context& c) { return run_compare(c, *options); });
}

struct CoverOptions {
  std::string instrument;
  std::string state;
  std::string on;
};

base::Result<void> run_cover(Context& context, const CoverOptions& options) {
  ROG_TRY(const corpus::Corpus* corpus, context.corpus());
  const LawBook& book = corpus->book;
  ROG_TRY(const law::Instrument* instrument, instrument_of(book, options.instrument));
  ROG_TRY(const law::StateLaw* state, state_law_of(book, options.state));
  ROG_TRY(const auto on, parse_date_option(options.on, "--on"));
  if (!on) return usage_error("--on is needed: the day whose law is asked about");
  const auto answers = law::cover(book, *instrument, *state, *on);
  JsonArray list;
  for (const auto& a : answers) list.push_back(law::cover_json(book, a));
  law::Document out;
  out.heading(1, fmt::format("{}: what the law of {} reaches on {}", instrument->title, state->name,
                             on->to_string()));
  out.paragraph(instrument->banner);
  out.paragraph(fmt::format("The law of {} here was {}.", state->name, law::kNotReviewed));
  law::write_cover(book, answers, out);
  context.print(JsonObject{{"instrument", instrument->id},
                           {"state", state->iso3},
                           {"on", on->to_string()},
                           {"banner", instrument->banner},
                           {"note", std::string(law::kNotReviewed)},
                           {"answers", std::move(list)},
                           {"corpus_digest", book.digest}},
                out);
  return {};
}

void add_cover(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand("cover",
                                     "what an instrument requires against a State's law: covered "
                                     "by which provisions, or a gap with a story");
  auto options = std::make_shared<CoverOptions>();
  command->add_option("INSTRUMENT", options->instrument, "instrument id")->required();
  command->add_option("--state", options->state, "State, alpha-2 or alpha-3")->required();
  command->add_option("--on", options->on, "day whose law is asked about")
      ->type_name("DATE")
      ->required();
  bind(*command, context, [options](Context& c) { return run_cover(c, *options); });
}

}  // namespace

void add_law_commands(CLI::App& app, Context& context) {
  // Before the commands are added: they take it over.
  app.footer(
      "Nothing here is a judgment: answers are assessments of conduct as alleged, with citations "
      "and with how sure\n"
      "each fact of law is (found, derived, recalled). Exit codes: 0 answered, 1 a check "
      "found\n"
      "something missing or wrong, 2 usage, 3 bad input, 4 lint, 5 not found, 6 i/o, 7 limit, "
      "8 unsupported,\n"
      "9 facts contradict each other or a file is there already, 10 refused by a rule, 70 "
      "internal.");
  auto* law = app.add_subcommand("law",
                                 "the law engine: offences, dual criminality, comparison, "
                                 "coverage, legal bases, grounds, clocks");
  law->require_subcommand(1);
  add_list(*law, context);
  add_show(*law, context);
  add_compare(*law, context);
  add_cover(*law, context);
  add_lint_command(*law, context);
  add_conduct_commands(*law, app, context);
  add_basis_command(*law, context);
  add_cooperation_commands(*law, context);
}

}  // namespace rogatory::app
