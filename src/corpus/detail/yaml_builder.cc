// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/yaml_builder.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>

namespace rogatory::corpus::detail {
namespace {

using base::ErrorCode;
using base::LineColumn;

// The largest integer that I-JSON promises to carry exactly (RFC 7493, section 2.2).
constexpr double kMaxExactInteger = 9007199254740991.0;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// JSON's grammar of numbers without exponents: `-12`, `0.5`, not `007`, `1e3`, `.5`.
bool is_number(std::string_view text) {
  std::size_t i = text.starts_with('-') ? 1 : 0;
  const auto skip_digits = [&] {
    const std::size_t start = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - start;
  };
  const std::size_t first = i;
  const std::size_t whole = skip_digits();
  if (whole == 0 || (whole > 1 && text[first] == '0')) return false;
  if (i == text.size()) return true;
  if (text[i++] != '.') return false;
  return skip_digits() > 0 && i == text.size();
}

// Nothing when the number is too large to be carried exactly.
std::optional<base::Json> to_number(std::string_view text) {
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || std::abs(number) > kMaxExactInteger) return std::nullopt;
  if (number == std::floor(number)) return base::Json(static_cast<std::int64_t>(number));
  return base::Json(number);
}

}  // namespace

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (++documents_ > 1) refuse(ErrorCode::kParse, "a second document in one file", mark);
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  check_properties(mark, "?", anchor);
  if (expects_key()) refuse_key(mark);
  if (!frames_.empty() && !is_in_mapping() && !is_written_null(mark)) {
    refuse(ErrorCode::kParse, "an empty entry of a list", mark);
  }
  // The parser gives the position of what follows an absent value.
  begin_value(is_in_mapping() ? frames_.back().key_at : position(mark));
  end_value(nullptr);
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  refuse(ErrorCode::kLint, "an alias: write the value out", mark);
}

void YamlBuilder::OnAnchor(const YAML::Mark& mark, const std::string&) {
  refuse_anchor(mark);
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  check_properties(mark, tag == "!" ? "?" : tag, anchor);
  if (value.size() > limits_.max_scalar_bytes) {
    refuse(ErrorCode::kLimit,
           "a text of more than " + std::to_string(limits_.max_scalar_bytes) + " bytes", mark);
  }
  // The parser writes the escapes `\N` and `\_` as bytes of Latin-1.
  if (!base::is_valid_utf8(value)) refuse(ErrorCode::kParse, "an escape that is not UTF-8", mark);
  if (tag == "!") check_quotes(mark);
  base::Json scalar = tag == "!" ? base::Json(value) : plain(value, mark);
  if (expects_key()) return take_key(scalar, value, tag == "?", mark);
  begin_value(position(mark));
  end_value(std::move(scalar));
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                  YAML::anchor_t anchor, YAML::EmitterStyle::value) {
  open(mark, tag, anchor, /*is_object=*/false);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  open(mark, tag, anchor, /*is_object=*/true);
}

// The column counts characters, the parser bytes.
LineColumn YamlBuilder::position(const YAML::Mark& mark) const {
  if (mark.is_null()) return {};
  const auto end = std::min(static_cast<std::size_t>(mark.pos), text_.size());
  const auto start = end - std::min(static_cast<std::size_t>(mark.column), end);
  const auto column = base::count_characters(text_.substr(start, end - start)) + 1;
  return {.line = mark.line + 1, .column = static_cast<int>(column)};
}

void YamlBuilder::refuse(ErrorCode code, std::string message, const YAML::Mark& mark) const {
  throw YamlRefusal{code, std::move(message), position(mark)};
}

void YamlBuilder::refuse_anchor(const YAML::Mark& mark) const {
  refuse(ErrorCode::kLint, "an anchor: write the value out where it is needed", mark);
}

void YamlBuilder::refuse_key(const YAML::Mark& mark) const {
  refuse(ErrorCode::kLint, "a key must be a string: quote it", mark);
}

