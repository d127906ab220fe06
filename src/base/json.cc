// SPDX-License-Identifier: EUPL-1.2

#include "base/json.h"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/text.h"

namespace rogatory::base {
namespace {

// The largest integer that I-JSON promises to carry exactly (RFC 7493, section 2.2).
constexpr std::int64_t kMaxExactInteger = (std::int64_t{1} << 53) - 1;

// Receives the events of the parser, builds the value and remembers where it is.
class Builder final {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_key_size = kMaxInputBytes;
  static constexpr std::size_t max_string_size = kMaxInputBytes;

  using ErrorCodeOut = boost::json::error_code;
  using View = boost::json::string_view;

  // One arena for the whole document: its values are many and end together.
  Builder(JsonStorage storage, bool checks_keys) : checks_keys_(checks_keys) {
    stack_.reset(std::move(storage));
  }

  bool on_document_begin(ErrorCodeOut&) { return true; }
  bool on_document_end(ErrorCodeOut&) { return true; }

  bool on_object_begin(ErrorCodeOut&) {
    begin_value();
    if (checks_keys_) frames_.emplace_back(/*is_object=*/true);
    return true;
  }
  bool on_object_end(std::size_t size, ErrorCodeOut&) {
    stack_.push_object(size);
    if (checks_keys_) frames_.pop_back();
    return true;
  }
  bool on_array_begin(ErrorCodeOut&) {
    begin_value();
    if (checks_keys_) frames_.emplace_back(/*is_object=*/false);
    return true;
  }
  bool on_array_end(std::size_t size, ErrorCodeOut&) {
    stack_.push_array(size);
    if (checks_keys_) frames_.pop_back();
    return true;
  }

  bool on_key_part(View part, std::size_t, ErrorCodeOut&) {
    if (checks_keys_) key_.append(part.data(), part.size());
    stack_.push_chars(part);
    return true;
  }
  bool on_key(View part, std::size_t, ErrorCodeOut& code) {
    stack_.push_key(part);
    if (!checks_keys_) return true;
    key_.append(part.data(), part.size());
    Frame& frame = frames_.back();
    frame.key = std::exchange(key_, {});
    if (frame.keys.insert(*frame.key).second) return true;
    refusal_ = "a key is used twice in one object";
    is_key_refused_ = true;
    return refuse(code);
  }

  bool on_string_part(View part, std::size_t, ErrorCodeOut&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(View part, std::size_t, ErrorCodeOut&) {
    begin_value();
    stack_.push_string(part);
    return true;
  }

  bool on_number_part(View part, ErrorCodeOut&) {
    number_.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t number, View, ErrorCodeOut& code) {
    begin_value();
    number_.clear();
    if (number > kMaxExactInteger || number < -kMaxExactInteger) return refuse_integer(code);
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t, View, ErrorCodeOut& code) {
    begin_value();
    return refuse_integer(code);
  }
  // The parser's own conversion may be off by one unit in the last place, so the text is converted
  // again.
  bool on_double(double, View part, ErrorCodeOut& code) {
    begin_value();
    number_.append(part.data(), part.size());
    const std::string text = std::exchange(number_, {});
    if (text.find_first_of(".eE") == std::string::npos) return refuse_integer(code);
    double number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    if (result.ec != std::errc() || !std::isfinite(number)) {
      refusal_ = "the number is beyond the range of a double";
      return refuse(code);
    }
    stack_.push_double(number);
    return true;
  }

  bool on_bool(bool value, ErrorCodeOut&) {
    begin_value();
    stack_.push_bool(value);
    return true;
  }
  bool on_null(ErrorCodeOut&) {
    begin_value();
    stack_.push_null();
    return true;
  }
  bool on_comment_part(View, ErrorCodeOut&) { return true; }
  bool on_comment(View, ErrorCodeOut&) { return true; }

  Json release() { return stack_.release(); }
  const std::string& refusal() const { return refusal_; }
  bool is_key_refused() const { return is_key_refused_; }

  std::string pointer() const {
    std::string text;
    for (const Frame& frame : frames_) {
      if (frame.key) text += '/' + pointer_token(*frame.key);
      if (!frame.is_object && frame.size > 0) text += '/' + std::to_string(frame.size - 1);
    }
    return text;
  }

 private:
  // An array or object that is open.
  struct Frame {
    explicit Frame(bool is_object_value) : is_object(is_object_value) {}

    bool is_object;
    std::size_t size = 0;
    std::optional<std::string> key;
    std::unordered_set<std::string> keys;
  };

  void begin_value() {
    if (!frames_.empty()) ++frames_.back().size;
  }

  bool refuse_integer(ErrorCodeOut& code) {
    refusal_ =
        "the integer is beyond 2^53 - 1 and would not survive other readers; write it as a string";
    return refuse(code);
  }

  static bool refuse(ErrorCodeOut& code) {
    code = boost::json::error::syntax;
    return false;
  }

  bool checks_keys_;
  boost::json::value_stack stack_;
  std::vector<Frame> frames_;
  std::string key_;
  std::string number_;
  std::string refusal_;
  bool is_key_refused_ = false;
};

Place place_at(std::string_view text, std::size_t offset, std::string_view file) {
  const LineColumn at = line_column(text, offset);
  return {.file = std::string(file), .line = at.line, .column = at.column, .pointer = {}};
}

// The opening quote of the string whose closing quote is the last one before or at `offset`.
std::size_t opening_quote(std::string_view text, std::size_t offset) {
  const std::size_t closing = text.rfind('"', offset);
  std::size_t quote = closing;
  while (quote != std::string_view::npos && quote > 0) {
    quote = text.rfind('"', quote - 1);
    if (quote == std::string_view::npos) break;
    std::size_t first_backslash = quote;
    while (first_backslash > 0 && text[first_backslash - 1] == '\\') --first_backslash;
    if ((quote - first_backslash) % 2 == 0) return quote;
  }
  return offset;
}

std::string describe(const boost::json::error_code& code, const JsonLimits& limits) {
  using boost::json::error;
  if (code == error::too_deep) {
    return "the JSON is nested deeper than " + std::to_string(limits.max_depth) + " levels";
  }
  if (code == error::incomplete) return "the JSON ends too early";
  if (code == error::extra_data) return "something follows the JSON value";
  if (code == error::illegal_leading_surrogate || code == error::illegal_trailing_surrogate ||
      code == error::expected_utf16_escape) {
    return "a surrogate stands alone";
  }
  return "this is not valid JSON";
}

// Writes values in the canonical form or indented.
class Writer final {
 public:
  explicit Writer(bool is_canonical) : is_canonical_(is_canonical) {}

