// SPDX-License-Identifier: EUPL-1.2

#include "storage/audit.h"

#include "crypto/hash_tree.h"
#include "storage/detail/tree_edge.h"

namespace rogatory::storage {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using tlog::TileId;

Error does_not_fit(std::string message) {
  return {.code = ErrorCode::kLint, .message = std::move(message), .context = {}, .place = {}};
}

/// Grows the tree anew from the entries; what it would write is compared with what is there.
class Auditor {
 public:
  Auditor(const TileFolder& folder, const tlog::TreeHead& head) : folder_(&folder), head_(head) {}

  Result<Audit> run() {
    for (TileId id{.is_entries = true}; id.index * tlog::kTileWidth < head_.size; ++id.index) {
      const std::uint64_t left = head_.size - id.index * tlog::kTileWidth;
      id.width = left < tlog::kTileWidth ? static_cast<std::uint32_t>(left) : tlog::kTileWidth;
      ROG_CHECKED(read_bundle(id));
    }
    ROG_CHECKED(edge_.write_partials(0, sink()));
    if (edge_.root() != head_.root) return does_not_fit("the entries do not have this root");
    return audit_;
  }

 private:
  Result<void> read_bundle(TileId id) {
    const std::uint32_t width = id.width;
    ROG_TRY(const std::vector<std::byte> bytes, folder_->read_bundle(id));
    ROG_TRY(const auto entries, tlog::parse_bundle(id, bytes));
    for (std::uint32_t i = 0; i < width; ++i) {
      ROG_CHECKED(edge_.append(entries[i], crypto::leaf_hash(entries[i]), sink()));
      ++audit_.entries;
    }
    ++audit_.bundles;
    return {};
  }

  detail::TileSink sink() {
    return [this](const TileId& id, std::span<const std::byte> bytes) -> Result<void> {
      if (id.is_entries) return {};
      ROG_TRY(std::vector<tlog::Hash> hashes, folder_->read_tile(id));
      hashes.resize(id.width);
      const std::vector<std::byte> there = tlog::write_tile(hashes);
      if (!std::equal(there.begin(), there.end(), bytes.begin(), bytes.end())) {
        return does_not_fit("`" + id.path() + "` has not the hashes of the entries");
      }
      ++audit_.tiles;
      return {};
    };
  }

  const TileFolder* folder_;
  tlog::TreeHead head_;
  detail::TreeEdge edge_;
  Audit audit_;
};

}  // namespace

Result<Audit> audit_log(const TileFolder& folder, const tlog::TreeHead& head) {
  return Auditor(folder, head).run();
}

}  // namespace rogatory::storage
