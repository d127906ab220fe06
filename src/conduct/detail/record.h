// SPDX-License-Identifier: EUPL-1.2
//
// What the importers share: ids, dates, and the one count of a record. Single-threaded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "conduct/detail/apply.h"
#include "conduct/detail/codes.h"
#include "conduct/import.h"
#include "conduct/mapping.h"

namespace rogatory::conduct::detail {

/// The id under which facts refer to the record itself.
inline constexpr std::string_view kRecord = "record";

/// `prefix-` and the text in lower case, other signs than letters and digits as `-`.
std::string make_id(std::string_view prefix, std::string_view text);

/// The day of a date or of a time stamp `YYYY-MM-DD...`; nothing for other texts.
std::optional<base::Date> day_of(std::string_view text);

/// The text, cut at a character before `max_bytes`.
std::string shorten(std::string_view text, std::size_t max_bytes);

/// What an importer has read besides codes.
struct RecordHead {
  std::string id;
  std::string title;
  std::string summary;
  Source source;
  law::ConductDates dates;
  std::vector<Person> persons;
  std::vector<PlaceOfConduct> places;
};

/// One conduct with one count.
Imported make_imported(RecordHead head, FactSheet sheet, std::vector<std::string> remarks);

}  // namespace rogatory::conduct::detail
