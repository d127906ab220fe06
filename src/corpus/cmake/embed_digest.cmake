# SPDX-License-Identifier: EUPL-1.2
#
# cmake -DBLOB=<corpus.json> -DOUTPUT=<file.cc> -P embed_digest.cmake
#
# Writes a source file that holds the SHA-256 of the blob.
file(SHA256 "${BLOB}" digest)
file(WRITE "${OUTPUT}" "// SPDX-License-Identifier: EUPL-1.2
// Taken by src/corpus/cmake/embed_digest.cmake. Do not edit.
#include \"corpus/embedded_blob.h\"

namespace rogatory::corpus {

std::string_view embedded_digest() {
  return \"${digest}\";
}

}  // namespace rogatory::corpus
")
