// SPDX-License-Identifier: EUPL-1.2
//
// A way through a document that never fails: what is absent reads as empty, what has the wrong
// shape is noted as a fault and reads as empty. One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "corpus/corpus_file.h"
#include "law/types.h"

namespace rogatory::corpus::detail {

/// One mapping of a document. Borrows the file and the list of faults.
class Cursor final {
 public:
  /// The mapping at the top of `file`.
  Cursor(const CorpusFile& file, std::vector<base::Error>& faults);

  bool has(std::string_view key) const { return find(key) != nullptr; }

  /// True where the value under `key` is a text.
  bool has_text(std::string_view key) const;

  std::string text(std::string_view key) const;

  /// The text under `key`, or that of a mapping `{text: ..., translation: ...}`.
  std::string worded(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::optional<int> integer(std::string_view key) const;
  double number(std::string_view key) const;
  std::optional<base::Date> date(std::string_view key) const;

  /// A list of texts; a single text is a list of one.
  std::vector<std::string> texts(std::string_view key) const;

  /// `fallback` when the key is absent; a fault when its text is not a published name of Enum.
  template <class Enum>
  Enum choice(std::string_view key, Enum fallback) const {
    if (!has(key)) return fallback;
    const std::string name = text(key);
    if (const auto value = law::from_text<Enum>(name)) return *value;
    fail("`" + name + "` is not one of the values of `" + std::string(key) + "`");
    return fallback;
  }

  /// The mapping under `key`; an empty one when it is absent.
  Cursor at(std::string_view key) const;

  /// The mappings of the list under `key`.
  std::vector<Cursor> items(std::string_view key) const;

  /// The members of the mapping under `key`, each a mapping, sorted by name.
  std::vector<std::pair<std::string, Cursor>> members(std::string_view key) const;

  base::Place place() const { return file_->place(pointer_); }

  /// Notes a fault at this mapping.
  void fail(std::string message) const;

 private:
  const base::Json* find(std::string_view key) const;
  Cursor child(const base::Json& value, const std::string& steps) const;
  void fail_shape(std::string_view key, std::string_view expected) const;

  const CorpusFile* file_;
  std::vector<base::Error>* faults_;
  const base::JsonObject* object_;
  std::string pointer_;
};

}  // namespace rogatory::corpus::detail
