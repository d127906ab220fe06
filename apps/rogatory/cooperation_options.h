// SPDX-License-Identifier: EUPL-1.2
// What the commands on cooperation share: the two States, the kind, the day, and the facts.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "conduct/conduct.h"
#include "corpus/compile.h"
#include "law/document.h"
#include "law/fact.h"
#include "rogatory/case_input.h"
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
  std::string case_file;
  std::string record;
  std::string count;
  std::vector<std::string> facts;
};

/// `--case`, `--conduct`, `--record`, `--count` and `--fact`.
void add_fact_options(CLI::App& command, FactOptions& options);

/// The facts of one count with the circumstances stated on the command line.
struct StatedFacts {
  std::string count;  ///< empty without a conduct
  std::string title;
  std::vector<law::Fact> facts;
  law::ConductDates dates;
};

/// A question as it stands on the command line and in the case file, with the law it concerns.
struct Inquiry {
  const corpus::Corpus* corpus = nullptr;
  PairOptions pair;  ///< what the command line leaves out is that of the case
  base::Date on;
  conduct::Conduct conduct;  ///< without the facts of `--fact`; one count without a conduct file
  std::string count;         ///< the only count asked of
  std::vector<std::string> stated;    ///< the facts of `--fact`
  std::vector<std::string> offences;  ///< encoded provisions that the case alleges
};

/// Reads files and law. `more` names further provisions whose law is needed, by id. Errors: those
/// of check_given and of the readers; kInvalidArgument for a case beside a conduct.
base::Result<Inquiry> read_inquiry(Context& context, PairOptions pair, const FactOptions& facts,
                                   const std::vector<std::string>& more = {});

/// Do both name one State or territory, by code or by name?
bool is_one_side(const law::LawBook& book, const std::string& a, const std::string& b);

/// The conduct alone, of a case or of a file; the States stay open.
base::Result<Inquiry> read_conduct(const corpus::Corpus& corpus, const FactOptions& facts,
                                   const std::optional<InputDocument>& input);

struct CountedFacts {
  std::vector<StatedFacts> counts;
  std::vector<std::string> lines;  ///< one for each stated fact: what had to be left out for it
};

/// The facts by count of the conduct, with `stated` in place of what it says otherwise. Errors:
/// kInvalidArgument for a fact that is none; kNotFound for an unknown count.
base::Result<CountedFacts> facts_by_count(const Inquiry& inquiry,
                                          const std::vector<std::string>& stated);

/// Answers for one count: the answer as JSON, and in `out` as text.
using AnswerCount =
    std::function<base::Result<base::JsonObject>(const StatedFacts&, law::Document& out)>;

/// Puts the question for each count and prints the answers: that of the first count, with all of
/// them under `counts` where there are several. Of each fact of `--fact` it says what had to be
/// left out for it, and whether the answer would be another one without it. `last`, where given,
/// writes what stands after the counts.
base::Result<void> answer_inquiry(Context& context, const Inquiry& inquiry,
                                  const AnswerCount& answer,
                                  const std::function<void(law::Document&)>& last = {});

/// The day of `--on`, or today. The only clock of these commands.
base::Result<base::Date> day_or_today(const std::string& text);

}  // namespace rogatory::app
