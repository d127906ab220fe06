// SPDX-License-Identifier: EUPL-1.2

#include "crypto/byte_stream.h"

#include <algorithm>

namespace rogatory::crypto {

base::Result<std::size_t> MemorySource::read(std::span<std::byte> out) {
  const std::size_t size = std::min(out.size(), rest_.size());
  std::copy_n(rest_.begin(), size, out.begin());
  rest_ = rest_.subspan(size);
  return size;
}

base::Result<void> MemorySink::write(ByteView bytes) {
  if (bytes.size() > max_bytes_ - bytes_.size()) {
    return base::Error{.code = base::ErrorCode::kLimit,
                       .message = "more bytes than memory was set aside for"};
  }
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  return {};
}

base::Result<std::size_t> read_fully(ByteSource& source, std::span<std::byte> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    ROG_TRY(const std::size_t size, source.read(out.subspan(filled)));
    if (size == 0) break;
    filled += size;
  }
  return filled;
}

}  // namespace rogatory::crypto
