// SPDX-License-Identifier: EUPL-1.2

#include "base/shape.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rogatory::base {

Place Shape::place() const {
  if (place_of_ != nullptr && *place_of_) return (*place_of_)(pointer_);
  return {.pointer = pointer_};
}

Error Shape::error(std::string message) const {
  return {.code = ErrorCode::kSchema, .message = std::move(message), .place = place()};
}

Result<const JsonObject*> Shape::object() const {
  if (const auto* out = value_->if_object()) return out;
  return error("an object is expected here");
}

Result<const JsonArray*> Shape::array() const {
  if (const auto* out = value_->if_array()) return out;
  return error("a list is expected here");
}

Result<std::string> Shape::text() const {
  if (const auto* out = value_->if_string()) return std::string(*out);
  return error("a text is expected here");
}

Result<bool> Shape::boolean() const {
  if (const auto* out = value_->if_bool()) return bool{*out};
  return error("true or false is expected here");
}

Result<double> Shape::number() const {
  if (value_->is_number()) return value_->to_number<double>();
  return error("a number is expected here");
}

Result<std::int64_t> Shape::integer() const {
  if (const auto out = whole_number(*value_)) return std::int64_t{*out};
  return error("a whole number is expected here");
}

Result<Date> Shape::date() const {
  ROG_TRY(const std::string written, text());
  auto parsed = Date::parse(written);
  if (!parsed.ok()) return error(parsed.error().message);
  return parsed;
}

Shape Shape::below(std::string_view key, const Json& value) const {
  Shape out = *this;
  out.value_ = &value;
  out.pointer_ += '/';
  out.pointer_ += pointer_token(key);
  return out;
}

std::optional<Shape> Shape::find(std::string_view key) const {
  const auto* object = value_->if_object();
  const auto* member = object == nullptr ? nullptr : object->if_contains(key);
  if (member == nullptr || member->is_null()) return std::nullopt;
  return below(key, *member);
}

Result<Shape> Shape::get(std::string_view key) const {
  ROG_CHECKED(object());
  if (auto out = find(key)) return *std::move(out);
  return error("`" + std::string(key) + "` is missing");
}

Result<std::string> Shape::get_text(std::string_view key) const {
  ROG_TRY(const Shape member, get(key));
  return member.text();
}

Result<std::string> Shape::find_text(std::string_view key) const {
  const auto member = find(key);
  if (!member) return std::string();
  return member->text();
}

Result<std::vector<Shape>> Shape::items() const {
  ROG_TRY(const JsonArray* const list, array());
  std::vector<Shape> out;
  out.reserve(list->size());
  for (std::size_t i = 0; i < list->size(); ++i) {
    out.push_back(below(std::to_string(i), (*list)[i]));
  }
  return out;
}

Result<std::vector<Shape>> Shape::find_items(std::string_view key) const {
  const auto member = find(key);
  if (!member) return std::vector<Shape>();
  return member->items();
}

Result<std::vector<std::string>> Shape::find_texts(std::string_view key) const {
  ROG_TRY(const std::vector<Shape> list, find_items(key));
  std::vector<std::string> out;
  out.reserve(list.size());
  for (const Shape& item : list) {
    ROG_TRY(std::string one, item.text());
    out.push_back(std::move(one));
  }
  return out;
}

Result<void> Shape::allow_only(std::initializer_list<std::string_view> keys) const {
  ROG_TRY(const JsonObject* const members, object());
  for (const auto& [key, value] : *members) {
    const std::string_view name(key);
    if (std::find(keys.begin(), keys.end(), name) == keys.end()) {
      return below(name, value).error("unknown key `" + std::string(name) + "`");
    }
  }
  return {};
}

std::optional<std::int64_t> whole_number(const Json& value) {
  if (const auto* integer = value.if_int64()) return *integer;
  const auto* real = value.if_double();
  constexpr double kExact = 9007199254740992.0;
  if (real == nullptr || std::trunc(*real) != *real || std::abs(*real) > kExact) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*real);
}

}  // namespace rogatory::base
