// SPDX-License-Identifier: EUPL-1.2
//
// Content that streams: it is pushed in pieces, never held whole. Single-threaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/chunk_digest.h"
#include "crypto/named_digest.h"

namespace rogatory::package {

/// The piece that is read and pushed at a time.
inline constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

/// Takes one piece; an error stops the source.
using ByteSink = std::function<base::Result<void>(std::span<const std::byte>)>;

/// Pushes all of a content into a sink, in order; errors of its own or of the sink.
using ContentSource = std::function<base::Result<void>(const ByteSink&)>;

/// The bytes of a text, which must outlive the source.
ContentSource source_of(std::string_view text);

/// A regular file. No symbolic link is followed on the way from `folder` to `relative`: errors are
/// kNotFound, kLint for a link or what is no regular file, kIo.
ContentSource source_of(std::filesystem::path folder, std::string relative);

/// The whole of a small content; kLimit beyond `max_bytes`, errors of the source.
base::Result<std::string> read_all(const ContentSource& source, std::size_t max_bytes);

/// A regular file read piece by piece, opened as source_of opens it.
class FileReader final {
 public:
  static base::Result<FileReader> open(const std::filesystem::path& folder,
                                       const std::string& relative);

  FileReader(FileReader&& other) noexcept;
  FileReader& operator=(FileReader&&) = delete;
  ~FileReader();

  /// As many bytes as there are, up to the size of `out`; 0 at the end. kIo.
  base::Result<std::size_t> read(std::span<std::byte> out);
  /// When it was opened.
  std::uint64_t size_bytes() const { return size_bytes_; }

 private:
  FileReader(std::string relative, int file, std::uint64_t size_bytes)
      : relative_(std::move(relative)), file_(file), size_bytes_(size_bytes) {}

  std::string relative_;
  int file_;
  std::uint64_t size_bytes_;
};

/// Lower-case hexadecimal digests by name.
using HexDigests = std::map<crypto::DigestName, std::string>;

struct DigestedContent {
  std::uint64_t size_bytes = 0;
  HexDigests digests;
};

/// Reads a content once and gives the digests asked for. Errors of the source.
base::Result<DigestedContent> digest_content(const ContentSource& source,
                                             const std::vector<crypto::DigestName>& names);

/// The same of a regular file, opened as source_of opens it; large ones with both digests that are
/// written here are read while they are hashed.
base::Result<DigestedContent> digest_file(const std::filesystem::path& folder,
                                          const std::string& relative,
                                          const std::vector<crypto::DigestName>& names);

/// The same with both digests that are written here and the chunk tree, on two threads where asked.
base::Result<crypto::ContentDigests> digest_chunks(const ContentSource& source,
                                                   crypto::ChunkDigester::Options options);

}  // namespace rogatory::package
