// SPDX-License-Identifier: EUPL-1.2
#include "storage/detail/tile_rows.h"

#include "crypto/hash_tree.h"

namespace rogatory::storage::detail {
namespace {

constexpr std::string_view kLoad = "SELECT hashes FROM tiles WHERE level = $1 AND tile_index = $2";
constexpr std::string_view kSave =
    "INSERT INTO tiles (level, tile_index, hashes) VALUES ($1, $2, $3) "
    "ON CONFLICT (level, tile_index) DO UPDATE SET hashes = excluded.hashes";

}  // namespace

base::Result<std::vector<tlog::Hash>> load_tile(Database& database, int level,
                                                std::uint64_t index) {
  ROG_TRY(const std::optional<Bytes> bytes,
          database.query_bytes(kLoad, {std::int64_t{level}, static_cast<std::int64_t>(index)}));
  if (!bytes || bytes->empty()) return std::vector<tlog::Hash>();
  const auto width = static_cast<std::uint32_t>(bytes->size() / sizeof(tlog::Hash::bytes));
  return tlog::parse_tile({.level = level, .index = index, .width = width}, *bytes);
}

tlog::TileReader make_tile_reader(Database& database) {
  return [&database](const tlog::TileId& id) -> base::Result<std::vector<tlog::Hash>> {
    ROG_TRY(std::vector<tlog::Hash> hashes, load_tile(database, id.level, id.index));
    if (hashes.size() >= id.width) return hashes;
    return base::Error{.code = base::ErrorCode::kNotFound,
                       .message = "the database lacks the tile " + id.path(),
                       .context = {},
                       .place = {}};
  };
}

base::Result<void> TileRows::push(const tlog::Hash& leaf) {
  tlog::Hash hash = leaf;
  std::uint64_t position = size_++;
  for (int level = 0;; ++level) {
    const Place place{level, position / tlog::kTileWidth};
    auto found = changed_.find(place);
    if (found == changed_.end()) {
      ROG_TRY(std::vector<tlog::Hash> hashes, load_tile(database_, level, place.second));
      if (hashes.size() < position % tlog::kTileWidth) {
        return base::Error{.code = base::ErrorCode::kLint,
                           .message = "the database lacks a part of the tree before leaf " +
                                      std::to_string(size_ - 1),
                           .context = {},
                           .place = {}};
      }
      hashes.resize(position % tlog::kTileWidth);
      found = changed_.emplace(place, std::move(hashes)).first;
    }
    found->second.push_back(hash);
    if (found->second.size() < tlog::kTileWidth) return {};
    hash = crypto::tree_root(found->second);
    position /= tlog::kTileWidth;
  }
}

base::Result<void> TileRows::save() {
  for (const auto& [place, hashes] : changed_) {
    const std::vector<std::byte> bytes = tlog::write_tile(hashes);
    ROG_CHECKED(
        database_.run(kSave, {std::int64_t{place.first}, static_cast<std::int64_t>(place.second),
                              std::span<const std::byte>(bytes)}));
  }
  changed_.clear();
  return {};
}

}  // namespace rogatory::storage::detail
