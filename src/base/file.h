// SPDX-License-Identifier: EUPL-1.2
//
// Whole files in and out. POSIX. Any thread; two writers of one path need their own agreement.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace rogatory::base {

/// The bytes of a file or pipe. kNotFound when there is none, kLimit when it has more than
/// `max_bytes`, kIo when it is a folder or cannot be read. Errors name the path in their place.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::size_t max_bytes = kMaxInputBytes);

/// Replaces `path` by `bytes` so that a reader, or a crash at any moment, finds the old bytes or
/// the new ones: writes a new file in the same folder, flushes it to the disk and renames it. Mode
/// 0644 less the umask. kIo on failure; the new file is removed then.
Result<void> write_file_atomic(const std::filesystem::path& path, std::string_view bytes);

/// The regular files below `folder`, each beginning with `folder`, sorted by their bytes, so that
/// the order is the same on every machine. Symbolic links are not followed. kNotFound when there is
/// no such folder, kLimit beyond kMaxListedFiles or kMaxFolderDepth, kIo when a folder cannot be
/// read.
Result<std::vector<std::filesystem::path>> list_files_recursive(
    const std::filesystem::path& folder);

}  // namespace rogatory::base
