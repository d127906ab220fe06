// SPDX-License-Identifier: EUPL-1.2
//
// Digests of bytes in memory (FIPS 180-4). Pure; any thread.
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

/// The SHA-256 digest of `bytes`.
///
///     const std::string id = sha256(canonical_json(request)).hex();
Sha256Digest sha256(std::span<const std::byte> bytes);

/// The SHA-256 digest of the bytes of `text`.
Sha256Digest sha256(std::string_view text);

}  // namespace rogatory::crypto
