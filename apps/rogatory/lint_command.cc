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
  bool is_summary = false;
  bool is_quick = false;
};

base::Result<std::vector<corpus::LintFinding>> findings_of(const std::string& folder,
                                                           bool with_meaning) {
  ROG_TRY(const auto schemas, corpus::SchemaSet::make(corpus::embedded_schemas()));
  ROG_TRY(const auto files, corpus::read_folder(folder, schemas));
  return corpus::lint(files, {.with_meaning = with_meaning});
}

void write_counts(std::string_view of, std::span<const corpus::Coverage> list, law::Document& out) {
  std::vector<std::vector<std::string>> rows;
  corpus::Coverage all;
  for (const corpus::Coverage& c : list) {
    rows.push_back(
        {c.file, std::to_string(c.found), std::to_string(c.derived), std::to_string(c.recalled)});
    all.found += c.found;
    all.derived += c.derived;
    all.recalled += c.recalled;
  }
  rows.push_back({"all", std::to_string(all.found), std::to_string(all.derived),
                  std::to_string(all.recalled)});
  out.table({std::string(of), "found", "derived", "recalled"}, std::move(rows));
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
  } else if (!options.with_report && !options.is_summary) {
    return usage_error(
        "--corpus DIR is needed: the corpus inside the program was linted when it was built (or "
        "use --report)");
  }
  if (options.with_report || options.is_summary) {
    ROG_TRY(const corpus::Corpus* corpus, context.corpus());
    base::JsonObject requests = corpus->request_kinds;
    requests["contents"] = corpus->request_contents;
    auto files = corpus::count_coverage(corpus->book, requests);
    for (auto& entry : corpus::count_foundations(corpus->book, corpus->mappings)) {
      files.push_back(std::move(entry));
    }
    std::ranges::sort(files, {}, &corpus::Coverage::file);
    const auto subjects = corpus::count_by_subject(corpus->book, requests);
    json["report"] = corpus::coverage_json(files, subjects);
    if (!options.is_summary) write_counts("file", files, out);
    write_counts("subject", subjects, out);
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
                    "statements found, derived and recalled, by file and by subject");
  command->add_flag("--summary", options->is_summary,
                    "the report by subject alone; JSON has both all the same");
  command->add_flag("--quick", options->is_quick,
                    "leave out what needs the solver (dead elements, unreachable branches)");
  bind(*command, context, [options](Context& c) { return run_lint(c, *options); });
}

}  // namespace rogatory::app