// A tag or anchor shows in the events, or (`!` alone) only in the text.
void YamlBuilder::check_properties(const YAML::Mark& mark, std::string_view tag,
                                   YAML::anchor_t anchor) const {
  const std::string_view text = text_at(mark);
  const char first = text.empty() ? ' ' : text.front();
  if (first == '&' || anchor != YAML::NullAnchor) {
    refuse_anchor(mark);
  }
  if (first == '!' || tag != "?") refuse(ErrorCode::kLint, "a tag", mark);
}

// The text from the mark on; nothing at the end.
std::string_view YamlBuilder::text_at(const YAML::Mark& mark) const {
  return text_.substr(std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.size()));
}

bool YamlBuilder::is_written_null(const YAML::Mark& mark) const {
  const std::string_view text = text_at(mark);
  return text.starts_with('~') || base::starts_with_ci(text, "null");
}

// The parser takes the end of the file, or the quote of a later text, for a quote left out.
void YamlBuilder::check_quotes(const YAML::Mark& mark) const {
  std::string_view text = text_at(mark);
  const char quote = text.empty() ? ' ' : text.front();
  if (quote != '"' && quote != '\'') return;
  text = text.substr(0, text.find('\n'));
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 == text.size() || text[i + 1] != quote) return;
      ++i;
    }
  }
  refuse(ErrorCode::kParse, "a quoted text must end on its line: use `>` for a long one", mark);
}

base::Json YamlBuilder::plain(const std::string& value, const YAML::Mark& mark) const {
  if (value == "true") return true;
  if (value == "false") return false;
  if (!is_number(value)) return base::Json(value);
  auto number = to_number(value);
  if (!number) {
    refuse(ErrorCode::kParse, "a number that is too large to be exact: quote it", mark);
  }
  return *std::move(number);
}

void YamlBuilder::take_key(const base::Json& scalar, const std::string& key, bool is_plain,
                           const YAML::Mark& mark) {
  if (!scalar.is_string()) refuse_key(mark);
  if (is_plain && key == "<<") refuse(ErrorCode::kLint, "a merge key", mark);
  Frame& frame = frames_.back();
  if (frame.object.contains(key)) {
    refuse(ErrorCode::kLint, "the key `" + key + "` is used twice", mark);
  }
  frame.key = key;
  frame.key_at = position(mark);
}

void YamlBuilder::open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       bool is_object) {
  check_properties(mark, tag, anchor);
  if (expects_key()) {
    refuse(ErrorCode::kLint, "a list or mapping as a key, or a bracket that is not closed", mark);
  }
  if (frames_.size() >= limits_.max_depth) {
    refuse(ErrorCode::kLimit, "nested deeper than " + std::to_string(limits_.max_depth) + " levels",
           mark);
  }
  begin_value(position(mark));
  Frame& frame = frames_.emplace_back();
  frame.is_object = is_object;
  frame.pointer_size = pointer_.size();
}

void YamlBuilder::close() {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  if (frame.is_object) {
    end_value(std::move(frame.object));
  } else {
    end_value(std::move(frame.array));
  }
}

// Extends the pointer by the step to the value that begins here.
void YamlBuilder::begin_value(LineColumn at) {
  if (!frames_.empty()) {
    const Frame& frame = frames_.back();
    pointer_ += '/';
    pointer_ +=
        frame.is_object ? base::pointer_token(*frame.key) : std::to_string(frame.array.size());
  }
  positions_.add(pointer_, at);
}

void YamlBuilder::end_value(base::Json value) {
  if (frames_.empty()) {
    root_ = std::move(value);
    return;
  }
  Frame& frame = frames_.back();
  pointer_.resize(frame.pointer_size);
  if (frame.is_object) {
    frame.object.emplace(*frame.key, std::move(value));
    frame.key.reset();
  } else {
    frame.array.push_back(std::move(value));
  }
}

}  // namespace rogatory::corpus::detail
