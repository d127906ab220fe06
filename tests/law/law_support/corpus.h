// SPDX-License-Identifier: EUPL-1.2
//
// The corpus of this tree as the program carries it, and books that differ from it.
// Single-threaded, as tests are.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "conduct/mapping.h"
#include "corpus/compile.h"
#include "corpus/corpus_file.h"
#include "law/law_book.h"

namespace rogatory::test {

/// The corpus inside the program, loaded once; aborts the test program when it does not load.
const corpus::Corpus& the_corpus();
inline const law::LawBook& the_law() {
  return the_corpus().book;
}

/// The mappings of the incident formats of that corpus.
const conduct::Mappings& the_mappings();

/// The files that corpus was compiled from.
std::vector<corpus::CorpusFile> corpus_files();

/// A book made of `files`, changed by `change` before it is linked. Errors: the first fault of
/// reading, or of linking.
base::Result<law::LawBook> make_book(std::span<const corpus::CorpusFile> files,
                                     const std::function<void(law::LawBook&)>& change = {},
                                     const law::LinkOptions& options = {});

/// SHA-256 in hexadecimal, for the loaders of a corpus.
std::string sha256_hex(std::string_view bytes);

/// True when some element of the provision is resolved per pair of States only: no facts make it
/// met.
bool has_open_reference(const law::LawBook& book, law::ProvisionIndex provision);

}  // namespace rogatory::test
