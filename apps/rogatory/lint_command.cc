// SPDX-License-Identifier: EUPL-1.2
// `rogatory law lint`: what is wrong with a folder of law, and how much of it was read at its
// source.
#include <fmt/format.h>

#include "corpus/coverage.h"
#include "corpus/lint.h"
#include "rogatory/context.h"

namespace rogatory::app {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

struct LintCommandOptions {
  bool with_report = false;
  bool is_quick = false;
};

base::Result<std::vector<corpus::LintFinding>> findings_of(const std::string& folder,
                                                           bool with_meaning) {
  ROG_TRY(const auto schemas, corpus::SchemaSet::make(corpus::embedded_schemas()));
  ROG_TRY(const auto files, corpus::read_folder(folder, schemas));
  return corpus::lint(files, {.with_meaning = with_meaning});
}

base::Result<void> run_lint(Context& context, const LintCommandOptions& options) {
  JsonObject json;
  law::Document out;
  if (!context.corpus_folder.empty()) {
    ROG_TRY(const auto findings, findings_of(context.corpus_folder, !options.is_quick));
    JsonArray list;
    for (const corpus::LintFinding& finding : findings) {
      list.push_back(finding.to_json());
      out.item(finding.to_string());
    }
    json["findings"] = std::move(list);
    out.paragraph(fmt::format("{} findings in {}.", findings.size(), context.corpus_folder));
    if (corpus::has_errors(findings)) {
      context.exit_code = base::exit_code(base::ErrorCode::kLint);
      context.print(std::move(json), out);
      return {};
    }
  } else if (!options.with_report) {
    return usage_error(
        "--corpus DIR is needed: the corpus inside the program was linted when it was built (or "
        "use --report)");
  }
  if (options.with_report) {
    ROG_TRY(const corpus::Corpus* corpus, context.corpus());
    const auto coverage = corpus::count_coverage(corpus->book, corpus->mappings);
    json["report"] = corpus::coverage_json(coverage);
    std::vector<std::vector<std::string>> rows;
    std::size_t found = 0;
    std::size_t derived = 0;
    std::size_t recalled = 0;
    for (const corpus::Coverage& c : coverage) {
      rows.push_back(
          {c.file, std::to_string(c.found), std::to_string(c.derived), std::to_string(c.recalled)});
      found += c.found;
      derived += c.derived;
      recalled += c.recalled;
    }
    rows.push_back(
        {"all", std::to_string(found), std::to_string(derived), std::to_string(recalled)});
    out.table({"file", "found", "derived", "recalled"}, std::move(rows));
  }
  context.print(std::move(json), out);
  return {};
}

}  // namespace

void add_lint_command(CLI::App& law, Context& context) {
  auto* command = law.add_subcommand(
      "lint",
      "faults of a folder of law, each with file and line; --report counts found and recalled");
  auto options = std::make_shared<LintCommandOptions>();
  command->add_flag("--report", options->with_report,
                    "statements found, derived and recalled, per file");
  command->add_flag("--quick", options->is_quick,
                    "leave out what needs the solver (dead elements, unreachable branches)");
  bind(*command, context, [options](Context& c) { return run_lint(c, *options); });
}

}  // namespace rogatory::app
