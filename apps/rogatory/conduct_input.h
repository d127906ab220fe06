// SPDX-License-Identifier: EUPL-1.2
// What every question about one conduct has: its options, the conduct with the law it is held to,
// and how an answer begins.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "base/json.h"
#include "conduct/conduct.h"
#include "corpus/compile.h"
#include "law/report.h"
#include "rogatory/context.h"

namespace rogatory::app {

/// Options that every question about a conduct has.
struct ConductOptions {
  std::string incident;
  std::string record;
  std::string count;
  std::vector<std::string> what_if;
};
void add_conduct_options(CLI::App& command, ConductOptions& options);

struct Loaded {
  const corpus::Corpus* corpus = nullptr;
  conduct::Conduct conduct;
  std::string format;
  std::vector<std::string> notes;
  std::vector<std::string> suppositions;  ///< what `--what-if` changed
};

/// Loads the law of these instruments and States, of all where none is named, and the conduct.
base::Result<Loaded> load(Context& context, const ConductOptions& options,
                          const std::vector<std::string>& owners);

/// The count of that id, or all of them.
std::vector<const conduct::Count*> chosen_counts(const conduct::Conduct& conduct,
                                                 const std::string& id);

void write_head(const Loaded& loaded, law::Document& out);
base::JsonObject head_json(const Loaded& loaded);

}  // namespace rogatory::app
