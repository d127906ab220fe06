// SPDX-License-Identifier: EUPL-1.2
//
// Reads a whole log and says whether it is what its checkpoint says. Single-threaded.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "storage/tile_folder.h"
#include "tlog/merkle_proof.h"

namespace rogatory::storage {

/// What was read.
struct Audit {
  std::uint64_t entries = 0;
  std::uint64_t bundles = 0;
  std::uint64_t tiles = 0;
};

/// Hashes every entry of the tree of `head.size` leaves, compares every hash of every tile, and the
/// root. Memory: one bundle and one row for each level. kLint with the first file that does not
/// fit; errors of reading.
base::Result<Audit> audit_log(const TileFolder& folder, const tlog::TreeHead& head);

}  // namespace rogatory::storage
