// SPDX-License-Identifier: EUPL-1.2

#include "storage/posix_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
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
namespace fs = std::filesystem;

constexpr mode_t kFileMode = 0644;
constexpr mode_t kFolderMode = 0755;
constexpr std::size_t kReadStep = std::size_t{256} * 1024;

/// What `errno` says of `path`.
Error system_error(const char* what, const fs::path& path, int number = errno) {
  return {.code = number == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
          .message = std::string(what) + ": " + std::generic_category().message(number),
          .context = {},
          .place = {.file = path.string()}};
}

class Descriptor final {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  int number() const { return number_; }

 private:
  int number_;
};

Result<Descriptor> open_path(const fs::path& path, int flags, const char* what) {
  int number = -1;
  do {
    number = ::open(path.c_str(), flags | O_CLOEXEC, kFileMode);
  } while (number < 0 && errno == EINTR);
  if (number < 0) return system_error(what, path);
  return Descriptor(number);
}

class PosixAppendFile final : public AppendFile {
 public:
  PosixAppendFile(Descriptor file, fs::path path)
      : file_(std::move(file)), path_(std::move(path)) {}

  Result<void> append(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.number(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return system_error("the file cannot be written", path_);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
  }

  Result<void> sync() override {
    // Never repeated: after a failure the system may have dropped what it could not write.
    if (::fdatasync(file_.number()) != 0) return system_error("the file cannot be flushed", path_);
    return {};
  }

 private:
  Descriptor file_;
  fs::path path_;
};

class PosixLock final : public FileLock {
 public:
  explicit PosixLock(Descriptor file) : file_(std::move(file)) {}

 private:
  Descriptor file_;
};

class PosixFiles final : public Files {
 public:
  Result<std::unique_ptr<AppendFile>> create(const fs::path& path) override {
    ROG_TRY(Descriptor file,
            open_path(path, O_WRONLY | O_CREAT | O_TRUNC, "the file cannot be made"));
    return std::unique_ptr<AppendFile>(std::make_unique<PosixAppendFile>(std::move(file), path));
  }

  Result<std::vector<std::byte>> read(const fs::path& path, std::size_t max_bytes) override {
    ROG_TRY(const Descriptor file, open_path(path, O_RDONLY, "the file cannot be opened"));
    std::vector<std::byte> bytes;
    for (;;) {
      const std::size_t size = bytes.size();
      bytes.resize(size + kReadStep);
      const ssize_t got = ::read(file.number(), bytes.data() + size, kReadStep);
      bytes.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_error("the file cannot be read", path);
      if (got == 0) return bytes;
      if (bytes.size() > max_bytes) {
        return Error{.code = ErrorCode::kLimit,
                     .message = "the file has more than " + std::to_string(max_bytes) + " bytes",
                     .context = {},
                     .place = {.file = path.string()}};
      }
    }
  }

  Result<void> rename(const fs::path& from, const fs::path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) {
      return system_error("the file cannot be renamed", from);
    }
    return {};
  }

  Result<void> remove(const fs::path& path) override {
    if (::remove(path.c_str()) != 0) return system_error("the file cannot be removed", path);
    return {};
  }

  Result<void> make_folder(const fs::path& path) override {
    if (::mkdir(path.c_str(), kFolderMode) == 0) return {};
    const int number = errno;
    if (number == EEXIST && fs::is_directory(path)) return {};
    return system_error("the folder cannot be made", path, number);
  }

  Result<void> sync_folder(const fs::path& path) override {
    ROG_TRY(const Descriptor folder,
            open_path(path, O_RDONLY | O_DIRECTORY, "the folder cannot be opened"));
    if (::fsync(folder.number()) != 0) return system_error("the folder cannot be flushed", path);
    return {};
  }

  Result<std::vector<std::string>> list(const fs::path& path) override {
    std::error_code failure;
    fs::directory_iterator at(path, failure);
    std::vector<std::string> names;
    for (; !failure && at != fs::directory_iterator(); at.increment(failure)) {
      if (names.size() == base::kMaxListedFiles) {
        return Error{.code = ErrorCode::kLimit,
                     .message = "the folder has too many files",
                     .context = {},
                     .place = {.file = path.string()}};
      }
      names.push_back(at->path().filename().string());
    }
    if (failure) return system_error("the folder cannot be read", path, failure.value());
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<bool> exists(const fs::path& path) override {
    if (::access(path.c_str(), F_OK) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    return system_error("the file cannot be looked up", path);
  }

  Result<std::unique_ptr<FileLock>> lock(const fs::path& path) override {
    ROG_TRY(Descriptor file, open_path(path, O_RDWR | O_CREAT, "the lock cannot be opened"));
    // Of the open file: it ends with the process, and does not go to a child that is executed.
    if (::flock(file.number(), LOCK_EX | LOCK_NB) == 0) {
      return std::unique_ptr<FileLock>(std::make_unique<PosixLock>(std::move(file)));
    }
    if (errno != EWOULDBLOCK) return system_error("the lock cannot be taken", path);
    return Error{.code = ErrorCode::kConflict,
                 .message = "another program is writing here; wait until it ends",
                 .context = {},
                 .place = {.file = path.string()}};
  }
};

}  // namespace

std::unique_ptr<Files> make_posix_files() {
  return std::make_unique<PosixFiles>();
}

}  // namespace rogatory::storage
