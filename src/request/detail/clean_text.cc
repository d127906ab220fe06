// SPDX-License-Identifier: EUPL-1.2

#include "request/detail/clean_text.h"

#include <algorithm>
#include <cstdint>

namespace rogatory::request::detail {
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
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
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

base::Result<void> check_text(const base::Shape& at, std::string_view text) {
  const auto found = find_deceptive(text);
  if (!found) return {};
  return at.error("the character " + *found +
                  " does not belong in a request: it is not seen, and can make a text read "
                  "otherwise than it is");
}

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
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

base::Result<void> check_texts(const base::Shape& root) {
  if (const auto* text = root.json().if_string()) return check_text(root, *text);
  if (const auto* object = root.json().if_object()) {
    for (const auto& member : *object) {
      ROG_CHECKED(check_text(root, member.key()));
      ROG_CHECKED(check_texts(root.below(member.key(), member.value())));
    }
  } else if (root.json().is_array()) {
    ROG_TRY(const std::vector<base::Shape> items, root.items());
    for (const base::Shape& item : items) ROG_CHECKED(check_texts(item));
  }
  return {};
}

base::Result<std::string> read_id(const base::Shape& root, std::size_t max_length) {
  ROG_TRY(std::string id, root.get_text("id"));
  const bool is_name = !id.empty() && id.size() <= max_length && id.front() != '.' &&
                       id.front() != '_' && id.front() != '-' &&
                       std::ranges::all_of(id, is_id_character);
  if (is_name) return id;
  return root.error("`id` is made of letters, digits, `.`, `_` and `-`, at most " +
                    std::to_string(max_length) + ", and begins with a letter or digit");
}

}  // namespace rogatory::request::detail
