// SPDX-License-Identifier: EUPL-1.2
//
// A new file written in order, flushed, and given its name when it is whole. POSIX.
// Single-threaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"

namespace rogatory::package {

class NewFile final {
 public:
  /// kIo when it cannot be made; nothing of that name may be there.
  static base::Result<NewFile> create(std::filesystem::path path);

  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  /// After what was written before. Long runs of zeros become holes, so that the sparse image of a
  /// disk stays small.
  base::Result<void> write(std::span<const std::byte> bytes);
  /// Over what was written before.
  base::Result<void> write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  /// Flushes to the disk and closes. Once only.
  base::Result<void> close();

 private:
  base::Result<void> write_bytes(std::uint64_t offset, std::span<const std::byte> bytes);

  NewFile(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}

  std::filesystem::path path_;
  int file_;
  /// Where the next byte goes, which may be beyond the end of the file.
  std::uint64_t at_ = 0;
};

/// Gives `from` the name `to`, which must be free: kConflict otherwise. Flushes the folder. kIo.
base::Result<void> rename_new(const std::filesystem::path& from, const std::filesystem::path& to);

/// Flushes a folder. kIo.
base::Result<void> sync_folder(const std::filesystem::path& path);

base::Error io_error(const std::filesystem::path& path, int number);

/// `path` with a suffix of this process, for what is not finished.
std::filesystem::path partial_name(const std::filesystem::path& path);

/// kConflict when there is something under that name, a dangling link included.
base::Result<void> check_is_free(const std::filesystem::path& path);

}  // namespace rogatory::package
