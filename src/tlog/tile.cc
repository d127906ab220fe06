// SPDX-License-Identifier: EUPL-1.2

#include "tlog/tile.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "base/text.h"
#include "crypto/hash_tree.h"
#include "tlog/checkpoint.h"
#include "tlog/detail/refuse.h"

namespace rogatory::tlog {
namespace {

using base::Result;
using detail::malformed;
using Bytes = std::vector<std::byte>;

constexpr std::size_t kHashBytes = 32;
constexpr int kMaxTileLevel = 63;
/// Tiles that a node reader keeps: the path of one leaf of a tree of 2^63 goes through eight.
constexpr std::size_t kKeptTiles = 64;

std::string three_digits(std::uint64_t value) {
  const std::string text = std::to_string(value);
  return std::string(3 - text.size(), '0') + text;
}

/// 1234067 as `x001/x234/067`.
std::string index_path(std::uint64_t index) {
  std::string path = three_digits(index % 1000);
  for (index /= 1000; index > 0; index /= 1000) {
    path = "x" + three_digits(index % 1000) + "/" + path;
  }
  return path;
}

/// The hashes at `level` that a tree of `size` leaves has, each of a complete subtree.
std::uint64_t hashes_at(std::uint64_t size, int level) {
  const int shift = level * kTileHeight;
  return shift >= 64 ? 0 : size >> shift;
}

/// Of one level: the tiles beyond those that `old_count` hashes fill.
void push_level(std::vector<TileId>& tiles, TileId id, std::uint64_t old_count,
                std::uint64_t count) {
  if (count == old_count) return;
  for (id.index = old_count / kTileWidth; id.index < count / kTileWidth; ++id.index) {
    id.width = kTileWidth;
    tiles.push_back(id);
  }
  id.width = static_cast<std::uint32_t>(count % kTileWidth);
  if (id.width != 0) tiles.push_back(id);
}

/// Reads tiles and keeps some. Not for two threads at once.
class NodeSource {
 public:
  NodeSource(std::uint64_t size, TileReader read) : size_(size), read_(std::move(read)) {}

  Result<Hash> operator()(const Node& node) {
    const int tile_level = node.level / kTileHeight;
    const int height = node.level % kTileHeight;
    const std::uint64_t first = node.index << height;
    const std::uint64_t count = std::uint64_t{1} << height;
    const std::uint64_t there = hashes_at(size_, tile_level);
    if (first + count > there) {
      return detail::misuse("the tree has no such complete subtree");
    }
    TileId id{
        .is_entries = false, .level = tile_level, .index = first / kTileWidth, .width = kTileWidth};
    if (id.index == there / kTileWidth) id.width = static_cast<std::uint32_t>(there % kTileWidth);
    ROG_TRY(const std::vector<Hash>* tile, tile_of(id));
    return crypto::tree_root(std::span(*tile).subspan(first % kTileWidth, count));
  }

 private:
  Result<const std::vector<Hash>*> tile_of(const TileId& id) {
    const auto kept = kept_.find(id);
    if (kept != kept_.end()) return &kept->second;
    ROG_TRY(std::vector<Hash> tile, read_(id));
    if (tile.size() < id.width) return malformed("a tile is narrower than was asked for");
    if (kept_.size() >= kKeptTiles) kept_.clear();
    return &kept_.emplace(id, std::move(tile)).first->second;
  }

  std::uint64_t size_;
  TileReader read_;
  std::map<TileId, std::vector<Hash>> kept_;
};

Result<std::uint64_t> parse_index_path(std::span<const std::string_view> parts) {
  std::string digits;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string_view part = parts[i];
    if (i + 1 < parts.size()) {
      if (!part.starts_with('x')) return malformed("the index of a tile lacks an `x`");
      part.remove_prefix(1);
    }
    if (part.size() != 3) return malformed("the index of a tile is not in groups of three digits");
    digits += part;
  }
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return parse_decimal(std::string_view(digits).substr(first), "the index of a tile");
}

Result<int> parse_level(std::string_view text) {
  ROG_TRY(const std::uint64_t level, parse_decimal(text, "the level of a tile"));
  if (level > kMaxTileLevel) return malformed("the level of a tile is above 63");
  return static_cast<int>(level);
}

Result<std::uint32_t> parse_width(std::string_view text) {
  ROG_TRY(const std::uint64_t width, parse_decimal(text, "the width of a tile"));
  if (width == 0 || width >= kTileWidth) {
    return malformed("the width of a partial tile is from 1 to 255");
  }
  return static_cast<std::uint32_t>(width);
}

}  // namespace

