// SPDX-License-Identifier: EUPL-1.2
//
// The few forms of ASN.1 (ITU-T X.690) that an evidence record is made of. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rogatory::crypto::detail {

/// Identifier octets of tags below 31.
inline constexpr std::uint8_t kDerInteger = 0x02;
inline constexpr std::uint8_t kDerOctetString = 0x04;
inline constexpr std::uint8_t kDerNull = 0x05;
inline constexpr std::uint8_t kDerOid = 0x06;
inline constexpr std::uint8_t kDerSequence = 0x30;
/// Constructed, context-specific.
constexpr std::uint8_t der_context(std::uint8_t number) {
  return static_cast<std::uint8_t>(0xA0 + number);
}

/// One element, borrowed from what was read.
struct DerElement {
  std::uint8_t tag = 0;
  std::span<const std::byte> content;
  /// With identifier and length.
  std::span<const std::byte> whole;
};

/// Reads elements one behind the other. Lengths have to be as short as they can be; only `next_any`
/// passes over elements of indefinite length, which CMS structures of others have.
class DerReader final {
 public:
  /// `where` names the structure in errors.
  DerReader(std::span<const std::byte> bytes, std::string_view where)
      : rest_(bytes), where_(where) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  /// Whether an element with that tag comes next.
  [[nodiscard]] bool next_is(std::uint8_t tag) const;

  /// The next element, which has to have that tag. kParse.
  base::Result<DerElement> next(std::uint8_t tag);
  /// The next element, whatever it is; `content` is empty when its length is indefinite. kParse,
  /// also beyond a nesting of 32.
  base::Result<DerElement> next_any();
  /// kParse unless at_end().
  base::Result<void> finish() const;

 private:
  base::Error error(std::string_view what) const;
  base::Result<std::size_t> skip(std::span<const std::byte> bytes, int depth) const;

  std::span<const std::byte> rest_;
  std::string where_;
};

/// An element from its content.
std::vector<std::byte> der_element(std::uint8_t tag, std::span<const std::byte> content);

/// Appends.
void append(std::vector<std::byte>& to, std::span<const std::byte> bytes);

/// An AlgorithmIdentifier of a digest; parameters are absent or NULL. kParse, kUnsupported.
base::Result<std::string> parse_algorithm(const DerElement& sequence);

/// The OBJECT IDENTIFIER of a dotted text that is known to be one.
std::vector<std::byte> der_oid(std::string_view dotted);

}  // namespace rogatory::crypto::detail
