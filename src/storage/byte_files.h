// SPDX-License-Identifier: EUPL-1.2
//
// Large files as streams (crypto/byte_stream.h). POSIX; an object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include "base/result.h"
#include "crypto/byte_stream.h"

namespace rogatory::storage {

/// An open file, closed when it goes.
class FileHandle final {
 public:
  explicit FileHandle(int number = -1) : number_(number) {}
  FileHandle(FileHandle&& other) noexcept;
  FileHandle& operator=(FileHandle&& other) noexcept;
  ~FileHandle();
  int number() const { return number_; }

 private:
  int number_;
};

/// Reads a file, or standard input for `-`, from its beginning.
class FileSource final : public crypto::ByteSource {
 public:
  /// kNotFound; kIo, also for a folder.
  static base::Result<FileSource> open(const std::filesystem::path& path);
  FileSource(FileSource&& other) noexcept
      : file_(std::move(other.file_)), path_(std::move(other.path_)) {}

  base::Result<std::size_t> read(std::span<std::byte> out) override;
  /// The size now; 0 for a pipe.
  base::Result<std::uint64_t> size_bytes() const;

 private:
  FileSource(FileHandle file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

  FileHandle file_;
  std::string path_;
};

/// What a file holds already, when it is written again.
enum class Existing {
  /// kConflict when it is there.
  kRefuse,
  kReplace,
  /// What is written is compared with what is there, and only what is beyond it is written. kLint
  /// from write() when they differ: nothing is changed then.
  kCompare,
};

/// Writes a file of mode 0600. In a file that is new, long runs of zeros become holes, so that the
/// sparse image of a disk stays small.
class FileSink final : public crypto::ByteSink {
 public:
  /// `start`: where the first byte goes, of a file that is compared. kConflict, kIo.
  static base::Result<FileSink> open(const std::filesystem::path& path, Existing existing,
                                     std::uint64_t start = 0);
  FileSink(FileSink&& other) noexcept
      : file_(std::move(other.file_)),
        path_(std::move(other.path_)),
        at_(other.at_),
        can_have_holes_(other.can_have_holes_),
        old_size_(other.old_size_),
        compared_(other.compared_) {}

  base::Result<void> write(crypto::ByteView bytes) override;
  /// Cuts the file where the writing ended and has it on the disk (fdatasync).
  base::Result<void> finish();
  /// Bytes that were there and as they should be.
  std::uint64_t compared_bytes() const { return compared_; }

 private:
  FileSink(FileHandle file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
  base::Result<std::size_t> compare(crypto::ByteView bytes);
  base::Result<void> write_bytes(crypto::ByteView bytes);

  FileHandle file_;
  std::string path_;
  std::uint64_t at_ = 0;
  bool can_have_holes_ = false;
  /// The size of what is compared; 0 when nothing is.
  std::uint64_t old_size_ = 0;
  std::uint64_t compared_ = 0;
};

}  // namespace rogatory::storage
