// SPDX-License-Identifier: EUPL-1.2
//
// The two files of an item while they are written. One thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "base/result.h"
#include "crypto/age.h"
#include "crypto/digest.h"
#include "storage/byte_files.h"

namespace rogatory::vault::detail {

/// The sealed content: written anew, or on top of what an interruption left.
class ItemWriter final {
 public:
  /// kIo; errors of age.h.
  static base::Result<std::unique_ptr<ItemWriter>> start(const std::filesystem::path& path,
                                                         const crypto::SecretBytes& item_key);

  /// kLint when what is there is not what this would write; kIo.
  base::Result<void> write(crypto::ByteView bytes) { return writer_->write(bytes); }
  /// Everything is on the disk afterwards.
  base::Result<void> finish();
  /// Bytes that were there and as they should be.
  std::uint64_t compared_bytes() const { return sink_.compared_bytes(); }

 private:
  explicit ItemWriter(storage::FileSink sink) : sink_(std::move(sink)) {}

  storage::FileSink sink_;
  std::optional<crypto::AgeWriter> writer_;
};

/// The hashes of the chunks, sealed under the item's key too: of a small content they would tell
/// which it is.
class ChunkFile final {
 public:
  static base::Result<std::unique_ptr<ChunkFile>> start(const std::filesystem::path& path,
                                                        const crypto::SecretBytes& item_key);

  base::Result<void> push(std::span<const crypto::Sha256Digest> leaves);
  base::Result<void> finish();

 private:
  explicit ChunkFile(storage::FileSink sink) : sink_(std::move(sink)) {}

  storage::FileSink sink_;
  std::optional<crypto::AgeWriter> writer_;
};

}  // namespace rogatory::vault::detail
