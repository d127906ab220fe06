// SPDX-License-Identifier: EUPL-1.2
//
// A JSON value with its place, read step by step: every error names where it is. Borrows the
// value. Single-threaded.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"

namespace rogatory::base {

/// Gives the place of a value by its JSON pointer, such as the line in the YAML file it came from.
/// An empty function: the pointer itself is the place.
using PlaceOf = std::function<Place(std::string_view pointer)>;

class Shape final {
 public:
  /// `place_of` may be empty and must outlive the shape, as must `value`.
  Shape(const Json& value, const PlaceOf& place_of) : value_(&value), place_of_(&place_of) {}

  const Json& json() const { return *value_; }
  const std::string& pointer() const { return pointer_; }
  Place place() const;
  Error error(std::string message) const;

  /// The value in that type; kSchema when it is of another.
  Result<const JsonObject*> object() const;
  Result<const JsonArray*> array() const;
  Result<std::string> text() const;
  Result<bool> boolean() const;
  Result<double> number() const;
  Result<std::int64_t> integer() const;
  Result<Date> date() const;

  /// The member of an object; nothing when absent, null, or not an object.
  std::optional<Shape> find(std::string_view key) const;
  /// The same; kSchema when absent.
  Result<Shape> get(std::string_view key) const;
  /// The text of a member; `find_text` is empty when it is absent.
  Result<std::string> get_text(std::string_view key) const;
  Result<std::string> find_text(std::string_view key) const;
  /// The elements of a member that is an array; none when it is absent.
  Result<std::vector<Shape>> find_items(std::string_view key) const;
  Result<std::vector<Shape>> items() const;
  /// The texts of a member that is an array of texts; none when it is absent.
  Result<std::vector<std::string>> find_texts(std::string_view key) const;
  /// kSchema when the object has a member that is not in the list.
  Result<void> allow_only(std::initializer_list<std::string_view> keys) const;

  /// The value below under `key` or at `index`, which must exist.
  Shape below(std::string_view key, const Json& value) const;

 private:
  const Json* value_;
  const PlaceOf* place_of_;
  std::string pointer_;
};

/// A number that is whole, whether written as integer or not.
std::optional<std::int64_t> whole_number(const Json& value);

}  // namespace rogatory::base
