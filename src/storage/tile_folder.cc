// SPDX-License-Identifier: EUPL-1.2

#include "storage/tile_folder.h"

#include "tlog/note.h"

namespace rogatory::storage {

using base::ErrorCode;
using base::Result;
using tlog::TileId;

namespace {

constexpr std::size_t kMaxTileBytes = std::size_t{tlog::kTileWidth} * 32;

TileId tile_of_entry(std::uint64_t index, std::uint64_t size) {
  TileId id{.is_entries = true, .level = 0, .index = index / tlog::kTileWidth};
  if (id.index == size / tlog::kTileWidth) {
    id.width = static_cast<std::uint32_t>(size % tlog::kTileWidth);
  }
  return id;
}

}  // namespace

Result<std::vector<std::byte>> TileFolder::read_widest(TileId& id) const {
  const std::size_t max_bytes = id.is_entries ? tlog::kMaxBundleBytes : kMaxTileBytes;
  auto bytes = files_->read(folder_ / id.path(), max_bytes);
  if (bytes.ok() || id.is_full() || bytes.error().code != ErrorCode::kNotFound) return bytes;
  // A partial file may go once the full one is there (C2SP tlog-tiles, Partial Tiles).
  TileId full = id;
  full.width = tlog::kTileWidth;
  auto full_bytes = files_->read(folder_ / full.path(), max_bytes);
  if (!full_bytes.ok()) return bytes;
  id = full;
  return full_bytes;
}

Result<std::vector<tlog::Hash>> TileFolder::read_tile(const TileId& id) const {
  TileId found = id;
  ROG_TRY(const std::vector<std::byte> bytes, read_widest(found));
  return tlog::parse_tile(found, bytes);
}

Result<std::vector<std::byte>> TileFolder::read_bundle(TileId& id) const {
  return read_widest(id);
}

Result<std::vector<std::byte>> TileFolder::read_entry(std::uint64_t index,
                                                      std::uint64_t size) const {
  if (index >= size) {
    return base::Error{.code = ErrorCode::kInvalidArgument,
                       .message = "there is no entry " + std::to_string(index) + " in a tree of " +
                                  std::to_string(size),
                       .context = {},
                       .place = {}};
  }
  TileId id = tile_of_entry(index, size);
  ROG_TRY(const std::vector<std::byte> bytes, read_bundle(id));
  ROG_TRY(const auto entries, tlog::parse_bundle(id, bytes));
  const auto entry = entries[index % tlog::kTileWidth];
  return std::vector<std::byte>(entry.begin(), entry.end());
}

Result<std::string> TileFolder::read_checkpoint() const {
  ROG_TRY(const std::vector<std::byte> bytes,
          files_->read(folder_ / "checkpoint", tlog::kMaxNoteBytes));
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

tlog::NodeReader TileFolder::nodes(std::uint64_t size) const {
  return tlog::make_node_reader(size, [this](const TileId& id) { return read_tile(id); });
}

}  // namespace rogatory::storage
