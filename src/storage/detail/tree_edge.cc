// SPDX-License-Identifier: EUPL-1.2

#include "storage/detail/tree_edge.h"

#include <optional>
#include <utility>

#include "crypto/hash_tree.h"

namespace rogatory::storage::detail {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using tlog::Hash;
using tlog::TileId;

Error damaged(std::string message) {
  return {.code = ErrorCode::kLint, .message = std::move(message), .context = {}, .place = {}};
}

std::uint64_t hashes_at(std::uint64_t size, std::size_t level) {
  const std::size_t shift = level * tlog::kTileHeight;
  return shift >= 64 ? 0 : size >> shift;
}

TileId partial_at(std::uint64_t size, std::size_t level, bool is_entries) {
  const std::uint64_t count = hashes_at(size, level);
  return {.is_entries = is_entries,
          .level = static_cast<int>(level),
          .index = count / tlog::kTileWidth,
          .width = static_cast<std::uint32_t>(count % tlog::kTileWidth)};
}

}  // namespace

Result<TreeEdge> TreeEdge::load(const tlog::TreeHead& head, const tlog::TileReader& read_tile,
                                const BundleReader& read_bundle) {
  TreeEdge edge;
  edge.size_ = head.size;
  for (std::size_t level = 0; hashes_at(head.size, level) > 0; ++level) {
    const TileId id = partial_at(head.size, level, /*is_entries=*/false);
    std::vector<Hash> row;
    if (id.width > 0) {
      ROG_TRY(row, read_tile(id));
      row.resize(id.width);
    }
    edge.rows_.push_back(std::move(row));
  }
  ROG_CHECKED(edge.load_bundle(read_bundle));
  if (edge.root() != head.root) return damaged("the tiles do not have the root that was recorded");
  return edge;
}

Result<void> TreeEdge::load_bundle(const BundleReader& read) {
  const TileId wanted = partial_at(size_, 0, /*is_entries=*/true);
  if (wanted.width == 0) return {};
  TileId found = wanted;
  ROG_TRY(const std::vector<std::byte> bytes, read(found));
  ROG_TRY(const auto entries, tlog::parse_bundle(found, bytes));
  for (std::size_t i = 0; i < wanted.width; ++i) {
    if (crypto::leaf_hash(entries[i]) != rows_[0][i]) {
      return damaged("an entry of `" + found.path() + "` has not the hash of its tile");
    }
    ROG_CHECKED(tlog::append_to_bundle(entries[i], bundle_));
  }
  return {};
}

Result<void> TreeEdge::append(std::span<const std::byte> entry, const Hash& leaf,
                              const TileSink& sink) {
  ROG_CHECKED(tlog::append_to_bundle(entry, bundle_));
  ++size_;
  if (size_ % tlog::kTileWidth == 0) {
    ROG_CHECKED(
        sink({.is_entries = true, .level = 0, .index = size_ / tlog::kTileWidth - 1}, bundle_));
    bundle_.clear();
  }
  return push(0, leaf, sink);
}

Result<void> TreeEdge::push(std::size_t level, const Hash& hash, const TileSink& sink) {
  if (level == rows_.size()) rows_.emplace_back();
  rows_[level].push_back(hash);
  if (rows_[level].size() < tlog::kTileWidth) return {};
  const TileId id{.is_entries = false,
                  .level = static_cast<int>(level),
                  .index = hashes_at(size_, level) / tlog::kTileWidth - 1};
  ROG_CHECKED(sink(id, tlog::write_tile(rows_[level])));
  const Hash root = crypto::tree_root(rows_[level]);
  rows_[level].clear();
  return push(level + 1, root, sink);
}

Result<void> TreeEdge::write_partials(std::uint64_t old_size, const TileSink& sink) const {
  if (size_ != old_size && !bundle_.empty()) {
    ROG_CHECKED(sink(partial_at(size_, 0, /*is_entries=*/true), bundle_));
  }
  for (std::size_t level = 0; level < rows_.size(); ++level) {
    const bool is_new = hashes_at(size_, level) != hashes_at(old_size, level);
    if (!is_new || rows_[level].empty()) continue;
    ROG_CHECKED(
        sink(partial_at(size_, level, /*is_entries=*/false), tlog::write_tile(rows_[level])));
  }
  return {};
}

Hash TreeEdge::root() const {
  std::optional<Hash> root;
  for (std::span<const Hash> row : rows_) {
    // From the right: complete subtrees of growing height, each left of what is folded already.
    while (!row.empty()) {
      const std::size_t width = row.size() & (~row.size() + 1);
      const Hash left = crypto::tree_root(row.last(width));
      root = root ? crypto::node_hash(left, *root) : left;
      row = row.first(row.size() - width);
    }
  }
  return root.value_or(crypto::empty_root());
}

}  // namespace rogatory::storage::detail
