// SPDX-License-Identifier: EUPL-1.2
//
// The one program of an authority. This file only composes: flags in, rooms wired, exit code out.
// Exit codes are those of base/error.h.

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <memory>

#include "base/error.h"
#include "rogatory/context.h"

namespace {

int run(int argc, char** argv) {
  CLI::App app{"The cooperation system of the cybercrime conventions.", "rogatory"};
  app.set_version_flag("--version", "rogatory " ROGATORY_VERSION);
  app.require_subcommand(0, 1);
  // Law that was loaded ends with the process: taking it apart piece by piece tells nobody
  // anything.
  static rogatory::app::Context& context = *std::make_unique<rogatory::app::Context>().release();
  context.arguments = argv;
  rogatory::app::add_law_commands(app, context);
  rogatory::app::add_request_commands(app, context);
  rogatory::app::add_evidence_commands(app, context);
  rogatory::app::add_log_commands(app, context);
  rogatory::app::add_package_commands(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool is_help_or_version = app.exit(error) == 0;
    return is_help_or_version
               ? 0
               : rogatory::base::exit_code(rogatory::base::ErrorCode::kInvalidArgument);
  }
  if (app.get_subcommands().empty()) {
    std::fputs(app.help().c_str(), stderr);
    return rogatory::base::exit_code(rogatory::base::ErrorCode::kInvalidArgument);
  }
  return context.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "rogatory: %s (internal)\n", error.what());
  } catch (...) {
    std::fputs("rogatory: unknown failure (internal)\n", stderr);
  }
  return rogatory::base::exit_code(rogatory::base::ErrorCode::kInternal);
}
