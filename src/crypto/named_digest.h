// SPDX-License-Identifier: EUPL-1.2
//
// Digests by the name that a received file gives them, old ones included: what others hashed with
// MD5 or SHA-1 is compared as received, and never sealed with. Single-threaded.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rogatory::crypto {

enum class DigestName { kMd5, kSha1, kSha224, kSha256, kSha384, kSha512 };

/// The name in lower case without separators, as BagIt writes it (RFC 8493 2.4): `sha256`.
std::string_view digest_name_text(DigestName name);

/// Reads such a name; `SHA-256` is `sha256` too. Nothing for names that are not listed above.
std::optional<DigestName> find_digest_name(std::string_view text);

/// The length of the digest in bytes.
std::size_t digest_bytes(DigestName name);

/// False for MD5 and SHA-1, with which two contents of one digest can be made.
bool is_collision_resistant(DigestName name);

/// A digest of bytes that come in pieces.
///
///     NamedDigest digest(DigestName::kMd5);
///     digest.update(piece);
///     const std::string hex = digest.finish_hex();
class NamedDigest final {
 public:
  explicit NamedDigest(DigestName name);
  NamedDigest(NamedDigest&&) noexcept;
  NamedDigest& operator=(NamedDigest&&) noexcept;
  ~NamedDigest();

  void update(std::span<const std::byte> bytes);
  /// Lower-case hexadecimal. Once only.
  std::string finish_hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rogatory::crypto
