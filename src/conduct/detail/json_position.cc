// SPDX-License-Identifier: EUPL-1.2

#include "conduct/detail/json_position.h"

#include <cstddef>
#include <string>

#include "base/json.h"

namespace rogatory::conduct::detail {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kEndsOfPlain = "{}[],: \t\r\n";

/// Goes through a text that is known to be JSON, so that nothing needs checking twice.
class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::optional<std::size_t> find(std::string_view pointer) {
    skip_blanks();
    while (!pointer.empty()) {
      pointer.remove_prefix(1);  // the slash
      const std::string_view token = pointer.substr(0, pointer.find('/'));
      pointer.remove_prefix(token.size());
      const bool is_there = at('{') ? enter_member(token) : at('[') && enter_element(token);
      if (!is_there) return std::nullopt;
    }
    return at_;
  }

 private:
  [[nodiscard]] bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  void skip_to(std::size_t position) {
    at_ = position == std::string_view::npos ? text_.size() : position;
  }

  void skip_blanks() { skip_to(text_.find_first_not_of(kBlanks, at_)); }

  void skip_comma() {
    skip_blanks();
    if (at(',')) ++at_;
    skip_blanks();
  }

  void skip_string() {
    for (++at_; at_ < text_.size() && !at('"'); ++at_) {
      if (at('\\')) ++at_;
    }
    ++at_;
  }

  /// Stops behind the value.
  void skip_value() {
    std::size_t depth = 0;
    do {
      skip_blanks();
      if (at_ >= text_.size()) return;
      const char c = text_[at_];
      if (c == '"') {
        skip_string();
      } else if (kEndsOfPlain.find(c) == std::string_view::npos) {
        skip_to(text_.find_first_of(kEndsOfPlain, at_));
      } else {
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && depth > 0) --depth;
        ++at_;
      }
    } while (depth > 0);
  }

  /// From `{` to the value of that member, or false.
  bool enter_member(std::string_view token) {
    ++at_;
    skip_blanks();
    while (at('"')) {
      const std::size_t start = at_;
      skip_string();
      const std::string_view quoted = text_.substr(start, at_ - start);
      skip_blanks();
      ++at_;  // the colon
      skip_blanks();
      if (is_key(quoted, token)) return true;
      skip_value();
      skip_comma();
    }
    return false;
  }

  static bool is_key(std::string_view quoted, std::string_view token) {
    const auto key = base::parse_json(quoted, "");
    return key.ok() && key->is_string() &&
           base::pointer_token(std::string_view(key->get_string())) == token;
  }

  /// From `[` to that element, or false.
  bool enter_element(std::string_view token) {
    ++at_;
    skip_blanks();
    for (std::size_t i = 0; !at(']') && at_ < text_.size(); ++i) {
      if (std::to_string(i) == token) return true;
      skip_value();
      skip_comma();
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<base::LineColumn> find_in_json(std::string_view text, std::string_view pointer) {
  const auto offset = Finder(text).find(pointer);
  if (!offset) return std::nullopt;
  return base::line_column(text, *offset);
}

}  // namespace rogatory::conduct::detail
