// SPDX-License-Identifier: EUPL-1.2
//
// The corpus that was compiled with the program. Link rogatory::corpus_blob.
#pragma once

#include <string_view>

namespace rogatory::corpus {

/// The bytes of the blob (see corpus/compile.h), which live as long as the program.
std::string_view embedded_blob();

}  // namespace rogatory::corpus
