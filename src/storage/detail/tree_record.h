// SPDX-License-Identifier: EUPL-1.2
//
// Small files that remember a tree: what is in tiles, what was signed (docs/formats/log.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "storage/files.h"
#include "storage/tile_folder.h"
#include "tlog/checkpoint.h"

namespace rogatory::storage::detail {

inline constexpr std::string_view kStateTitle = "rogatory.log-state/1";
inline constexpr std::string_view kSignedTitle = "rogatory.log-signed/1";
inline constexpr std::string_view kCosignedTitle = "rogatory.witness-cosigned/1";

/// The tree that the file remembers; nothing when there is no file. kParse, kIo.
base::Result<std::optional<tlog::Checkpoint>> read_tree_record(Files& files,
                                                               const std::filesystem::path& path,
                                                               std::string_view title);

/// The tree of the checkpoint in the folder, its signatures not verified; nothing when there is
/// none. kParse, kIo.
base::Result<std::optional<tlog::Checkpoint>> read_published(const TileFolder& folder);

/// Replaces the file durably.
base::Result<void> write_tree_record(Files& files, const std::filesystem::path& path,
                                     std::string_view title, const tlog::Checkpoint& checkpoint);

}  // namespace rogatory::storage::detail
