// SPDX-License-Identifier: EUPL-1.2
// What every command shares: the corpus (embedded, or --corpus DIR), the form of output, and how
// errors end the program.
#pragma once

#include <CLI/CLI.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "corpus/compile.h"
#include "law/document.h"

namespace rogatory::app {

/// Exit code of a check that found something missing or in the way.
inline constexpr int kIncomplete = 1;

struct OutputOptions {
  bool is_json = false;
  bool is_markdown = false;
};

class Context {
 public:
  std::string corpus_folder;  ///< empty: the corpus inside the program
  OutputOptions output;
  char* const* arguments = nullptr;  ///< as the program was called, ended by a null pointer
  int exit_code = 0;                 ///< of the command that ran

  /// Loads the whole corpus.
  base::Result<const corpus::Corpus*> corpus(
      corpus::Readiness readiness = corpus::Readiness::kToApply);

  /// Loads what is wanted of the corpus inside the program; a folder is always loaded whole. Lives
  /// as long as the context.
  base::Result<const corpus::Corpus*> corpus_for(
      const corpus::Wanted& wanted, corpus::Readiness readiness = corpus::Readiness::kToApply);

  /// Prints one answer in the form asked for.
  void print(const base::Json& json, const law::Document& document) const;
  void print_json(const base::Json& json) const;
  /// Text as it is, such as CSV.
  void print_text(const std::string& text) const;

  [[nodiscard]] std::string corpus_name() const;

 private:
  std::deque<corpus::Corpus> loaded_;
};

/// Adds --json, --markdown and --corpus to a command, and runs `body` when the command is given. An
/// error is printed with its place (as JSON with --json) and becomes the exit code of base/error.h.
void bind(CLI::App& command, Context& context, std::function<base::Result<void>(Context&)> body);

/// Reads a date given on the command line; the error names the option.
base::Result<std::optional<base::Date>> parse_date_option(const std::string& text,
                                                          const char* option);

/// An error of the caller, in one line.
base::Error usage_error(std::string message);
base::Error not_found(std::string message);

/// Registers the commands of each room.
void add_law_commands(CLI::App& app, Context& context);
void add_request_commands(CLI::App& app, Context& context);
void add_evidence_commands(CLI::App& app, Context& context);
void add_log_commands(CLI::App& app, Context& context);
void add_log_check_commands(CLI::App& group, Context& context);
void add_package_commands(CLI::App& app, Context& context);
void add_conduct_commands(CLI::App& law, CLI::App& app, Context& context);
void add_lint_command(CLI::App& law, Context& context);
void add_basis_command(CLI::App& law, Context& context);
void add_cooperation_commands(CLI::App& law, Context& context);
void add_competing_command(CLI::App& law, Context& context);

}  // namespace rogatory::app
