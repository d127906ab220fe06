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

/// Lower-case hexadecimal digests by name.
using HexDigests = std::map<crypto::DigestName, std::string>;

struct DigestedContent {
  std::uint64_t size_bytes = 0;
  HexDigests digests;
};

/// Reads a content once and gives the digests asked for. Errors of the source.
base::Result<DigestedContent> digest_content(const ContentSource& source,
                                             const std::vector<crypto::DigestName>& names);

}  // namespace rogatory::package
