// SPDX-License-Identifier: EUPL-1.2

#include "package/member_name.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/assert.h"
#include "base/text.h"

namespace rogatory::package {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

namespace {

base::Error refused(std::string_view name, std::string_view why) {
  std::string shown;
  for (const char c : name.substr(0, 200)) {
    shown += is_control(c) ? '?' : c;
  }
  if (!base::is_valid_utf8(shown)) shown = "(not UTF-8)";
  return base::Error{.code = base::ErrorCode::kLint,
                     .message = "the name `" + shown + "` " + std::string(why)};
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// `%HOMEDRIVE%\x`: Windows puts a folder there.
bool has_leading_variable(std::string_view name) {
  if (!name.starts_with('%')) return false;
  const auto end = name.find('%', 1);
  if (end == std::string_view::npos || end == 1) return false;
  return std::all_of(name.begin() + 1, name.begin() + static_cast<std::ptrdiff_t>(end),
                     [](char c) { return is_letter(c) || c == '_'; });
}

bool has_control(std::string_view name) {
  return std::any_of(name.begin(), name.end(), is_control);
}

base::Result<void> check_parts(std::string_view name) {
  const auto parts = base::split(name, '/');
  if (parts.size() > kMaxNameParts) return refused(name, "has too many parts");
  for (const std::string_view part : parts) {
    if (part.empty()) return refused(name, "has an empty part");
    if (part == "." || part == "..") return refused(name, "has a part that leads elsewhere");
  }
  return {};
}

}  // namespace

base::Result<void> check_member_name(std::string_view name) {
  if (name.empty()) return refused(name, "is empty");
  if (name.size() > kMaxNameBytes) return refused(name, "is too long");
  if (!base::is_valid_utf8(name)) return refused(name, "is not UTF-8");
  if (has_control(name)) return refused(name, "has a control character");
  if (name.find('\\') != std::string_view::npos) return refused(name, "has a backslash");
  if (name.starts_with('/')) return refused(name, "is absolute");
  if (name.starts_with('~')) return refused(name, "begins with `~`, a home folder for a shell");
  if (name.size() >= 2 && is_letter(name[0]) && name[1] == ':') {
    return refused(name, "begins with a drive letter");
  }
  if (has_leading_variable(name)) return refused(name, "begins with a variable of Windows");
  return check_parts(name);
}

std::string folded_name(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* const nfd = icu::Normalizer2::getNFDInstance(status);
  const auto* const nfc = icu::Normalizer2::getNFCInstance(status);
  ROG_ASSERT(U_SUCCESS(status));
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  text = nfd->normalize(text, status);
  text.foldCase();
  text = nfc->normalize(text, status);
  ROG_ASSERT(U_SUCCESS(status));
  std::string folded;
  return text.toUTF8String(folded);
}

std::optional<std::string> TwinFinder::add(std::string_view name) {
  const auto [at, is_new] = seen_.emplace(folded_name(name), name);
  if (is_new || at->second == name) return std::nullopt;
  return at->second;
}

bool is_system_file(std::string_view name) {
  constexpr std::array kNames = {"Thumbs.db",       ".DS_Store", "desktop.ini",
                                 ".Spotlight-V100", ".Trashes",  ".directory"};
  const std::string_view last = name.substr(name.rfind('/') + 1);
  return last.starts_with("._") || std::find(kNames.begin(), kNames.end(), last) != kNames.end();
}

}  // namespace rogatory::package
