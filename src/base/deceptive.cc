// SPDX-License-Identifier: EUPL-1.2

#include "base/deceptive.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace rogatory::base {
namespace {

/// The code point at `at` of valid UTF-8, and its length.
struct Decoded {
  std::uint32_t code = 0;
  std::size_t length = 1;
};

Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const std::uint32_t first = byte(at);
  if (first < 0xC0) return {.code = first, .length = 1};
  std::size_t length = 4;
  if (first < 0xF0) length = 3;
  if (first < 0xE0) length = 2;
  std::uint32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) code = code << 6U | (byte(at + i) & 0x3FU);
  return {.code = code, .length = length};
}

bool is_deceptive(std::uint32_t code) {
  const bool is_control = (code < 0x20 && code != '\n') || (code >= 0x7F && code <= 0x9F);
  const bool is_bidi = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  return is_control || is_bidi;
}

/// All that is refused lies below U+10000: four digits.
std::string name_of(std::uint32_t code) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out = "U+";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[code >> shift & 0xFU];
  return out;
}

/// The same for a text that is valid UTF-8.
void append_masked(std::string& out, std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = decode(text, at);
    out += is_deceptive(code) ? kReplacement : text.substr(at, length);
    at += length;
  }
}

}  // namespace

std::optional<std::string> find_deceptive(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = decode(text, at);
    if (is_deceptive(code)) {
      return name_of(code);
    }
    at += length;
  }
  return std::nullopt;
}

std::string mask_deceptive(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::optional<std::size_t> bad = find_invalid_utf8(text);
    append_masked(out, text.substr(0, bad.value_or(text.size())));
    if (!bad) break;
    out += "\xEF\xBF\xBD";
    text.remove_prefix(std::min(text.size(), *bad + 1));
  }
  return out;
}

}  // namespace rogatory::base
