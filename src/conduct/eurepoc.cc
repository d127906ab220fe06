// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "conduct/detail/apply.h"
#include "conduct/detail/codes.h"
#include "conduct/detail/csv.h"
#include "conduct/detail/record.h"
#include "conduct/import.h"

namespace rogatory::conduct {
namespace {

using base::Result;
using detail::Codes;

/// How the values of a column are written.
enum class Cell : std::uint8_t {
  kOne,     ///< one value
  kSeries,  ///< `a; b`
  kList,    ///< `['a', 'b']`, also nested
  kNumber,
};

struct Column {
  std::string_view name;
  Cell cell;
};

constexpr std::array kColumns = {
    Column{.name = "incident_type", .cell = Cell::kSeries},
    Column{.name = "receiver_country", .cell = Cell::kList},
    Column{.name = "receiver_category", .cell = Cell::kList},
    Column{.name = "initiator_category", .cell = Cell::kList},
    Column{.name = "MITRE_initial_access", .cell = Cell::kSeries},
    Column{.name = "MITRE_impact", .cell = Cell::kSeries},
    Column{.name = "has_disruption", .cell = Cell::kOne},
    Column{.name = "data_theft", .cell = Cell::kOne},
    Column{.name = "disruption", .cell = Cell::kOne},
    Column{.name = "hijacking", .cell = Cell::kOne},
    Column{.name = "economic_impact_exact_value", .cell = Cell::kNumber},
    Column{.name = "economic_impact_currency", .cell = Cell::kOne},
};

constexpr std::array kNeeded = {std::string_view("ID"), std::string_view("name"),
                                std::string_view("incident_type"), std::string_view("start_date"),
                                std::string_view("receiver_country")};

/// A row with its columns by name.
class Row final {
 public:
  Row(const std::map<std::string, std::size_t, std::less<>>& columns, const detail::CsvRow& row,
      std::string_view file)
      : columns_(columns), row_(row), file_(file) {}

  std::string_view cell(std::string_view column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? std::string_view() : base::trim(row_.fields[found->second]);
  }
  std::string field(std::string_view column) const {
    return "line " + std::to_string(row_.line) + ", column " + std::string(column);
  }
  base::Error error(std::string message, std::string_view column) const {
    return {.code = base::ErrorCode::kSchema,
            .message = std::move(message),
            .context = {"while reading column " + std::string(column)},
            .place = {.file = std::string(file_), .line = row_.line}};
  }

 private:
  const std::map<std::string, std::size_t, std::less<>>& columns_;
  const detail::CsvRow& row_;
  std::string_view file_;
};

/// The quoted texts of a list, at whatever depth; a backslash takes the next sign as it is.
std::vector<std::string> quoted_texts(std::string_view list) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < list.size(); ++at) {
    const char quote = list[at];
    if (quote != '\'' && quote != '"') continue;
    std::string text;
    for (++at; at < list.size() && list[at] != quote; ++at) {
      if (list[at] == '\\' && at + 1 < list.size()) ++at;
      text += list[at];
    }
    if (!text.empty()) out.push_back(std::move(text));
  }
  return out;
}

std::vector<std::string> values_of(Cell kind, std::string_view cell) {
  if (cell.empty()) return {};
  if (kind == Cell::kList && cell.starts_with('[')) return quoted_texts(cell);
  if (kind != Cell::kSeries) return {std::string(cell)};
  std::vector<std::string> out;
  for (const std::string_view part : base::split(cell, ';')) {
    if (!base::trim(part).empty()) out.emplace_back(base::trim(part));
  }
  return out;
}

Result<void> add_number(const Row& row, std::string_view column, Codes& codes) {
  const std::string_view cell = row.cell(column);
  if (cell.empty() || base::lower_ascii(cell) == "not available") return {};
  double value = 0;
  const auto [end, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  const bool is_whole_cell = end == cell.data() + cell.size();
  if (failure != std::errc() || !is_whole_cell || !std::isfinite(value)) {
    return row.error("a number is expected", column);
  }
  codes.add_number(column, value, row.field(column));
  return {};
}

Result<Codes> collect(const Row& row) {
  Codes out;
  for (const Column& column : kColumns) {
    if (column.cell == Cell::kNumber) {
      ROG_CHECKED(add_number(row, column.name, out));
      continue;
    }
    for (const std::string& value : values_of(column.cell, row.cell(column.name))) {
      ROG_CHECKED(out.add(std::string(column.name) + "." + value, row.field(column.name)));
    }
  }
  return out;
}

Result<std::optional<base::Date>> read_day(const Row& row, std::string_view column) {
  const std::string_view cell = row.cell(column);
  if (cell.empty() || base::lower_ascii(cell) == "not available") {
    return std::optional<base::Date>();
  }
  const auto out = detail::day_of(cell);
  if (!out) return row.error("a date YYYY-MM-DD is expected", column);
  return out;
}

Result<law::ConductDates> read_dates(const Row& row) {
  law::ConductDates out;
  ROG_TRY(out.from, read_day(row, "start_date"));
  ROG_TRY(out.until, read_day(row, "end_date"));
  if (!out.from) out.until.reset();
  return out;
}

Result<detail::RecordHead> read_head(const Row& row, std::vector<std::string>& remarks) {
  detail::RecordHead out;
  const std::string id(row.cell("ID"));
  out.id = detail::make_id("eurepoc", id);
  out.title = detail::shorten(row.cell("name"), 200);
  out.summary = row.cell("description");
  out.source = {.id = std::string(detail::kRecord),
                .title = "EuRepoC incident " + id,
                .where = "EuRepoC incident " + id,
                .read_on = {}};
  ROG_TRY(out.dates, read_dates(row));
  if (out.dates.until && *out.dates.until < *out.dates.from) {
    remarks.emplace_back("the record ends before it begins; the end is not taken");
    out.dates.until.reset();
  }
  return out;
}

Result<Imported> import_row(const Row& row, const Mappings& mappings) {
  std::vector<std::string> remarks;
  ROG_TRY(detail::RecordHead head, read_head(row, remarks));
  ROG_TRY(const Codes codes, collect(row));
  detail::FactSheet sheet(
      {.asserted_by = mappings.eurepoc.asserted_by, .source = std::string(detail::kRecord)});
  sheet.apply(mappings.eurepoc, codes);
  head.places = detail::read_places(mappings.eurepoc, codes, mappings.states, remarks);
  return detail::make_imported(std::move(head), std::move(sheet), std::move(remarks));
}

}  // namespace

Result<std::vector<Imported>> import_eurepoc_csv(std::string_view text, std::string_view file,
                                                 const Mappings& mappings) {
  ROG_TRY(const detail::CsvTable table, detail::parse_csv(text, file, kMaxRecords));
  std::map<std::string, std::size_t, std::less<>> columns;
  for (std::size_t i = 0; i < table.header.size(); ++i) columns.emplace(table.header[i], i);
  for (const std::string_view name : kNeeded) {
    if (columns.contains(name)) continue;
    return base::Error{.code = base::ErrorCode::kSchema,
                       .message = "column `" + std::string(name) + "` is missing",
                       .place = {.file = std::string(file), .line = 1}};
  }
  std::vector<Imported> out;
  out.reserve(table.rows.size());
  for (const detail::CsvRow& row : table.rows) {
    ROG_TRY(Imported one, import_row(Row(columns, row, file), mappings));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace rogatory::conduct
