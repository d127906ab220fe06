// SPDX-License-Identifier: EUPL-1.2
//
// Small operations on text. Pure, independent of the locale; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rogatory::base {

/// `text` without ASCII blanks (space, tab, CR, LF, VT, FF) at both ends; a view into `text`.
std::string_view trim(std::string_view text);

/// The parts of `text` between separators, empty parts included; views into `text`. Always at least
/// one part.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The parts in order with `separator` between them.
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string join(std::span<const std::string_view> parts, std::string_view separator);

/// `text` with A-Z made a-z; all other bytes stay.
std::string lower_ascii(std::string_view text);
/// `text` with a-z made A-Z; all other bytes stay.
std::string upper_ascii(std::string_view text);

/// True when `text` begins with `prefix`, A-Z and a-z being equal.
bool starts_with_ci(std::string_view text, std::string_view prefix);

/// The offset of the first byte that is not part of valid UTF-8 (RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF), or nothing when all of `text` is valid.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// True when all of `text` is valid UTF-8.
bool is_valid_utf8(std::string_view text);

/// The number of characters (code points) of valid UTF-8.
std::size_t count_characters(std::string_view text);

/// A position in a text: both counted from 1, the column in characters (code points).
struct LineColumn {
  int line = 1;
  int column = 1;

  bool operator==(const LineColumn&) const = default;
};

/// The position of the byte at `offset`; an offset beyond the end is the end. Linear.
LineColumn line_column(std::string_view text, std::size_t offset);

/// `text` broken at blanks into lines of at most `columns` characters, each beginning with `indent`
/// spaces. Newlines of `text` are kept, runs of blanks become one space, a longer word stands alone
/// on its line. No newline at the end.
std::string wrap(std::string_view text, std::size_t columns, std::size_t indent);

}  // namespace rogatory::base
