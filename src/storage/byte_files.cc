// SPDX-License-Identifier: EUPL-1.2
#include "storage/byte_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace rogatory::storage {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr mode_t kMode = 0600;
/// How much is read back at a time to be compared.
constexpr std::size_t kCompareBytes = std::size_t{256} * 1024;
/// Zeros of this many bytes and more need no place on the disk.
constexpr std::size_t kHoleBytes = std::size_t{64} * 1024;

Error failure(const std::string& path, const char* what, int number = errno) {
  ErrorCode code = ErrorCode::kIo;
  if (number == ENOENT) code = ErrorCode::kNotFound;
  if (number == EEXIST) code = ErrorCode::kConflict;
  return {.code = code,
          .message = std::string(what) + ": " + std::generic_category().message(number),
          .context = {},
          .place = {.file = path}};
}

template <typename Call>
auto repeat(const Call& call) {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

Result<struct stat> status_of(int number, const std::string& path) {
  struct stat status{};
  if (::fstat(number, &status) != 0) return failure(path, "the file cannot be read");
  return status;
}

}  // namespace

FileHandle::FileHandle(FileHandle&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

FileHandle::~FileHandle() {
  if (number_ >= 0) ::close(number_);
}

Result<FileSource> FileSource::open(const std::filesystem::path& path) {
  const std::string name = path.string();
  const int number = name == "-"
                         ? ::dup(STDIN_FILENO)
                         : repeat([&] { return ::open(name.c_str(), O_RDONLY | O_CLOEXEC); });
  if (number < 0) return failure(name, "the file cannot be opened");
  FileSource source(FileHandle(number), name);
  ROG_TRY(const struct stat status, status_of(number, name));
  if (S_ISDIR(status.st_mode)) return failure(name, "this is a folder", EISDIR);
  ::posix_fadvise(number, 0, 0, POSIX_FADV_SEQUENTIAL);
  return source;
}

Result<std::size_t> FileSource::read(std::span<std::byte> out) {
  const ssize_t size = repeat([&] { return ::read(file_.number(), out.data(), out.size()); });
  if (size < 0) return failure(path_, "the file cannot be read");
  return static_cast<std::size_t>(size);
}

Result<std::uint64_t> FileSource::size_bytes() const {
  ROG_TRY(const struct stat status, status_of(file_.number(), path_));
  return S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : std::uint64_t{0};
}

Result<FileSink> FileSink::open(const std::filesystem::path& path, Existing existing,
                                std::uint64_t start) {
  int flags = O_RDWR | O_CREAT | O_CLOEXEC;
  if (existing == Existing::kRefuse) flags |= O_EXCL;
  if (existing == Existing::kReplace) flags |= O_TRUNC;
  const std::string name = path.string();
  const int number = repeat([&] { return ::open(name.c_str(), flags, kMode); });
  if (number < 0) return failure(name, "the file cannot be written");
  FileSink sink(FileHandle(number), name);
  sink.at_ = start;
  sink.can_have_holes_ = existing != Existing::kCompare;
  if (existing == Existing::kCompare) {
    ROG_TRY(const struct stat status, status_of(number, name));
    sink.old_size_ = static_cast<std::uint64_t>(status.st_size);
  }
  return sink;
}

Result<std::size_t> FileSink::compare(crypto::ByteView bytes) {
  if (at_ >= old_size_) return std::size_t{0};
  const std::size_t size =
      static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), old_size_ - at_));
  crypto::Bytes there(std::min(size, kCompareBytes));
  for (std::size_t done = 0; done < size;) {
    const std::size_t part = std::min(there.size(), size - done);
    const ssize_t read = repeat([&] {
      return ::pread(file_.number(), there.data(), part, static_cast<off_t>(at_ + done));
    });
    if (read <= 0) return failure(path_, "the file cannot be read back", read == 0 ? EIO : errno);
    const auto count = static_cast<std::size_t>(read);
    if (!std::equal(there.begin(), there.begin() + read, bytes.begin() + static_cast<long>(done))) {
      return Error{.code = ErrorCode::kLint,
                   .message = "what is there is not what would be written",
                   .context = {},
                   .place = {.file = path_}};
    }
    done += count;
  }
  compared_ += size;
  return size;
}

Result<void> FileSink::write(crypto::ByteView bytes) {
  ROG_TRY(const std::size_t equal, compare(bytes));
  at_ += equal;
  bytes = bytes.subspan(equal);
  while (!bytes.empty()) {
    const crypto::ByteView piece = bytes.first(std::min(bytes.size(), kHoleBytes));
    const bool is_hole =
        can_have_holes_ && piece.size() == kHoleBytes && crypto::is_all_zero(piece);
    if (!is_hole) ROG_CHECKED(write_bytes(piece));
    at_ += piece.size();
    bytes = bytes.subspan(piece.size());
  }
  return {};
}

Result<void> FileSink::write_bytes(crypto::ByteView bytes) {
  std::uint64_t at = at_;
  while (!bytes.empty()) {
    const ssize_t written = repeat([&] {
      return ::pwrite(file_.number(), bytes.data(), bytes.size(), static_cast<off_t>(at));
    });
    if (written < 0) return failure(path_, "the file cannot be written");
    at += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> FileSink::finish() {
  const bool has_other_end = old_size_ > at_ || can_have_holes_;
  if (has_other_end &&
      repeat([&] { return ::ftruncate(file_.number(), static_cast<off_t>(at_)); }) != 0) {
    return failure(path_, "the file cannot be cut");
  }
  // Never repeated: after a failure the system may have dropped what it could not write.
  if (::fdatasync(file_.number()) != 0) return failure(path_, "the file cannot be flushed");
  return {};
}

}  // namespace rogatory::storage