std::string TileId::path() const {
  std::string path =
      "tile/" + (is_entries ? "entries" : std::to_string(level)) + "/" + index_path(index);
  if (!is_full()) path += ".p/" + std::to_string(width);
  return path;
}

Result<TileId> TileId::parse_path(std::string_view path) {
  std::vector<std::string_view> parts = base::split(path, '/');
  if (parts.size() < 3 || parts[0] != "tile") return malformed("a tile is at `tile/<L>/<N>`");
  TileId id;
  id.is_entries = parts[1] == "entries";
  if (!id.is_entries) {
    ROG_TRY(id.level, parse_level(parts[1]));
  }
  constexpr std::string_view kPartial = ".p";
  if (parts.size() > 3 && parts[parts.size() - 2].ends_with(kPartial)) {
    ROG_TRY(id.width, parse_width(parts.back()));
    parts.pop_back();
    parts.back().remove_suffix(kPartial.size());
  }
  ROG_TRY(id.index, parse_index_path(std::span(parts).subspan(2)));
  if (id.path() != path) return malformed("the index of a tile is not in its shortest form");
  return id;
}

std::vector<TileId> new_tiles(std::uint64_t old_size, std::uint64_t size) {
  std::vector<TileId> tiles;
  push_level(tiles, {.is_entries = true, .level = 0, .index = 0, .width = 0}, old_size, size);
  for (int level = 0; hashes_at(size, level) > 0; ++level) {
    push_level(tiles, {.is_entries = false, .level = level, .index = 0, .width = 0},
               hashes_at(old_size, level), hashes_at(size, level));
  }
  return tiles;
}

Result<std::vector<Hash>> parse_tile(const TileId& id, std::span<const std::byte> bytes) {
  if (bytes.size() != std::size_t{id.width} * kHashBytes) {
    return malformed("the tile " + id.path() + " has " + std::to_string(bytes.size()) + " bytes");
  }
  std::vector<Hash> hashes(id.width);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const auto part = bytes.subspan(i * kHashBytes, kHashBytes);
    std::copy(part.begin(), part.end(), hashes[i].bytes.begin());
  }
  return hashes;
}

Bytes write_tile(std::span<const Hash> hashes) {
  Bytes bytes;
  bytes.reserve(hashes.size() * kHashBytes);
  for (const Hash& hash : hashes) {
    bytes.insert(bytes.end(), hash.bytes.begin(), hash.bytes.end());
  }
  return bytes;
}

Result<std::vector<std::span<const std::byte>>> parse_bundle(const TileId& id,
                                                             std::span<const std::byte> bytes) {
  std::vector<std::span<const std::byte>> entries;
  while (!bytes.empty()) {
    if (entries.size() == id.width) {
      return malformed("the bundle " + id.path() + " has more entries than its width");
    }
    if (bytes.size() < 2) return malformed("the bundle " + id.path() + " ends within a length");
    const auto size =
        std::to_integer<std::size_t>(bytes[0]) * 256 + std::to_integer<std::size_t>(bytes[1]);
    if (bytes.size() < 2 + size) {
      return malformed("the bundle " + id.path() + " ends within an entry");
    }
    entries.push_back(bytes.subspan(2, size));
    bytes = bytes.subspan(2 + size);
  }
  if (entries.size() != id.width) {
    return malformed("the bundle " + id.path() + " has fewer entries than its width");
  }
  return entries;
}

Result<void> append_to_bundle(std::span<const std::byte> entry, Bytes& bundle) {
  if (entry.size() > kMaxEntryBytes) {
    return detail::too_much("an entry has " + std::to_string(entry.size()) +
                            " bytes, more than 65535");
  }
  bundle.push_back(static_cast<std::byte>(entry.size() >> 8));
  bundle.push_back(static_cast<std::byte>(entry.size()));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
  return {};
}

NodeReader make_node_reader(std::uint64_t size, TileReader read) {
  // std::function copies; the copies share what was read.
  auto source = std::make_shared<NodeSource>(size, std::move(read));
  return [source](const Node& node) { return (*source)(node); };
}

}  // namespace rogatory::tlog
