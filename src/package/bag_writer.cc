// SPDX-License-Identifier: EUPL-1.2

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/assert.h"
#include "package/bag.h"
#include "package/member_name.h"

namespace rogatory::package {
namespace {

namespace fs = std::filesystem;

const std::vector<crypto::DigestName> kWrittenDigests = {crypto::DigestName::kSha256,
                                                         crypto::DigestName::kSha512};

base::Error io_error(const fs::path& path, int number) {
  return base::Error{.code = base::ErrorCode::kIo,
                     .message = std::strerror(number),
                     .place = {.file = path.string()}};
}

base::Result<void> sync_folder(const fs::path& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return io_error(path, errno);
  const bool is_synced = ::fsync(folder) == 0;
  const int number = errno;
  ::close(folder);
  return is_synced ? base::Result<void>() : io_error(path, number);
}

/// A new file, written in order and flushed.
class NewFile final {
 public:
  explicit NewFile(fs::path path)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644)) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (file_ >= 0) ::close(file_);
  }

  base::Result<void> write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t put = ::write(file_, bytes.data(), bytes.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return io_error(path_, errno);
      bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
  }

  base::Result<void> close() {
    const bool is_synced = ::fdatasync(file_) == 0;
    if (!is_synced) return io_error(path_, errno);
    const int closed = ::close(std::exchange(file_, -1));
    return closed == 0 ? base::Result<void>() : io_error(path_, errno);
  }

  bool is_open() const { return file_ >= 0; }

 private:
  fs::path path_;
  int file_;
};

base::Result<void> rename_new(const fs::path& from, const fs::path& to) {
  // Not fs::rename: it would replace an empty folder.
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno == EEXIST) {
    return base::Error{.code = base::ErrorCode::kConflict,
                       .message = "there is something of that name",
                       .place = {.file = to.string()}};
  }
  return io_error(to, errno);
}

}  // namespace

BagWriter::BagWriter(fs::path folder) : folder_(std::move(folder)) {
  partial_ = folder_;
  partial_ += ".partial-" + std::to_string(::getpid());
}

BagWriter::BagWriter(BagWriter&& other) noexcept
    : folder_(std::move(other.folder_)),
      partial_(std::exchange(other.partial_, {})),
      written_(std::move(other.written_)),
      twins_(std::move(other.twins_)) {}

BagWriter::~BagWriter() {
  std::error_code ignored;
  if (!partial_.empty()) fs::remove_all(partial_, ignored);
}

base::Result<BagWriter> BagWriter::create(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(folder, error))) {
    return base::Error{.code = base::ErrorCode::kConflict,
                       .message = "there is something of that name",
                       .place = {.file = folder.string()}};
  }
  BagWriter writer(folder);
  if (::mkdir(writer.partial_.c_str(), 0755) != 0 ||
      ::mkdir((writer.partial_ / "data").c_str(), 0755) != 0) {
    return io_error(writer.partial_, errno);
  }
  return writer;
}

base::Result<DigestedContent> BagWriter::add(const std::string& path, const ContentSource& source,
                                             const ByteSink& tap) {
  ROG_CHECKED(check_member_name(path));
  const auto [twin, is_new] = twins_.emplace(folded_name(path), path);
  if (!is_new) {
    return base::Error{.code = base::ErrorCode::kConflict,
                       .message = "`" + path + "` cannot be beside `" + twin->second + "`"};
  }
  const fs::path at = partial_ / path;
  std::error_code error;
  fs::create_directories(at.parent_path(), error);
  NewFile file(at);
  if (error || !file.is_open()) return io_error(at, error ? error.value() : errno);
  const ContentSource copied = [&](const ByteSink& sink) {
    return source([&](std::span<const std::byte> piece) -> base::Result<void> {
      ROG_CHECKED(file.write(piece));
      if (tap) ROG_CHECKED(tap(piece));
      return sink(piece);
    });
  };
  ROG_TRY(DigestedContent content, digest_content(copied, kWrittenDigests));
  ROG_CHECKED(file.close());
  written_.push_back({.path = path, .content = content});
  return content;
}

base::Result<void> BagWriter::add_manifests(std::string_view prefix, bool is_payload) {
  std::sort(written_.begin(), written_.end(),
            [](const Written& a, const Written& b) { return a.path < b.path; });
  // Taken before, so that a manifest of the bag's own files does not list its sister.
  const std::vector<Written> listed = written_;
  for (const crypto::DigestName name : kWrittenDigests) {
    std::vector<ManifestEntry> entries;
    for (const Written& one : listed) {
      if (one.path.starts_with("data/") != is_payload) continue;
      entries.push_back({.digest = one.content.digests.at(name), .path = one.path});
    }
    const std::string text = manifest_text(entries);
    const std::string path = std::string(prefix) + std::string(digest_name_text(name)) + ".txt";
    ROG_CHECKED(add(path, source_of(std::string_view(text))));
  }
  return {};
}

base::Result<void> BagWriter::finish(BagInfo info) {
  PayloadOxum oxum;
  for (const Written& one : written_) {
    if (!one.path.starts_with("data/")) continue;
    oxum.bytes += one.content.size_bytes;
    ++oxum.files;
  }
  info.emplace_back("Payload-Oxum", std::to_string(oxum.bytes) + '.' + std::to_string(oxum.files));
  const std::string info_text = bag_info_text(info);
  ROG_CHECKED(add("bagit.txt", source_of(std::string_view(
                                   "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"))));
  ROG_CHECKED(add("bag-info.txt", source_of(std::string_view(info_text))));
  ROG_CHECKED(add_manifests("manifest-", /*is_payload=*/true));
  ROG_CHECKED(add_manifests("tagmanifest-", /*is_payload=*/false));
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(partial_, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->is_directory()) ROG_CHECKED(sync_folder(at->path()));
  }
  ROG_CHECKED(sync_folder(partial_));
  ROG_CHECKED(rename_new(partial_, folder_));
  partial_.clear();
  const fs::path parent = folder_.parent_path();
  return sync_folder(parent.empty() ? fs::path(".") : parent);
}

}  // namespace rogatory::package
