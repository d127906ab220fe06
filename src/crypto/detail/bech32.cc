// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/bech32.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/text.h"

namespace rogatory::crypto::detail {
namespace {

constexpr std::string_view kDigits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumDigits = 6;
/// Longer than any key in use (a hybrid recipient has 1,959).
constexpr std::size_t kMaxText = 4096;

using Digits = std::vector<std::uint8_t>;

/// BIP 173, "Checksum".
std::uint32_t polymod(const Digits& values) {
  constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                       0x3d4233dd, 0x2a1462b3};
  std::uint32_t check = 1;
  for (const std::uint8_t value : values) {
    const std::uint32_t top = check >> 25U;
    check = (check & 0x1ffffffU) << 5U ^ value;
    for (std::size_t i = 0; i < kGenerator.size(); ++i) {
      if ((top >> i & 1U) != 0) check ^= kGenerator[i];
    }
  }
  return check;
}

Digits expand(std::string_view prefix) {
  Digits values;
  for (const char c : prefix) values.push_back(static_cast<std::uint8_t>(c >> 5));
  values.push_back(0);
  for (const char c : prefix) values.push_back(static_cast<std::uint8_t>(c & 31));
  return values;
}

Digits five_bit_digits(ByteView bytes) {
  Digits digits;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::byte byte : bytes) {
    bits = (bits << 8U | std::to_integer<std::uint32_t>(byte)) & 0xFFFU;
    for (held += 8; held >= 5;) {
      held -= 5;
      digits.push_back(static_cast<std::uint8_t>(bits >> held & 31U));
    }
  }
  if (held > 0) digits.push_back(static_cast<std::uint8_t>(bits << (5 - held) & 31U));
  return digits;
}

base::Error not_bech32() {
  return {.code = base::ErrorCode::kParse,
          .message = "this is not a key of the kind expected, or was copied with a mistake"};
}

/// Bits left over at the end are fewer than five and zero (BIP 173, "Segwit address format").
base::Result<Bytes> bytes_of(std::span<const std::uint8_t> digits) {
  Bytes bytes;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::uint8_t digit : digits) {
    bits = (bits << 5U | digit) & 0xFFFU;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<std::byte>(bits >> held & 0xFFU));
  }
  if (held >= 5 || (bits & ((1U << held) - 1)) != 0) return not_bech32();
  return bytes;
}

}  // namespace

std::string bech32(std::string_view prefix, ByteView bytes) {
  const Digits digits = five_bit_digits(bytes);
  Digits checked = expand(prefix);
  checked.insert(checked.end(), digits.begin(), digits.end());
  checked.insert(checked.end(), kChecksumDigits, 0);
  const std::uint32_t check = polymod(checked) ^ 1U;
  std::string text = std::string(prefix) + '1';
  for (const std::uint8_t digit : digits) text += kDigits[digit];
  for (std::size_t i = 0; i < kChecksumDigits; ++i) {
    text += kDigits[check >> (5 * (kChecksumDigits - 1 - i)) & 31U];
  }
  return text;
}

base::Result<Bytes> parse_bech32(std::string_view prefix, std::string_view text) {
  if (text.size() > kMaxText) return not_bech32();
  const std::string lower = base::lower_ascii(text);
  if (text != lower && text != base::upper_ascii(text)) return not_bech32();
  const std::size_t separator = lower.rfind('1');
  if (separator == std::string::npos || lower.substr(0, separator) != prefix) return not_bech32();
  Digits digits;
  for (const char c : lower.substr(separator + 1)) {
    const std::size_t value = kDigits.find(c);
    if (value == std::string_view::npos) return not_bech32();
    digits.push_back(static_cast<std::uint8_t>(value));
  }
  if (digits.size() < kChecksumDigits) return not_bech32();
  Digits checked = expand(prefix);
  checked.insert(checked.end(), digits.begin(), digits.end());
  if (polymod(checked) != 1) return not_bech32();
  return bytes_of(std::span(digits).first(digits.size() - kChecksumDigits));
}

}  // namespace rogatory::crypto::detail
