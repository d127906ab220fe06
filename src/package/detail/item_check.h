// SPDX-License-Identifier: EUPL-1.2
//
// The content of an item against its record, with damage located to chunks of 64 KiB.
// Single-threaded.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "crypto/chunk_digest.h"
#include "package/content.h"
#include "package/evidence_bundle.h"

namespace rogatory::package {

/// Chunks `first` to `last`, both included.
struct ChunkRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

/// `chunk 1 (within bytes 65536 to 131071) not as sealed`.
std::string range_text(const ChunkRange& range);

/// The most ranges that are listed.
inline constexpr std::size_t kMaxDamagedRanges = 100;

struct ItemCheck {
  /// Without linear digests when only the tree was asked for.
  crypto::ContentDigests found;
  std::vector<ChunkRange> damaged;
  /// The leaves of the bundle are those of the record, so `damaged` can be relied on.
  bool is_located = false;
};

/// Reads an item of a bundle once. Errors of reading it.
base::Result<ItemCheck> check_item(const std::filesystem::path& folder, const BundleItem& item,
                                   bool only_tree,
                                   const std::function<void(std::size_t)>& progress);

}  // namespace rogatory::package
