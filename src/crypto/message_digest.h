// SPDX-License-Identifier: EUPL-1.2
//
// Digests whose algorithm is chosen by a certificate, a time stamp or an evidence record instead of
// by us. Pure; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "crypto/digest.h"

namespace rogatory::crypto {

/// The algorithms that signatures and time stamps may name here. SHA-1 is read, so that an old
/// record can be described, and never trusted: is_acceptable says no.
enum class DigestAlgorithm { kSha1, kSha224, kSha256, kSha384, kSha512, kSha3_256, kSha3_512 };

/// Every algorithm once, in order of declaration.
inline constexpr std::array kDigestAlgorithms = {
    DigestAlgorithm::kSha1,     DigestAlgorithm::kSha224, DigestAlgorithm::kSha256,
    DigestAlgorithm::kSha384,   DigestAlgorithm::kSha512, DigestAlgorithm::kSha3_256,
    DigestAlgorithm::kSha3_512,
};

/// `sha256` and so on.
std::string_view digest_algorithm_name(DigestAlgorithm algorithm);

/// The object identifier in dotted form, such as `2.16.840.1.101.3.4.2.1`.
std::string_view digest_algorithm_oid(DigestAlgorithm algorithm);

/// kUnsupported for an algorithm that is not in the list above.
base::Result<DigestAlgorithm> digest_algorithm_of_oid(std::string_view dotted);

/// The number of bytes of a digest.
std::size_t digest_size(DigestAlgorithm algorithm);

/// Whether collisions are out of reach as far as is known: all but SHA-1. When an algorithm stops
/// being acceptable on a date belongs to the policy of the verifier.
bool is_acceptable(DigestAlgorithm algorithm);

/// A digest with the algorithm that made it.
struct MessageDigest {
  DigestAlgorithm algorithm = DigestAlgorithm::kSha256;
  std::vector<std::byte> bytes;

  static MessageDigest of(const Sha256Digest& digest);
  static MessageDigest of(const Sha512Digest& digest);

  bool operator==(const MessageDigest&) const = default;

  /// Lower-case hexadecimal digits of the bytes.
  [[nodiscard]] std::string hex() const;
};

/// The digest of bytes in memory.
MessageDigest message_digest(DigestAlgorithm algorithm, std::span<const std::byte> bytes);

/// The digest of bytes that come piece by piece.
class MessageDigestStream final {
 public:
  explicit MessageDigestStream(DigestAlgorithm algorithm);
  MessageDigestStream(MessageDigestStream&&) noexcept;
  MessageDigestStream& operator=(MessageDigestStream&&) noexcept;
  ~MessageDigestStream();

  void update(std::span<const std::byte> bytes);
  /// The digest of all bytes given. The stream is spent afterwards.
  MessageDigest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The digests known of one content that may be too large to hold. A signature or a record says
/// which algorithm it needs; what is not here cannot be checked, and that is reported as such.
class KnownDigests final {
 public:
  KnownDigests() = default;
  /// Digests of one content, made elsewhere in one pass; the first of an algorithm counts.
  explicit KnownDigests(std::vector<MessageDigest> digests) : digests_(std::move(digests)) {}

  /// All algorithms over bytes in memory.
  static KnownDigests of(std::span<const std::byte> content);
  static KnownDigests of(std::string_view content);

  /// Borrowed; absent when that algorithm is not known.
  [[nodiscard]] const MessageDigest* find(DigestAlgorithm algorithm) const;
  [[nodiscard]] const std::vector<MessageDigest>& all() const { return digests_; }

 private:
  std::vector<MessageDigest> digests_;
};

}  // namespace rogatory::crypto
