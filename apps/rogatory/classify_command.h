// SPDX-License-Identifier: EUPL-1.2
// `rogatory law classify`, and the same as a part of `rogatory assess`.
#pragma once

#include <string>
#include <vector>

#include "rogatory/conduct_input.h"

namespace rogatory::app {

struct ClassifyOptions {
  ConductOptions conduct;
  std::vector<std::string> under;
  std::vector<std::string> only;
  std::string on;
  bool with_proof = false;
  bool is_brief = false;
};

/// What a conduct is under bodies of law.
struct Classified {
  base::JsonArray assessments;
  base::JsonArray states;
  law::Document out;
};

/// `on`: a State's law of this day instead of the day of the conduct. `is_shown`: on standard
/// error, how far it is.
base::Result<Classified> classify(const Loaded& loaded, const ClassifyOptions& options,
                                  std::optional<base::Date> on, bool is_shown);

void add_classify(CLI::App& law, Context& context);

}  // namespace rogatory::app
