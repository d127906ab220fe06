// SPDX-License-Identifier: EUPL-1.2
//
// The right edge of a tiled tree: what is not in full tiles yet, one row of hashes per level. It is
// all that growing the tree needs. Pure; not for two threads at once.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "tlog/merkle_proof.h"
#include "tlog/tile.h"

namespace rogatory::storage::detail {

/// Takes one file of the log.
using TileSink =
    std::function<base::Result<void>(const tlog::TileId& id, std::span<const std::byte> bytes)>;

class TreeEdge final {
 public:
  /// The edge of the tree of `size` leaves, read from its partial tiles and bundle (`read_bundle`
  /// gives at least as many entries as the width asked for). kLint when they do not have that root,
  /// or the entries not those hashes; errors of the readers.
  using BundleReader = std::function<base::Result<std::vector<std::byte>>(tlog::TileId& id)>;
  static base::Result<TreeEdge> load(const tlog::TreeHead& head, const tlog::TileReader& read_tile,
                                     const BundleReader& read_bundle);

  /// Appends an entry; tiles and the bundle that become full go to `sink`. Errors of the sink.
  base::Result<void> append(std::span<const std::byte> entry, const tlog::Hash& leaf,
                            const TileSink& sink);

  /// Gives the partial tiles and bundle that a tree of `old_size` had not.
  base::Result<void> write_partials(std::uint64_t old_size, const TileSink& sink) const;

  std::uint64_t size() const { return size_; }
  tlog::Hash root() const;

 private:
  base::Result<void> push(std::size_t level, const tlog::Hash& hash, const TileSink& sink);
  base::Result<void> load_bundle(const BundleReader& read);

  std::uint64_t size_ = 0;
  std::vector<std::vector<tlog::Hash>> rows_;
  std::vector<std::byte> bundle_;
};

}  // namespace rogatory::storage::detail