  std::string write(const Json& value) {
    write_value(value, 0);
    return std::move(out_);
  }

 private:
  void write_value(const Json& value, std::size_t level) {
    switch (value.kind()) {
      case boost::json::kind::null:
        out_ += "null";
        return;
      case boost::json::kind::bool_:
        out_ += value.get_bool() ? "true" : "false";
        return;
      case boost::json::kind::int64:
        return write_integer(value.get_int64());
      case boost::json::kind::uint64:
        return write_integer(value.get_uint64());
      case boost::json::kind::double_:
        return write_double(value.get_double());
      case boost::json::kind::string:
        return write_string({value.get_string().data(), value.get_string().size()});
      case boost::json::kind::array:
        return write_array(value.get_array(), level);
      case boost::json::kind::object:
        return write_object(value.get_object(), level);
    }
  }

  template <typename Integer>
  void write_integer(Integer number) {
    const bool is_exact = std::cmp_less_equal(number, kMaxExactInteger) &&
                          std::cmp_greater_equal(number, -kMaxExactInteger);
    if (is_canonical_ && !is_exact) return write_double(static_cast<double>(number));
    out_ += std::to_string(number);
  }

  // ECMAScript, Number::toString, on which RFC 8785, section 3.2.2.3 rests.
  void write_double(double number) {
    ROG_ASSERT(std::isfinite(number));
    if (number == 0) {
      out_ += '0';
      return;
    }
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                   std::chars_format::scientific);
    std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    if (text.front() == '-') {
      out_ += '-';
      text.remove_prefix(1);
    }
    const std::size_t mark = text.find('e');
    std::string digits(1, text.front());
    if (mark > 2) digits += text.substr(2, mark - 2);
    std::string_view exponent_text = text.substr(mark + 1);
    if (exponent_text.front() == '+') exponent_text.remove_prefix(1);
    int exponent = 0;
    std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
    write_digits(digits, exponent + 1);
  }

  // The number 0.`digits` times ten to the power of `point`.
  void write_digits(const std::string& digits, int point) {
    const int size = static_cast<int>(digits.size());
    const auto zeros = [](int count) { return std::string(static_cast<std::size_t>(count), '0'); };
    if (size <= point && point <= 21) {
      out_ += digits + zeros(point - size);
    } else if (0 < point && point <= 21) {
      out_ += digits;
      out_.insert(out_.size() - static_cast<std::size_t>(size - point), 1, '.');
    } else if (-6 < point && point <= 0) {
      out_ += "0." + zeros(-point) + digits;
    } else {
      out_ += digits.front();
      if (size > 1) out_ += '.' + digits.substr(1);
      out_ += point > 0 ? "e+" : "e-";
      out_ += std::to_string(std::abs(point - 1));
    }
  }

