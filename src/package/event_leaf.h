// SPDX-License-Identifier: EUPL-1.2
//
// What the log of a case holds of an event: its kind and time, what all may read, and a salted
// commitment for each member that they may not. Pure; any thread.
//
// A commitment is SHA-256("rogatory.commitment/1" || 0x00 || salt || canonical JSON of the value).
// The salt is 32 random bytes for each value: who has it and the value can show that they are what
// was logged; who has neither learns nothing, and learns nothing more once both are erased.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "crypto/digest.h"

namespace rogatory::package {

/// The largest leaf (C2SP tlog-tiles: an entry has a length of 16 bits).
inline constexpr std::size_t kMaxLeafBytes = 65535;

using Salt = std::array<std::byte, 32>;

/// From the random generator of the system.
Salt random_salt();

std::string salt_hex(const Salt& salt);
/// kParse for anything but 64 lower-case hexadecimal digits.
base::Result<Salt> parse_salt(std::string_view hex);

/// Whether no number in it has a fraction or is beyond 2^53 - 1: bundles hold whole numbers only,
/// for few programs write others the same way.
bool has_only_whole_numbers(const base::Json& value);

/// The commitment to a value.
crypto::Sha256Digest commitment_to(const Salt& salt, const base::Json& value);

/// One leaf, as canonical JSON (RFC 8785):
///
///     {"at":"2026-11-24T10:00:00Z","closed":{"role":"<hex>"},"format":"rogatory.event/1",
///      "kind":"seal","open":{"root":"<hex>","size":3}}
struct EventLeaf {
  /// Lower-case letters, digits and `_`.
  std::string kind;
  /// RFC 3339 in UTC: the clock of the node, and no more than that.
  std::string at;
  base::JsonObject open;
  std::map<std::string, crypto::Sha256Digest> closed;

  /// The bytes of the leaf. kLimit above kMaxLeafBytes.
  base::Result<std::string> to_bytes() const;

  /// kParse for what is no JSON; kSchema for another shape, another format, a number that is not
  /// whole, or bytes that are not canonical; kLimit.
  static base::Result<EventLeaf> parse(std::string_view bytes);
};

/// The value of one closed member with its salt.
struct Opening {
  std::string member;
  Salt salt{};
  base::Json value;
};

/// kLint when the leaf has no such member or the commitment is to something else.
base::Result<void> check_opening(const EventLeaf& leaf, const Opening& opening);

}  // namespace rogatory::package
