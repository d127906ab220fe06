// SPDX-License-Identifier: EUPL-1.2
//
// The tree in the table of tiles, grown leaf by leaf within a transaction of the caller.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "storage/database.h"
#include "tlog/merkle_proof.h"
#include "tlog/tile.h"

namespace rogatory::storage::detail {

/// Hashes of the widest tile stored at a place; none when there is no row.
base::Result<std::vector<tlog::Hash>> load_tile(Database& database, int level, std::uint64_t index);

/// Reads nodes from the table.
tlog::TileReader make_tile_reader(Database& database);

/// Appends leaves to a tree of `size` and writes the rows that changed at save().
class TileRows final {
 public:
  TileRows(Database& database, std::uint64_t size) : database_(database), size_(size) {}

  base::Result<void> push(const tlog::Hash& leaf);
  base::Result<void> save();
  std::uint64_t size() const { return size_; }

 private:
  using Place = std::pair<int, std::uint64_t>;

  Database& database_;
  std::uint64_t size_;
  std::map<Place, std::vector<tlog::Hash>> changed_;
};

}  // namespace rogatory::storage::detail
