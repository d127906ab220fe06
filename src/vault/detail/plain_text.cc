// SPDX-License-Identifier: EUPL-1.2
#include "vault/detail/plain_text.h"

#include <array>
#include <cstddef>

#include "base/text.h"
#include "package/member_name.h"

namespace rogatory::vault::detail {
namespace {

/// White_Space of Unicode 15, and the marks that cannot be seen either.
constexpr std::array<std::string_view, 32> kBlanks = {
    "\t",           "\n",           "\v",           "\f",           "\r",           " ",
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82",
    "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88",
    "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe2\x81\xa0", "\xe3\x80\x80", "\xef\xbb\xbf",
    "\xe2\x80\x8e", "\xe2\x80\x8f"};

/// The bytes of the blank at the beginning or the end; 0 when there is none.
std::size_t blank_at_start(std::string_view text) {
  for (const std::string_view blank : kBlanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

std::size_t blank_at_end(std::string_view text) {
  for (const std::string_view blank : kBlanks) {
    if (text.ends_with(blank)) return blank.size();
  }
  return 0;
}

}  // namespace

std::optional<std::string> find_bad_text(const base::Json& value, std::string_view name) {
  if (const auto* text = value.if_string()) {
    return base::is_valid_utf8(*text) ? std::nullopt : std::optional(std::string(name));
  }
  if (const auto* list = value.if_array()) {
    for (const base::Json& one : *list) {
      if (auto bad = find_bad_text(one, name)) return bad;
    }
  }
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      if (auto bad = find_bad_text(member.value(), member.key())) return bad;
    }
  }
  return std::nullopt;
}

std::string_view trim_blanks(std::string_view text) {
  while (const std::size_t size = blank_at_start(text)) text.remove_prefix(size);
  while (const std::size_t size = blank_at_end(text)) text.remove_suffix(size);
  return text;
}

std::string folded_person(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    if (const std::size_t size = blank_at_start(text)) {
      text.remove_prefix(size);
      continue;
    }
    plain += text.front();
    text.remove_prefix(1);
  }
  return package::folded_name(plain);
}

}  // namespace rogatory::vault::detail
