// SPDX-License-Identifier: EUPL-1.2
//
// A text case: facts, questions and the answers that are expected, each with who says so. The
// format is in README.md.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "conduct/conduct.h"
#include "corpus/yaml_reader.h"
#include "law/law_book.h"

namespace rogatory::test {

/// A value of a case with its place. Reading a value that is absent or of another type fails the
/// running test at its line and gives an empty value.
class Entry {
 public:
  Entry(const corpus::YamlDocument& document, const base::Json* value, std::string pointer)
      : document_(&document), value_(value), pointer_(std::move(pointer)) {}

  [[nodiscard]] bool exists() const { return value_ != nullptr && !value_->is_null(); }
  [[nodiscard]] const base::Json& json() const { return *value_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  /// `file:line`, to begin the message of a failure.
  [[nodiscard]] std::string place() const;

  [[nodiscard]] Entry at(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return at(key).exists(); }
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string text(std::string_view key) const { return at(key).text(); }
  /// The elements of a list, the members of a mapping by name; none when absent.
  [[nodiscard]] std::vector<Entry> items() const;
  [[nodiscard]] std::vector<std::string> texts() const;
  [[nodiscard]] std::vector<std::pair<std::string, Entry>> members() const;
  [[nodiscard]] std::optional<base::Date> date(std::string_view key) const;

  /// A member with another name is a failure: an expectation misspelt would never be asked.
  void allow_only(std::initializer_list<std::string_view> keys) const;

 private:
  const corpus::YamlDocument* document_;
  const base::Json* value_;
  std::string pointer_;
};

/// The law that a case asks about: the corpus, the corpus without some closures, or files of its
/// own.
base::Result<law::LawBook> read_law(const Entry& root);

/// The one count that a case is about; nothing when it has no conduct.
base::Result<std::optional<conduct::Count>> read_case_conduct(const Entry& root);

/// `nothing_else: [act]` of a conduct: what the facts leave open of these kinds was not done.
base::Result<void> deny_the_rest(const law::LawBook& book, const Entry& conduct,
                                 conduct::Count& count);

}  // namespace rogatory::test
