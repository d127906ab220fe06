// SPDX-License-Identifier: EUPL-1.2

#include "corpus/message_pattern.h"

#include <algorithm>
#include <utility>

namespace rogatory::corpus {
namespace {

constexpr int kMaxDepth = 8;

class PatternScan final {
 public:
  explicit PatternScan(std::string_view text) : text_(text) {}

  std::optional<std::set<std::string>> run() {
    if (!scan_message(0) || !at_end()) return std::nullopt;
    return std::move(names_);
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }

  // Up to the end of the text or the `}` that closes it.
  bool scan_message(int depth) {
    if (depth > kMaxDepth) return false;
    while (!at_end() && peek() != '}') {
      if (peek() == '\'') {
        skip_quote();
      } else if (peek() == '{') {
        if (!scan_argument(depth)) return false;
      } else {
        ++at_;
      }
    }
    return true;
  }

  void skip_quote() {
    ++at_;
    if (peek() == '\'') {
      ++at_;
    } else if (peek() == '{' || peek() == '}') {
      const auto end = text_.find('\'', at_);
      at_ = end == std::string_view::npos ? text_.size() : end + 1;
    }
  }

  // `{name}`, `{name, type}`, `{name, type, style}` or `{name, plural, one {...} other {...}}`.
  bool scan_argument(int depth) {
    ++at_;
    const std::string name = read_word();
    if (name.empty()) return false;
    names_.insert(name);
    if (peek() == ',') {
      ++at_;
      const std::string type = read_word();
      if (peek() == ',') {
        ++at_;
        const bool has_forms = type == "plural" || type == "select" || type == "selectordinal";
        if (has_forms && !scan_forms(depth)) return false;
        if (!has_forms) at_ = std::min(text_.find('}', at_), text_.size());
      }
    }
    if (peek() != '}') return false;
    ++at_;
    return true;
  }

  bool scan_forms(int depth) {
    while (!read_word().empty()) {
      if (peek() != '{') return false;
      ++at_;
      if (!scan_message(depth + 1) || peek() != '}') return false;
      ++at_;
    }
    return true;
  }

  // Up to a comma or brace, without blanks at its ends.
  std::string read_word() {
    const auto end = std::min(text_.find_first_of("{},", at_), text_.size());
    std::string_view word = text_.substr(at_, end - at_);
    at_ = end;
    while (word.starts_with(' ') || word.starts_with('\n')) word.remove_prefix(1);
    while (word.ends_with(' ') || word.ends_with('\n')) word.remove_suffix(1);
    return std::string(word);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::set<std::string> names_;
};

}  // namespace

std::optional<std::set<std::string>> argument_names(std::string_view pattern) {
  return PatternScan(pattern).run();
}

}  // namespace rogatory::corpus
