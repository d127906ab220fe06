// SPDX-License-Identifier: EUPL-1.2
//
// A JSON value with its place, read step by step: every error names where it is. Borrows the
// value. Single-threaded.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "conduct/import.h"

namespace rogatory::conduct::detail {

class Shape final {
 public:
  /// `place_of` may be empty and must outlive the shape, as must `value`.
  Shape(const base::Json& value, const PlaceOf& place_of) : value_(&value), place_of_(&place_of) {}

  const base::Json& json() const { return *value_; }
  const std::string& pointer() const { return pointer_; }
  base::Place place() const;
  base::Error error(std::string message) const;

  /// The value in that type; kSchema when it is of another.
  base::Result<const base::JsonObject*> object() const;
  base::Result<const base::JsonArray*> array() const;
  base::Result<std::string> text() const;
  base::Result<bool> boolean() const;
  base::Result<double> number() const;
  base::Result<std::int64_t> integer() const;
  base::Result<base::Date> date() const;

  /// The member of an object; nothing when absent, null, or not an object.
  std::optional<Shape> find(std::string_view key) const;
  /// The same; kSchema when absent.
  base::Result<Shape> get(std::string_view key) const;
  /// The text of a member; `find_text` is empty when it is absent.
  base::Result<std::string> get_text(std::string_view key) const;
  base::Result<std::string> find_text(std::string_view key) const;
  /// The elements of a member that is an array; none when it is absent.
  base::Result<std::vector<Shape>> find_items(std::string_view key) const;
  base::Result<std::vector<Shape>> items() const;
  /// The texts of a member that is an array of texts; none when it is absent.
  base::Result<std::vector<std::string>> find_texts(std::string_view key) const;
  /// kSchema when the object has a member that is not in the list.
  base::Result<void> allow_only(std::initializer_list<std::string_view> keys) const;

  /// The value below under `key` or at `index`, which must exist.
  Shape below(std::string_view key, const base::Json& value) const;

 private:
  const base::Json* value_;
  const PlaceOf* place_of_;
  std::string pointer_;
};

/// A number that is whole, whether written as integer or not.
std::optional<std::int64_t> whole_number(const base::Json& value);

}  // namespace rogatory::conduct::detail
