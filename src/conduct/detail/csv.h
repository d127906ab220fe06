// SPDX-License-Identifier: EUPL-1.2
//
// Comma-separated values (RFC 4180): quoted fields may hold commas, line ends and doubled quotes.
// A line ends with CRLF or LF; a byte order mark is passed over. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rogatory::conduct::detail {

/// The most bytes of one field: the longest known narrative has some thirty thousand.
inline constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 20U;
/// The most fields of one line.
inline constexpr std::size_t kMaxFields = 1024;

struct CsvRow {
  int line = 0;  ///< of its first field, counted from 1
  std::vector<std::string> fields;
};

struct CsvTable {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;
};

/// Reads a table with a header. kParse, with line and column: invalid UTF-8, a NUL, a quote inside
/// a field that is not quoted, text after a closing quote, an open quote at the end, no header, a
/// name used twice in it, a row with more or fewer fields. kLimit: more than `max_rows` rows or
/// the limits above.
base::Result<CsvTable> parse_csv(std::string_view text, std::string_view file,
                                 std::size_t max_rows);

}  // namespace rogatory::conduct::detail
