// SPDX-License-Identifier: EUPL-1.2
//
// A tiled log in a plain folder, read: tiles, bundles and the checkpoint as any static file server
// would serve them (C2SP tlog-tiles). Layout in docs/formats/log.md. Any thread, while nothing is
// written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "storage/files.h"
#include "tlog/merkle_proof.h"
#include "tlog/tile.h"

namespace rogatory::storage {

class TileFolder final {
 public:
  /// Borrows `files`.
  TileFolder(Files& files, std::filesystem::path folder)
      : files_(&files), folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }

  /// The hashes of a tile; where the file of that width is gone, of a wider one. kNotFound, kParse.
  base::Result<std::vector<tlog::Hash>> read_tile(const tlog::TileId& id) const;
  /// The bytes of a bundle, at least `id.width` entries; `id.width` becomes that of the file found.
  base::Result<std::vector<std::byte>> read_bundle(tlog::TileId& id) const;
  /// The entry at `index` of the tree of `size` leaves. kInvalidArgument, kNotFound, kParse.
  base::Result<std::vector<std::byte>> read_entry(std::uint64_t index, std::uint64_t size) const;
  /// The checkpoint's note as it stands in the folder. kNotFound.
  base::Result<std::string> read_checkpoint() const;

  /// Nodes of the tree of `size` leaves. Borrows this folder.
  tlog::NodeReader nodes(std::uint64_t size) const;

 private:
  base::Result<std::vector<std::byte>> read_widest(tlog::TileId& id) const;

  Files* files_;
  std::filesystem::path folder_;
};

}  // namespace rogatory::storage