  void write_string(std::string_view text) {
    out_ += '"';
    for (const char c : text) write_character(c);
    out_ += '"';
  }

  // RFC 8785, section 3.2.2.2.
  void write_character(char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (c) {
      case '"':
        out_ += "\\\"";
        return;
      case '\\':
        out_ += "\\\\";
        return;
      case '\b':
        out_ += "\\b";
        return;
      case '\f':
        out_ += "\\f";
        return;
      case '\n':
        out_ += "\\n";
        return;
      case '\r':
        out_ += "\\r";
        return;
      case '\t':
        out_ += "\\t";
        return;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20) {
      out_ += c;
      return;
    }
    out_ += "\\u00";
    out_ += kHex[byte >> 4U];
    out_ += kHex[byte & 0x0FU];
  }

  void write_array(const JsonArray& array, std::size_t level) {
    out_ += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (i > 0) out_ += ',';
      new_line(level + 1);
      write_value(array[i], level + 1);
    }
    if (!array.empty()) new_line(level);
    out_ += ']';
  }

  void write_object(const JsonObject& object, std::size_t level) {
    std::vector<const boost::json::key_value_pair*> members;
    members.reserve(object.size());
    for (const auto& member : object) members.push_back(&member);
    if (is_canonical_) {
      std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) {
        return is_less_utf16(view(a->key()), view(b->key()));
      });
    }
    out_ += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) out_ += ',';
      new_line(level + 1);
      write_string(view(members[i]->key()));
      out_ += is_canonical_ ? ":" : ": ";
      write_value(members[i]->value(), level + 1);
    }
    if (!members.empty()) new_line(level);
    out_ += '}';
  }

  void new_line(std::size_t level) {
    if (is_canonical_) return;
    out_ += '\n';
    out_.append(2 * level, ' ');
  }

  static std::string_view view(boost::json::string_view text) { return {text.data(), text.size()}; }

  // Order of UTF-16 code units (RFC 8785, section 3.2.3). It is the order of UTF-8 bytes but for
  // characters beyond U+FFFF: their surrogates sort before U+E000 to U+FFFF, whose UTF-8 begins
  // with EE or EF.
  static bool is_less_utf16(std::string_view a, std::string_view b) {
    const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (in_b == b.end()) return false;
    if (in_a == a.end()) return true;
    const auto byte_a = static_cast<unsigned char>(*in_a);
    const auto byte_b = static_cast<unsigned char>(*in_b);
    if (byte_a >= 0xEE && byte_b >= 0xEE && (byte_a >= 0xF0) != (byte_b >= 0xF0)) {
      return byte_a >= 0xF0;
    }
    return byte_a < byte_b;
  }

  bool is_canonical_;
  std::string out_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view file, const JsonLimits& limits,
                        JsonStorage storage) {
  if (text.size() > limits.max_bytes) {
    return Error{.code = ErrorCode::kLimit,
                 .message = "the JSON has more than " + std::to_string(limits.max_bytes) + " bytes",
                 .place = {.file = std::string(file)}};
  }
  if (const auto offset = limits.was_checked ? std::nullopt : find_invalid_utf8(text)) {
    return Error{.code = ErrorCode::kParse,
                 .message = "this is not valid UTF-8",
                 .place = place_at(text, *offset, file)};
  }
  boost::json::parse_options options;
  options.max_depth = limits.max_depth;
  options.allow_comments = false;
  options.allow_trailing_commas = false;
  options.allow_invalid_utf8 = false;
  boost::json::basic_parser<Builder> parser(options, std::move(storage),
                                            /*checks_keys=*/!limits.was_checked);
  boost::json::error_code code;
  std::size_t offset = parser.write_some(/*more=*/false, text.data(), text.size(), code);
  if (!code && offset < text.size()) code = boost::json::error::extra_data;
  Builder& builder = parser.handler();
  if (!code) return builder.release();
  if (builder.is_key_refused()) offset = opening_quote(text, offset);
  Error error{.code = code == boost::json::error::too_deep ? ErrorCode::kLimit : ErrorCode::kParse,
              .message = builder.refusal().empty() ? describe(code, limits) : builder.refusal(),
              .place = place_at(text, offset, file)};
  error.place.pointer = builder.pointer();
  return error;
}

std::string canonical_json(const Json& value) {
  return Writer(/*is_canonical=*/true).write(value);
}

std::string pretty_json(const Json& value) {
  return Writer(/*is_canonical=*/false).write(value);
}

std::string pointer_token(std::string_view key) {
  std::string token;
  for (const char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

}  // namespace rogatory::base
