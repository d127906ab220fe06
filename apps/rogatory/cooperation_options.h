// SPDX-License-Identifier: EUPL-1.2
// What the commands on cooperation share: the two States, the kind, the day, and the facts.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "conduct/conduct.h"
#include "corpus/compile.h"
#include "law/document.h"
#include "law/fact.h"
#include "rogatory/context.h"

namespace rogatory::app {

struct PairOptions {
  std::string requesting;
  std::string requested;
  std::string kind;
  std::string on;
};

/// `--requesting`, `--requested`, `--on`, and `--for` unless `kind` is set already.
void add_pair_options(CLI::App& command, PairOptions& options);

/// kInvalidArgument, naming the option, where a State or the kind is missing.
base::Result<void> check_given(const PairOptions& pair);

struct FactOptions {
  std::string conduct;
  std::string record;
  std::string count;
  std::vector<std::string> facts;
};

/// `--conduct`, `--record`, `--count` and `--fact`.
void add_fact_options(CLI::App& command, FactOptions& options);

/// The facts of one count with the circumstances stated on the command line.
struct StatedFacts {
  std::string count;  ///< empty without a conduct
  std::string title;
  std::vector<law::Fact> facts;
  law::ConductDates dates;
};

/// The facts by count of the conduct; one entry without a conduct file. Facts of `--fact` replace
/// what the conduct says otherwise. Errors: those of the reader; kInvalidArgument for a fact that
/// is none; kNotFound for an unknown count.
base::Result<std::vector<StatedFacts>> read_facts(const FactOptions& options,
                                                  const corpus::Corpus& corpus);

/// The day of `--on`, or today. The only clock of these commands.
base::Result<base::Date> day_or_today(const std::string& text);

}  // namespace rogatory::app
