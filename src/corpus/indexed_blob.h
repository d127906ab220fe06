// SPDX-License-Identifier: EUPL-1.2
//
// A blob as a program carries it. Borrows; any thread.
#pragma once

#include <string_view>

namespace rogatory::corpus {

/// A blob that was checked when the program was built, with its index (corpus/blob_index.h) and its
/// SHA-256 in hexadecimal.
struct IndexedBlob {
  std::string_view bytes;
  std::string_view index;
  std::string_view digest;
};

}  // namespace rogatory::corpus
