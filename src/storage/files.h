// SPDX-License-Identifier: EUPL-1.2
//
// Files as a log needs them: small steps, each of which can fail, so that a test can make each
// fail. What is durable after which step is part of the contract. POSIX behind it; a
// fault-injecting one in tests. Any thread, two writers of one path need their own agreement.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace rogatory::storage {

/// A file open for appending. Closed by its destructor, which makes nothing durable.
class AppendFile {
 public:
  AppendFile() = default;
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;
  virtual ~AppendFile() = default;

  /// Appends all of `bytes`. After an error any part of them may be there.
  virtual base::Result<void> append(std::span<const std::byte> bytes) = 0;
  /// The bytes appended so far are on the disk (fdatasync). After an error nothing is known of
  /// them, and another call may succeed without having written them: do not go on with this file.
  virtual base::Result<void> sync() = 0;
};

/// Held as long as it lives; the system lets go of it when the process dies.
class FileLock {
 public:
  FileLock() = default;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  virtual ~FileLock() = default;
};

/// All errors are kIo, with the path in their place, unless said otherwise.
class Files {
 public:
  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  virtual ~Files() = default;

  /// A new, empty file, in place of one that is there. Its name is durable after sync_folder.
  virtual base::Result<std::unique_ptr<AppendFile>> create(const std::filesystem::path& path) = 0;
  /// The bytes; kNotFound, kLimit beyond `max_bytes`.
  virtual base::Result<std::vector<std::byte>> read(const std::filesystem::path& path,
                                                    std::size_t max_bytes) = 0;
  /// Renames within one file system, over what is there. Durable after sync_folder of the folder.
  virtual base::Result<void> rename(const std::filesystem::path& from,
                                    const std::filesystem::path& to) = 0;
  /// Removes a file or an empty folder. kNotFound when there is none.
  virtual base::Result<void> remove(const std::filesystem::path& path) = 0;
  /// One folder; success when it is there already.
  virtual base::Result<void> make_folder(const std::filesystem::path& path) = 0;
  /// The names in the folder as they are now are on the disk (fsync).
  virtual base::Result<void> sync_folder(const std::filesystem::path& path) = 0;
  /// The names in the folder, sorted; kNotFound when there is no such folder, kLimit beyond
  /// base::kMaxListedFiles.
  virtual base::Result<std::vector<std::string>> list(const std::filesystem::path& path) = 0;
  /// Whether a file or folder is there.
  virtual base::Result<bool> exists(const std::filesystem::path& path) = 0;
  /// Takes the lock of `path`, a file that it makes when there is none; kConflict at once when
  /// another holds it.
  virtual base::Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path) = 0;
};

/// Makes `folder` and those above it, down from `top`, which is there; each is durable.
base::Result<void> make_folders(Files& files, const std::filesystem::path& top,
                                const std::filesystem::path& folder);

/// Makes the one folder `folder`, written with or without a slash at its end, and makes its name
/// durable, also where it is there: whoever made it may have been stopped before that.
base::Result<void> make_durable_folder(Files& files, const std::filesystem::path& folder);

/// Files that become visible together at finish(), as far as files can: each is whole on the disk
/// before its name is there. Borrows `files`; `top` is a folder that is there.
class DurableBatch final {
 public:
  DurableBatch(Files& files, std::filesystem::path top) : files_(&files), top_(std::move(top)) {}

  /// Writes `bytes` beside `path`, which is below the top folder, and flushes them.
  base::Result<void> add(const std::filesystem::path& path, std::span<const std::byte> bytes);
  /// Gives each file its name, over what is there, and flushes the folders.
  base::Result<void> finish();

 private:
  Files* files_;
  std::filesystem::path top_;
  std::set<std::filesystem::path> folders_;
  std::vector<std::filesystem::path> paths_;
};

/// Replaces `path` durably: a reader, or a crash at any moment, finds the old bytes or the new
/// ones.
base::Result<void> write_durable(Files& files, const std::filesystem::path& path,
                                 std::span<const std::byte> bytes);

}  // namespace rogatory::storage
