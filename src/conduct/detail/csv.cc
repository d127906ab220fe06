// SPDX-License-Identifier: EUPL-1.2

#include "conduct/detail/csv.h"

#include <set>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace rogatory::conduct::detail {
namespace {

using base::ErrorCode;
using base::Result;

class Reader final {
 public:
  Reader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  bool at_end() const { return at_ == text_.size(); }
  int line() const { return line_; }

  base::Error error(ErrorCode code, std::string message, std::size_t at) const {
    const base::LineColumn where = base::line_column(text_, at);
    return {.code = code,
            .message = std::move(message),
            .place = {.file = std::string(file_), .line = where.line, .column = where.column}};
  }

  /// One line of fields, its end included.
  Result<CsvRow> row() {
    CsvRow out{.line = line_, .fields = {}};
    while (true) {
      ROG_TRY(std::string field, this->field());
      out.fields.push_back(std::move(field));
      if (out.fields.size() > kMaxFields) {
        return error(ErrorCode::kLimit, "a line has too many fields", at_);
      }
      if (!at_end() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      ROG_CHECKED(end_of_line());
      return out;
    }
  }

 private:
  Result<void> end_of_line() {
    if (at_end()) return {};
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    if (text_[at_] != '\n') {
      return error(ErrorCode::kParse, "text after a closing quote, or a single carriage return",
                   at_);
    }
    ++at_;
    ++line_;
    return {};
  }

  Result<std::string> field() { return !at_end() && text_[at_] == '"' ? quoted() : plain(); }

  Result<std::string> plain() {
    const std::size_t end = std::min(text_.find_first_of(",\r\n\"", at_), text_.size());
    if (end < text_.size() && text_[end] == '"') {
      return error(ErrorCode::kParse, "a quote inside a field that is not quoted", end);
    }
    if (end - at_ > kMaxFieldBytes) return error(ErrorCode::kLimit, "a field is too long", at_);
    std::string out(text_.substr(at_, end - at_));
    at_ = end;
    return out;
  }

  Result<std::string> quoted() {
    const std::size_t start = at_++;
    std::string out;
    while (true) {
      const std::size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) {
        return error(ErrorCode::kParse, "a quoted field does not end", start);
      }
      out += text_.substr(at_, end - at_);
      if (out.size() > kMaxFieldBytes) {
        return error(ErrorCode::kLimit, "a field is too long", start);
      }
      at_ = end + 1;
      if (at_end() || text_[at_] != '"') break;
      out += '"';
      ++at_;
    }
    for (const char c : out) {
      if (c == '\n') ++line_;
    }
    return out;
  }

  std::string_view text_;
  std::string_view file_;
  std::size_t at_ = 0;
  int line_ = 1;
};

Result<void> check_text(const Reader& reader, std::string_view text) {
  if (const auto bad = base::find_invalid_utf8(text)) {
    return reader.error(ErrorCode::kParse, "the text is not UTF-8", *bad);
  }
  const std::size_t nul = text.find('\0');
  if (nul != std::string_view::npos) {
    return reader.error(ErrorCode::kParse, "the text holds a NUL", nul);
  }
  return {};
}

base::Error row_error(std::string_view file, int line, std::string message) {
  return {.code = ErrorCode::kParse,
          .message = std::move(message),
          .place = {.file = std::string(file), .line = line}};
}

Result<void> check_header(const CsvRow& header, std::string_view file) {
  std::set<std::string_view> names;
  for (const std::string& name : header.fields) {
    if (!names.insert(name).second) {
      return row_error(file, header.line, "two columns `" + name + "`");
    }
  }
  return {};
}

/// A line that is empty: RFC 4180 knows none, writers leave one at the end.
bool is_blank(const CsvRow& row) {
  return row.fields.size() == 1 && row.fields.front().empty();
}

}  // namespace

Result<CsvTable> parse_csv(std::string_view text, std::string_view file, std::size_t max_rows) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Reader reader(text, file);
  ROG_CHECKED(check_text(reader, text));
  if (reader.at_end()) return row_error(file, 1, "no header");
  ROG_TRY(CsvRow header, reader.row());
  ROG_CHECKED(check_header(header, file));
  CsvTable out{.header = std::move(header.fields), .rows = {}};
  while (!reader.at_end()) {
    ROG_TRY(CsvRow row, reader.row());
    if (is_blank(row) && out.header.size() > 1) continue;
    if (row.fields.size() != out.header.size()) {
      return row_error(file, row.line,
                       "the row has " + std::to_string(row.fields.size()) + " fields, not " +
                           std::to_string(out.header.size()));
    }
    if (out.rows.size() == max_rows) {
      return reader.error(ErrorCode::kLimit, "too many rows", 0);
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace rogatory::conduct::detail
