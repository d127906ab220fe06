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

/// Counts of statements by confidence: leaves, exceptions, and the citations of provisions,
/// options, readings, periods, penalties, safeguards, closures.
struct Coverage {
  std::string file;
  std::size_t found = 0;
  std::size_t derived = 0;
  std::size_t recalled = 0;

  bool operator==(const Coverage&) const = default;

  std::size_t total() const { return found + derived + recalled; }
};

/// One entry per file that states law, sorted by path.
std::vector<Coverage> count_coverage(const law::LawBook& book);

/// The same and, beside the law, what it rests on: the entailments of the vocabulary, which follow
/// from what its terms mean and count as derived, and the facts, places and amounts that mappings
/// (by name, as in Corpus::mappings) take from codes.
std::vector<Coverage> count_coverage(const law::LawBook& book, const base::JsonObject& mappings);

/// A table with a line per file and a total.
std::string coverage_text(std::span<const Coverage> coverage);

/// `{"files": [{"file", "found", "derived", "recalled"}], "found", "derived", "recalled"}`.
base::Json coverage_json(std::span<const Coverage> coverage);

}  // namespace rogatory::corpus
