// SPDX-License-Identifier: EUPL-1.2

#include "package/content.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include "base/text.h"
#include "crypto/hash_tree.h"

namespace rogatory::package {
namespace {

/// Contents up to this size are digested in one go: buffers and a thread would cost more.
constexpr std::size_t kSmallBytes = std::size_t{4} * crypto::kChunkBytes;

base::Result<crypto::ContentDigests> digest_small(std::span<const std::byte> bytes,
                                                  const crypto::LeafSink& sink) {
  std::vector<crypto::Sha256Digest> leaves;
  for (std::size_t at = 0; at < bytes.size(); at += crypto::kChunkBytes) {
    const auto size = std::min(crypto::kChunkBytes, bytes.size() - at);
    leaves.push_back(crypto::leaf_hash(bytes.subspan(at, size)));
  }
  if (sink && !leaves.empty()) ROG_CHECKED(sink(leaves));
  return crypto::ContentDigests{.size_bytes = bytes.size(),
                                .sha256 = crypto::sha256(bytes),
                                .sha512 = crypto::sha512(bytes),
                                .tree_root = crypto::tree_root(leaves),
                                .chunks = leaves.size()};
}

class Descriptor final {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int get() const { return value_; }
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

base::Error failed(const std::string& relative, int number) {
  auto code = number == ELOOP ? base::ErrorCode::kLint : base::ErrorCode::kIo;
  if (number == ENOENT || number == ENOTDIR) code = base::ErrorCode::kNotFound;
  const std::string why =
      number == ELOOP ? "a symbolic link is not followed" : std::string(std::strerror(number));
  return base::Error{.code = code, .message = why, .place = {.file = relative}};
}

/// Every step is opened by itself, so that no link planted meanwhile leads out of the folder.
base::Result<Descriptor> open_below(const std::filesystem::path& folder,
                                    const std::string& relative) {
  Descriptor at(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (at.get() < 0) return failed(folder.string(), errno);
  const auto parts = base::split(relative, '/');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_last = i + 1 == parts.size();
    const int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | (is_last ? O_NONBLOCK : O_DIRECTORY);
    Descriptor next(::openat(at.get(), std::string(parts[i]).c_str(), flags));
    if (next.get() < 0) return failed(relative, errno);
    at = std::move(next);
  }
  return at;
}

bool are_both(const std::vector<crypto::DigestName>& names) {
  return names == std::vector{crypto::DigestName::kSha256, crypto::DigestName::kSha512};
}

DigestedContent named(const crypto::ContentDigests& found) {
  return {.size_bytes = found.size_bytes,
          .digests = {{crypto::DigestName::kSha256, found.sha256.hex()},
                      {crypto::DigestName::kSha512, found.sha512.hex()}}};
}

base::Result<std::size_t> read_fully(FileReader& file, std::span<std::byte> out) {
  std::size_t size = 0;
  while (size < out.size()) {
    ROG_TRY(const std::size_t got, file.read(out.subspan(size)));
    if (got == 0) break;
    size += got;
  }
  return size;
}

base::Result<void> push_file(const std::filesystem::path& folder, const std::string& relative,
                             const ByteSink& sink) {
  ROG_TRY(FileReader file, FileReader::open(folder, relative));
  const auto piece = std::make_unique_for_overwrite<std::byte[]>(kPieceBytes);
  while (true) {
    ROG_TRY(const std::size_t got, file.read({piece.get(), kPieceBytes}));
    if (got == 0) return {};
    ROG_CHECKED(sink({piece.get(), got}));
  }
}

}  // namespace

base::Result<FileReader> FileReader::open(const std::filesystem::path& folder,
                                          const std::string& relative) {
  ROG_TRY(Descriptor file, open_below(folder, relative));
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return failed(relative, errno);
  if (!S_ISREG(status.st_mode)) {
    return base::Error{.code = base::ErrorCode::kLint,
                       .message = "this is no regular file",
                       .place = {.file = relative}};
  }
  ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  return FileReader(relative, file.release(), static_cast<std::uint64_t>(status.st_size));
}

FileReader::FileReader(FileReader&& other) noexcept
    : relative_(std::move(other.relative_)),
      file_(std::exchange(other.file_, -1)),
      size_bytes_(other.size_bytes_) {}

FileReader::~FileReader() {
  if (file_ >= 0) ::close(file_);
}

base::Result<std::size_t> FileReader::read(std::span<std::byte> out) {
  while (true) {
    const ssize_t got = ::read(file_, out.data(), out.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(relative_, errno);
    return static_cast<std::size_t>(got);
  }
}

ContentSource source_of(std::string_view text) {
  return [text](const ByteSink& sink) { return sink(std::as_bytes(std::span(text))); };
}

ContentSource source_of(std::filesystem::path folder, std::string relative) {
  return [folder = std::move(folder), relative = std::move(relative)](const ByteSink& sink) {
    return push_file(folder, relative, sink);
  };
}

base::Result<std::string> read_all(const ContentSource& source, std::size_t max_bytes) {
  std::string all;
  ROG_CHECKED(source([&](std::span<const std::byte> piece) -> base::Result<void> {
    if (piece.size() > max_bytes - all.size()) {
      return base::Error{.code = base::ErrorCode::kLimit,
                         .message = "more than " + std::to_string(max_bytes) + " bytes"};
    }
    all.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    return {};
  }));
  return all;
}

base::Result<DigestedContent> digest_content(const ContentSource& source,
                                             const std::vector<crypto::DigestName>& names) {
  // Both at once are the usual case, and fastest so.
  if (are_both(names)) {
    ROG_TRY(const crypto::ContentDigests found,
            digest_chunks(source, {.use_thread = true, .use_tree = false}));
    return named(found);
  }
  std::map<crypto::DigestName, crypto::NamedDigest> running;
  for (const auto name : names) running.emplace(name, crypto::NamedDigest(name));
  DigestedContent out;
  ROG_CHECKED(source([&](std::span<const std::byte> piece) -> base::Result<void> {
    out.size_bytes += piece.size();
    for (auto& [name, digest] : running) digest.update(piece);
    return {};
  }));
  for (auto& [name, digest] : running) out.digests[name] = digest.finish_hex();
  return out;
}

base::Result<DigestedContent> digest_file(const std::filesystem::path& folder,
                                          const std::string& relative,
                                          const std::vector<crypto::DigestName>& names) {
  ROG_TRY(FileReader file, FileReader::open(folder, relative));
  if (!are_both(names) || file.size_bytes() <= kSmallBytes) {
    return digest_content(source_of(folder, relative), names);
  }
  // Straight into the buffers of the digester, without a copy on the way.
  crypto::ChunkDigester digester({.use_thread = true, .use_tree = false});
  while (true) {
    const std::span<std::byte> buffer = digester.next_buffer();
    ROG_TRY(const std::size_t size, read_fully(file, buffer));
    ROG_CHECKED(digester.push(size));
    if (size < buffer.size()) break;
  }
  ROG_TRY(const crypto::ContentDigests found, digester.finish());
  return named(found);
}

base::Result<crypto::ContentDigests> digest_chunks(const ContentSource& source,
                                                   crypto::ChunkDigester::Options options) {
  std::vector<std::byte> held;
  std::optional<crypto::ChunkDigester> digester;
  const ByteSink sink = [&](std::span<const std::byte> piece) -> base::Result<void> {
    if (digester) return digester->update(piece);
    held.insert(held.end(), piece.begin(), piece.end());
    if (held.size() <= kSmallBytes) return {};
    digester.emplace(options);
    return digester->update(std::exchange(held, {}));
  };
  ROG_CHECKED(source(sink));
  return digester ? digester->finish() : digest_small(held, options.leaves);
}

}  // namespace rogatory::package
