// SPDX-License-Identifier: EUPL-1.2
//
// Documents of the corpus into the values of the law engine. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "corpus/corpus_file.h"
#include "law/law_book.h"

namespace rogatory::corpus {

/// What a set of files says. Complete only when there are no faults.
struct Reading {
  law::LawBook book;          ///< not linked, without digest
  base::JsonObject mappings;  ///< the documents of incident formats, by file name without `.yaml`
  base::JsonObject request_kinds;     ///< the documents of kinds of request, by kind
  base::JsonObject request_contents;  ///< `requests/contents.yaml`; empty without it
  base::JsonObject wording;           ///< the document `requests/wording.yaml`; empty without it
  std::vector<base::Error> faults;    ///< kSchema, with file and line
};

/// Reads all files, in the order given. Files of one instrument or State are brought together by
/// its id; `refer` without a prefix means a provision of the same instrument or State; confidence,
/// source, pin and cite are inherited from the node, its ancestors, the provision and the
/// `defaults` of the file. Every place has file and line.
Reading read_files(std::span<const CorpusFile> files);

/// Reads one more file.
void read_more(const CorpusFile& file, Reading& reading);

/// How many provisions stand in the file.
std::size_t count_provisions(const CorpusFile& file);

}  // namespace rogatory::corpus
