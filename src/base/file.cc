// SPDX-License-Identifier: EUPL-1.2

#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace rogatory::base {
namespace {

namespace fs = std::filesystem;

// Closes its file descriptor.
class Descriptor final {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

  // Closes early, to learn of a failure.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

Error io_error(const fs::path& path, std::string what, int number) {
  return {.code = number == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
          .message = std::move(what) + ": " + std::generic_category().message(number),
          .place = {.file = path.string()}};
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Writes, flushes and renames; 0 or the number of the failure.
int write_and_rename(Descriptor& fd, const std::string& temporary, const fs::path& path,
                     std::string_view bytes) {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (!write_all(fd.get(), bytes)) return errno;
  if (::fchmod(fd.get(), 0644 & ~mask) != 0) return errno;
  if (::fsync(fd.get()) != 0) return errno;
  if (!fd.close()) return errno;
  if (::rename(temporary.c_str(), path.c_str()) != 0) return errno;
  return 0;
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.is_open()) return io_error(path, "cannot open the file", errno);
  std::string bytes;
  std::array<char, std::size_t{64} * 1024> buffer;
  while (true) {
    const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return io_error(path, "cannot read the file", errno);
    if (count == 0) return bytes;
    if (static_cast<std::size_t>(count) > max_bytes - bytes.size()) {
      return Error{.code = ErrorCode::kLimit,
                   .message = "the file has more than " + std::to_string(max_bytes) + " bytes",
                   .place = {.file = path.string()}};
    }
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Result<void> write_file_atomic(const fs::path& path, std::string_view bytes) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::string temporary = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
  Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
  // A missing folder is a failure to write, not a thing that was asked for and not found.
  const auto failed = [&path](int number) {
    Error error = io_error(path, "cannot write the file", number);
    error.code = ErrorCode::kIo;
    return error;
  };
  if (!fd.is_open()) return failed(errno);
  if (const int number = write_and_rename(fd, temporary, path, bytes); number != 0) {
    ::unlink(temporary.c_str());
    return failed(number);
  }
  const Descriptor folder_fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder_fd.is_open() || ::fsync(folder_fd.get()) != 0) return failed(errno);
  return {};
}

Result<std::vector<fs::path>> list_files_recursive(const fs::path& folder) {
  const auto limit = [&folder](std::string message) {
    return Error{.code = ErrorCode::kLimit,
                 .message = std::move(message),
                 .place = {.file = folder.string()}};
  };
  std::error_code code;
  std::vector<fs::path> files;
  fs::recursive_directory_iterator entry(folder, code);
  while (!code && entry != fs::recursive_directory_iterator()) {
    if (entry.depth() > kMaxFolderDepth) return limit("the folder is nested too deeply");
    if (fs::is_regular_file(entry->symlink_status(code))) files.push_back(entry->path());
    if (files.size() > kMaxListedFiles) return limit("the folder has too many files");
    if (!code) entry.increment(code);
  }
  if (code) return io_error(folder, "cannot list the folder", code.value());
  std::sort(files.begin(), files.end(),
            [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
  return files;
}

}  // namespace rogatory::base
