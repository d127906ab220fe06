// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "crypto/bytes.h"

namespace rogatory::package {

namespace fs = std::filesystem;

namespace {

/// Zeros of this many bytes and more need no place on the disk.
constexpr std::size_t kHoleBytes = 65536;

}  // namespace

base::Error io_error(const fs::path& path, int number) {
  return base::Error{.code = base::ErrorCode::kIo,
                     .message = std::strerror(number),
                     .place = {.file = path.string()}};
}

base::Result<NewFile> NewFile::create(fs::path path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (file < 0) return io_error(path, errno);
  return NewFile(std::move(path), file);
}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), at_(other.at_) {}

NewFile::~NewFile() {
  if (file_ >= 0) ::close(file_);
}

base::Result<void> NewFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto piece = bytes.first(std::min(bytes.size(), kHoleBytes));
    const bool is_hole = piece.size() == kHoleBytes && crypto::is_all_zero(piece);
    if (!is_hole) ROG_CHECKED(write_bytes(at_, piece));
    at_ += piece.size();
    bytes = bytes.subspan(piece.size());
  }
  return {};
}

base::Result<void> NewFile::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  return write_bytes(offset, bytes);
}

base::Result<void> NewFile::write_bytes(std::uint64_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return io_error(path_, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
    offset += static_cast<std::uint64_t>(put);
  }
  return {};
}

base::Result<void> NewFile::close() {
  // What ends in a hole is as long as what was written.
  if (::ftruncate(file_, static_cast<off_t>(at_)) != 0) return io_error(path_, errno);
  if (::fdatasync(file_) != 0) return io_error(path_, errno);
  if (::close(std::exchange(file_, -1)) != 0) return io_error(path_, errno);
  return {};
}

base::Result<void> sync_folder(const fs::path& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return io_error(path, errno);
  const bool is_synced = ::fsync(folder) == 0;
  const int number = errno;
  ::close(folder);
  return is_synced ? base::Result<void>() : io_error(path, number);
}

base::Result<void> rename_new(const fs::path& from, const fs::path& to) {
  // Not rename(2): it would replace a file or an empty folder.
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno != EEXIST) return io_error(to, errno);
    return base::Error{.code = base::ErrorCode::kConflict,
                       .message = "there is something of that name",
                       .place = {.file = to.string()}};
  }
  const fs::path parent = to.parent_path();
  return sync_folder(parent.empty() ? fs::path(".") : parent);
}

fs::path partial_name(const fs::path& path) {
  fs::path partial = path;
  partial += ".partial-" + std::to_string(::getpid());
  return partial;
}

base::Result<void> check_is_free(const fs::path& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return {};
  return base::Error{.code = base::ErrorCode::kConflict,
                     .message = "there is something of that name",
                     .place = {.file = path.string()}};
}

}  // namespace rogatory::package
