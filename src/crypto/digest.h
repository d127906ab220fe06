// SPDX-License-Identifier: EUPL-1.2
//
// Digests (FIPS 180-4). Pure; functions from any thread, a stream from one at a time.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rogatory::crypto {

/// A SHA-256 digest.
struct Sha256Digest {
  std::array<std::byte, 32> bytes{};

  auto operator<=>(const Sha256Digest&) const = default;

  /// 64 lower-case hexadecimal digits.
  std::string hex() const;

  /// Reads what hex() wrote; kParse for anything else, upper case included.
  static base::Result<Sha256Digest> parse_hex(std::string_view text);

  friend void PrintTo(const Sha256Digest& digest, std::ostream* out);
};

/// A SHA-512 digest.
struct Sha512Digest {
  std::array<std::byte, 64> bytes{};

  auto operator<=>(const Sha512Digest&) const = default;

  /// 128 lower-case hexadecimal digits.
  std::string hex() const;

  /// Reads what hex() wrote; kParse for anything else, upper case included.
  static base::Result<Sha512Digest> parse_hex(std::string_view text);

  friend void PrintTo(const Sha512Digest& digest, std::ostream* out);
};

/// The SHA-256 digest of `bytes`.
///
///     const std::string id = sha256(canonical_json(request)).hex();
Sha256Digest sha256(std::span<const std::byte> bytes);

/// The SHA-256 digest of the bytes of `text`.
Sha256Digest sha256(std::string_view text);

/// The SHA-512 digest of `bytes`, and of the bytes of `text`.
Sha512Digest sha512(std::span<const std::byte> bytes);
Sha512Digest sha512(std::string_view text);

/// A digest of bytes that come in parts. A copy goes on from where the original stood.
///
///     Sha256Stream stream;
///     stream.update(head);
///     stream.update(body);
///     const Sha256Digest digest = stream.finish();
class Sha256Stream final {
 public:
  Sha256Stream();
  void update(std::span<const std::byte> bytes);
  /// The digest of all bytes so far. The stream is as new afterwards.
  Sha256Digest finish();

 private:
  /// The state of OpenSSL, whose headers stay out of this one.
  alignas(8) std::array<std::byte, 112> state_;
};

class Sha512Stream final {
 public:
  Sha512Stream();
  void update(std::span<const std::byte> bytes);
  /// The digest of all bytes so far. The stream is as new afterwards.
  Sha512Digest finish();

 private:
  alignas(8) std::array<std::byte, 216> state_;
};

}  // namespace rogatory::crypto
