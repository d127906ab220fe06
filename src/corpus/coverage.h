// SPDX-License-Identifier: EUPL-1.2
//
// How much of the corpus was read at its source, file by file. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "law/law_book.h"

namespace rogatory::corpus {

/// Counts of statements by confidence: leaves, exceptions, and the citations of provisions with
/// their parts, safeguards, closures, Parties, States of the world, kinds of request.
struct Coverage {
  std::string file;  ///< or the subject
  std::size_t found = 0;
  std::size_t derived = 0;
  std::size_t recalled = 0;

  bool operator==(const Coverage&) const = default;

  std::size_t total() const { return found + derived + recalled; }
};

/// One entry per file that states law, sorted by path. `request_kinds` are the documents of kinds
/// of request, by kind.
std::vector<Coverage> count_coverage(const law::LawBook& book,
                                     const base::JsonObject& request_kinds);

/// The same statements by what they are about, in this order where there are any: `offences`,
/// `bases`, `grounds`, `clocks`, `other provisions`, `instruments`, `Parties` (signatories and
/// territories too), `statements of Parties`, `States`, `world`, `ranking`, `kinds of request`.
std::vector<Coverage> count_by_subject(const law::LawBook& book,
                                       const base::JsonObject& request_kinds);

/// What the law rests on, by file: the entailments of the vocabulary, and the facts, places and
/// amounts that mappings (by name, as in Corpus::mappings) take from codes.
std::vector<Coverage> count_foundations(const law::LawBook& book, const base::JsonObject& mappings);

/// A table with a line per file and a total.
std::string coverage_text(std::span<const Coverage> coverage);

/// `{"files": [{"file", "found", "derived", "recalled"}], "found", "derived", "recalled"}`, and
/// `"subjects"` like `"files"`, with `subject` in the place of `file`.
base::Json coverage_json(std::span<const Coverage> files, std::span<const Coverage> subjects);

}  // namespace rogatory::corpus
