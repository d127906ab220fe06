// SPDX-License-Identifier: EUPL-1.2
// `rogatory law dual`, and the same as a part of `rogatory assess`.
#pragma once

#include <string>

#include "law/entail.h"
#include "rogatory/conduct_input.h"

namespace rogatory::app {

struct DualOptions {
  ConductOptions conduct;
  std::string requesting;
  std::string requested;
  std::string on;
  std::string warrant;
  std::string decision;
  std::string offence;
};

/// The States, the days of the request and the warrant.
void add_dual_options(CLI::App& command, DualOptions& options);
base::Result<law::DualQuestion> dual_question(const law::LawBook& book, const DualOptions& options);

/// The answer for one count, written to `out` as well.
base::Result<base::JsonObject> dual_of_count(const law::LawBook& book, const conduct::Count& count,
                                             const law::DualQuestion& asked, law::Document& out);

/// The days of the request, as given.
base::Json dates_json(const law::DualQuestion& question);

/// The verdict over all counts: the same in all, or undetermined.
std::string overall(const base::JsonArray& counts);

void add_dual(CLI::App& law, Context& context);

}  // namespace rogatory::app
