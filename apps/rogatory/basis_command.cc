// SPDX-License-Identifier: EUPL-1.2
// `rogatory law basis`: on which treaty, or law, one State can ask another.
#include <fmt/format.h>

#include "law/basis.h"
#include "law/basis_table.h"
#include "law/report_cooperation.h"
#include "rogatory/context.h"
#include "rogatory/cooperation_options.h"

namespace rogatory::app {
namespace {

using base::JsonObject;

struct BasisOptions {
  PairOptions pair;
  FactOptions facts;
  bool is_all = false;
  bool is_csv = false;
};

/// Is anything said of one question?
bool is_about_one(const PairOptions& pair, const FactOptions& facts) {
  return !pair.requesting.empty() || !pair.requested.empty() || !pair.kind.empty() ||
         !facts.case_file.empty() || !facts.conduct.empty() || !facts.record.empty() ||
         !facts.count.empty() || !facts.facts.empty();
}

/// The whole table, as CSV or in figures.
base::Result<void> run_table(Context& context, const BasisOptions& options) {
  if (is_about_one(options.pair, options.facts)) {
    return usage_error(
        "--all is about every pair of States and every kind, without facts: give it alone, or "
        "with --on and --csv");
  }
  ROG_TRY(const corpus::Corpus* corpus, context.corpus());
  ROG_TRY(const base::Date on, day_or_today(options.pair.on));
  const auto table = law::BasisTable::make(corpus->book, on);
  if (options.is_csv) {
    context.print_text(table.to_csv(corpus->book));
    return {};
  }
  law::Document out;
  JsonObject json = law::basis_table_json(table);
  json["corpus_digest"] = corpus->book.digest;
  law::write_basis_table(table, out);
  context.print(json, out);
  return {};
}

base::Result<void> run_basis(Context& context, const BasisOptions& options) {
  if (options.is_all) return run_table(context, options);
  if (options.is_csv) return usage_error("--csv goes with --all");
  ROG_TRY(const Inquiry inquiry, read_inquiry(context, options.pair, options.facts));
  const law::LawBook& book = inquiry.corpus->book;
  return answer_inquiry(
      context, inquiry,
      [&](const StatedFacts& stated, law::Document& out) -> base::Result<JsonObject> {
        ROG_TRY(const auto answer, law::find_bases(book, {.requesting = inquiry.pair.requesting,
                                                          .requested = inquiry.pair.requested,
                                                          .kind = inquiry.pair.kind,
                                                          .on = inquiry.on,
                                                          .facts = stated.facts}));
        law::write_bases(book, answer, out);
        return law::basis_json(book, answer);
      });
}

}  // namespace

void add_basis_command(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "basis",
      "on which treaty or law one State can ask another, ranked, and why others do not serve");
  auto options = std::make_shared<BasisOptions>();
  add_pair_options(*command, options->pair);
  add_fact_options(*command, options->facts);
  command->add_flag("--all", options->is_all,
                    "every ordered pair of States and every kind: how many have a known basis");
  command->add_flag("--csv", options->is_csv, "with --all: the whole table as CSV");
  command->footer(
      "Examples:\n"
      "  rogatory law basis --requesting FR --requested BR --for stored_content --on 2026-05-01\n"
      "  rogatory law basis --requesting US --requested PH --for extradition \\\n"
      "      --conduct examples/love-bug-2000.yaml --fact req.offence.transnational=true\n"
      "  rogatory law basis --case examples/cases/preservation-worm.yaml --for preservation\n"
      "  rogatory law basis --all --csv --on 2026-05-01 > bases.csv\n"
      "A basis serves where it binds both on that day. Its conditions are met, failed or open; an "
      "open "
      "one\nneeds a fact. `none_known` says what the corpus does not know, never that there is no "
      "way.");
  bind(*command, context, [options](Context& c) { return run_basis(c, *options); });
}

}  // namespace rogatory::app
