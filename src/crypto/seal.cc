// SPDX-License-Identifier: EUPL-1.2

#include "crypto/seal.h"

#include <utility>

namespace rogatory::crypto {

base::Result<ContentDigests> seal_content(ByteSource& source, const SecretBytes& file_key,
                                          std::span<const AgeRecipient> recipients, ByteSink& sink,
                                          ChunkDigester::Options options) {
  ROG_TRY(AgeWriter writer, AgeWriter::start_with_key(file_key, recipients, sink));
  ChunkDigester digester(std::move(options));
  for (;;) {
    const std::span<std::byte> buffer = digester.next_buffer();
    ROG_TRY(const std::size_t size, read_fully(source, buffer));
    ROG_CHECKED(digester.push(size));
    // The buffer is hashed by other threads meanwhile, and stays as it is.
    ROG_CHECKED(writer.write(ByteView(buffer).first(size)));
    if (size < buffer.size()) break;
  }
  ROG_CHECKED(writer.finish());
  return digester.finish();
}

}  // namespace rogatory::crypto
