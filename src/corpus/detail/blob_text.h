// SPDX-License-Identifier: EUPL-1.2
//
// The bytes of a blob with the place of each file in them. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "corpus/corpus_file.h"

namespace rogatory::corpus::detail {

struct BlobPiece {
  std::size_t begin = 0;
  std::size_t size = 0;
};

struct BlobText {
  std::string bytes;
  std::vector<BlobPiece> pieces;  ///< one for each file, in the order given
};

/// The canonical JSON of corpus/compile.h, put together file by file.
BlobText blob_text(std::span<const CorpusFile> files);

}  // namespace rogatory::corpus::detail
