// SPDX-License-Identifier: EUPL-1.2
// Reading an incident from a file in any of the formats the program knows.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "conduct/conduct.h"
#include "corpus/compile.h"

namespace rogatory::app {

/// The most records of one file, and counts of one conduct, that a report covers; a larger file
/// needs `--record` or `--count`.
inline constexpr std::size_t kMaxReportedRecords = 100;

struct Incident {
  conduct::Conduct conduct;
  std::string format;              ///< published name, such as `veris`
  std::vector<std::string> notes;  ///< what was left aside, for the officer
};

/// Reads `path` (`-`: standard input), finds out its format and imports it with the corpus's
/// mappings. A file of several records becomes one conduct whose counts carry the record's id;
/// `record` picks one. Errors carry the place in the file.
base::Result<Incident> read_incident(const std::string& path, const std::string& record,
                                     const corpus::Corpus& corpus);

/// Changes facts in every count: `TERM=true|false|unknown`, TERM with a scope prefix such as
/// `intended:`. A fact that says otherwise is left out. Gives a line on each change that says so
/// and names what was left out: a report must not pass a supposition off as an allegation. Errors:
/// kInvalidArgument for an unknown term or value.
base::Result<std::vector<std::string>> apply_what_if(conduct::Conduct& conduct,
                                                     const std::vector<std::string>& changes,
                                                     const law::LawBook& book);

/// The same for what the officer states with `--fact`; amounts as `qty.remaining_months=6`.
base::Result<std::vector<std::string>> state_facts(conduct::Conduct& conduct,
                                                   const std::vector<std::string>& facts,
                                                   const law::LawBook& book);

}  // namespace rogatory::app
