// SPDX-License-Identifier: EUPL-1.2
//
// The file of an item while it is written. One thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.h"
#include "crypto/age.h"
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

}  // namespace rogatory::vault::detail
