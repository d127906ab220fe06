// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/key_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace rogatory::crypto::detail {
namespace {

using base::Error;
using base::ErrorCode;

constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kOwnerFolder = 0700;
constexpr mode_t kOthers = 0077;

Error io_error(std::string_view what, const std::filesystem::path& path) {
  const int reason = errno;
  const ErrorCode code = reason == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
  return Error{.code = code,
               .message = std::string(what) + ": " + std::generic_category().message(reason),
               .context = {},
               .place = {.file = path.string(), .line = 0, .column = 0, .pointer = {}}};
}

bool write_all(int file, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

/// The number of bytes read, up to the size of `out`; nothing but -1 for a failure.
ssize_t read_all(int file, std::span<std::byte> out) {
  std::size_t size = 0;
  while (size < out.size()) {
    const ssize_t got = ::read(file, out.data() + size, out.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  return static_cast<ssize_t>(size);
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

base::Result<void> write_key_file(const std::filesystem::path& path, std::string_view head,
                                  ByteView key) {
  const std::filesystem::path fresh = path.string() + ".new";
  {
    const Descriptor file(
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
    const bool written = file.get() >= 0 && ::fchmod(file.get(), kOwnerOnly) == 0 &&
                         write_all(file.get(), as_bytes(head)) && write_all(file.get(), key) &&
                         ::fsync(file.get()) == 0;
    if (!written) {
      Error error = io_error("a key cannot be written", fresh);
      error.code = ErrorCode::kIo;
      ::unlink(fresh.c_str());
      return error;
    }
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) {
    Error error = io_error("a key cannot be put in place", path);
    ::unlink(fresh.c_str());
    return error;
  }
  return sync_folder(path.parent_path());
}

base::Result<SecretBytes> read_key_file(const std::filesystem::path& path, std::string_view head) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat status{};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
    return io_error("a key cannot be read", path);
  }
  if ((status.st_mode & kOthers) != 0) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "the key can be read by others than its owner: chmod 600 it",
                 .context = {},
                 .place = {.file = path.string(), .line = 0, .column = 0, .pointer = {}}};
  }
  SecretBytes content(kMaxKeyFileBytes);
  const ssize_t size = read_all(file.get(), content.mutable_view());
  if (size < 0) return io_error("a key cannot be read", path);
  const ByteView all = content.view().first(static_cast<std::size_t>(size));
  const ByteView expected = as_bytes(head);
  if (all.size() <= expected.size() || all.size() == kMaxKeyFileBytes ||
      !std::ranges::equal(all.first(expected.size()), expected)) {
    return Error{.code = ErrorCode::kParse,
                 .message = "the file is no key of this kind",
                 .context = {},
                 .place = {.file = path.string(), .line = 0, .column = 0, .pointer = {}}};
  }
  return SecretBytes(all.subspan(expected.size()));
}

base::Result<void> shred_file(const std::filesystem::path& path) {
  {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
      return io_error("a key cannot be destroyed", path);
    }
    std::array<std::byte, kMaxKeyFileBytes> noise{};
    random_bytes(noise);
    const auto size = std::min(noise.size(), static_cast<std::size_t>(status.st_size));
    if (!write_all(file.get(), std::span(noise).first(size)) || ::fsync(file.get()) != 0) {
      return io_error("a key cannot be overwritten", path);
    }
  }
  if (::unlink(path.c_str()) != 0) return io_error("a key cannot be removed", path);
  return sync_folder(path.parent_path());
}

base::Result<void> make_key_folder(const std::filesystem::path& path) {
  if (::mkdir(path.c_str(), kOwnerFolder) != 0) {
    const bool is_there = errno == EEXIST;
    Error error = io_error("a folder cannot be made", path);
    if (is_there) error.code = ErrorCode::kConflict;
    return error;
  }
  const std::filesystem::path parent = path.parent_path();
  return sync_folder(parent.empty() ? "." : parent);
}

base::Result<Descriptor> lock_file(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
  if (file.get() < 0) return io_error("the lock cannot be opened", path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    const bool is_held = errno == EWOULDBLOCK;
    Error error = io_error("the key store is in use by another process", path);
    if (is_held) error.code = ErrorCode::kConflict;
    return error;
  }
  return file;
}

base::Result<void> sync_folder(const std::filesystem::path& folder) {
  const Descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.get() < 0 || ::fsync(file.get()) != 0) {
    return io_error("a folder of keys cannot be flushed", folder);
  }
  return {};
}

}  // namespace rogatory::crypto::detail
