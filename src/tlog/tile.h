// SPDX-License-Identifier: EUPL-1.2
//
// The files of a tiled log: their names and their bytes (C2SP tlog-tiles v0.1.0). Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/merkle_proof.h"

namespace rogatory::tlog {

/// Hashes of a full tile, and entries of a full bundle.
inline constexpr std::uint32_t kTileWidth = 256;
/// Levels of the tree that one tile spans.
inline constexpr int kTileHeight = 8;
/// An entry's length is a 16 bit number.
inline constexpr std::size_t kMaxEntryBytes = 65'535;
/// The largest bundle: 256 entries with their lengths.
inline constexpr std::size_t kMaxBundleBytes = std::size_t{kTileWidth} * (kMaxEntryBytes + 2);

/// One file: a tile of hashes, or a bundle of entries when `is_entries`.
struct TileId {
  bool is_entries = false;
  /// 0 to 63; 0 for entries.
  int level = 0;
  std::uint64_t index = 0;
  /// 1 to 256; 256 is full.
  std::uint32_t width = kTileWidth;

  auto operator<=>(const TileId&) const = default;

  bool is_full() const { return width == kTileWidth; }

  /// `tile/0/x001/x234/067.p/8`, `tile/entries/000`: below the folder of the log.
  std::string path() const;

  /// Reads what path() wrote; kParse for anything else.
  static base::Result<TileId> parse_path(std::string_view path);
};

/// The files that a tree of `size` leaves has and one of `old_size` has not, entries first, lower
/// levels first. With old_size 0: all.
std::vector<TileId> new_tiles(std::uint64_t old_size, std::uint64_t size);

/// The hashes of a tile. kParse when the bytes are not `id.width` hashes.
base::Result<std::vector<Hash>> parse_tile(const TileId& id, std::span<const std::byte> bytes);
std::vector<std::byte> write_tile(std::span<const Hash> hashes);

/// The entries of a bundle, as views into `bytes`. kParse when there are not just `id.width`.
base::Result<std::vector<std::span<const std::byte>>> parse_bundle(
    const TileId& id, std::span<const std::byte> bytes);

/// Appends one entry with its length. kLimit beyond kMaxEntryBytes.
base::Result<void> append_to_bundle(std::span<const std::byte> entry,
                                    std::vector<std::byte>& bundle);

/// Gives the bytes of the tile, or of a wider one of the same level and index; the caller uses the
/// first `width`. kNotFound when there is none.
using TileReader = std::function<base::Result<std::vector<Hash>>(const TileId&)>;

/// Reads nodes of the tree of `size` leaves out of its tiles, of which the last few are kept. The
/// hashes are as good as the tiles are: compare the root.
NodeReader make_node_reader(std::uint64_t size, TileReader read);

}  // namespace rogatory::tlog
