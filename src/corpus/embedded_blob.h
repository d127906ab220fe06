// SPDX-License-Identifier: EUPL-1.2
//
// The corpus that was compiled with the program. Link rogatory::corpus_blob.
#pragma once

#include <string_view>

#include "corpus/indexed_blob.h"

namespace rogatory::corpus {

/// The bytes of the blob (see corpus/compile.h), which live as long as the program.
std::string_view embedded_blob();

/// Its index (see corpus/blob_index.h).
std::string_view embedded_index();

/// Its SHA-256 in hexadecimal, taken when the program was built.
std::string_view embedded_digest();

/// The three of them.
///
///     ROG_TRY(const Corpus corpus, load_part(embedded(), {.owners = {"budapest-2001"}}));
inline IndexedBlob embedded() {
  return {.bytes = embedded_blob(), .index = embedded_index(), .digest = embedded_digest()};
}

}  // namespace rogatory::corpus
