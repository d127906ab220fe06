// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/cursor.h"

#include <algorithm>
#include <limits>

namespace rogatory::corpus::detail {
namespace {

const base::JsonObject& empty_object() {
  static const base::JsonObject kEmpty;
  return kEmpty;
}

}  // namespace

Cursor::Cursor(const CorpusFile& file, std::vector<base::Error>& faults)
    : file_(&file), faults_(&faults), object_(file.doc.if_object()) {
  if (object_ != nullptr) return;
  object_ = &empty_object();
  fail("the document is not a mapping");
}

const base::Json* Cursor::find(std::string_view key) const {
  return object_->if_contains(key);
}

bool Cursor::has_text(std::string_view key) const {
  const base::Json* value = find(key);
  return value != nullptr && value->is_string();
}

std::string Cursor::worded(std::string_view key) const {
  return has_text(key) ? text(key) : at(key).text("text");
}

std::string Cursor::text(std::string_view key) const {
  const base::Json* value = find(key);
  if (value == nullptr) return {};
  if (const auto* text = value->if_string()) return std::string(*text);
  fail_shape(key, "a text");
  return {};
}

bool Cursor::flag(std::string_view key) const {
  const base::Json* value = find(key);
  if (value == nullptr) return false;
  if (const auto* flag = value->if_bool()) return *flag;
  fail_shape(key, "true or false");
  return false;
}

std::optional<int> Cursor::integer(std::string_view key) const {
  const base::Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  const auto* number = value->if_int64();
  if (number != nullptr && *number >= std::numeric_limits<int>::min() &&
      *number <= std::numeric_limits<int>::max()) {
    return static_cast<int>(*number);
  }
  fail_shape(key, "a whole number");
  return std::nullopt;
}

double Cursor::number(std::string_view key) const {
  const base::Json* value = find(key);
  if (value == nullptr) return 0;
  if (const auto* whole = value->if_int64()) return static_cast<double>(*whole);
  if (const auto* number = value->if_double()) return *number;
  fail_shape(key, "a number");
  return 0;
}

std::optional<base::Date> Cursor::date(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  auto date = base::Date::parse(text(key));
  if (date.ok()) return date.take();
  fail_shape(key, "a day of the calendar, YYYY-MM-DD");
  return std::nullopt;
}

std::vector<std::string> Cursor::texts(std::string_view key) const {
  const base::Json* value = find(key);
  if (value == nullptr) return {};
  if (value->is_string()) return {text(key)};
  std::vector<std::string> out;
  const auto* array = value->if_array();
  if (array == nullptr) {
    fail_shape(key, "a list of texts");
    return {};
  }
  for (const base::Json& item : *array) {
    if (const auto* text = item.if_string()) {
      out.emplace_back(*text);
    } else {
      fail_shape(key, "a list of texts");
    }
  }
  return out;
}

Cursor Cursor::child(const base::Json& value, const std::string& steps) const {
  Cursor cursor = *this;
  cursor.pointer_ += steps;
  cursor.object_ = value.if_object();
  if (cursor.object_ == nullptr) {
    cursor.object_ = &empty_object();
    fail("`" + cursor.pointer_ + "` must be a mapping");
  }
  return cursor;
}

Cursor Cursor::at(std::string_view key) const {
  const base::Json* value = find(key);
  if (value != nullptr) return child(*value, '/' + base::pointer_token(key));
  Cursor cursor = *this;
  cursor.object_ = &empty_object();
  return cursor;
}

std::vector<Cursor> Cursor::items(std::string_view key) const {
  const base::Json* value = find(key);
  if (value == nullptr) return {};
  const auto* array = value->if_array();
  if (array == nullptr) {
    fail_shape(key, "a list");
    return {};
  }
  std::vector<Cursor> out;
  out.reserve(array->size());
  const std::string steps = '/' + base::pointer_token(key) + '/';
  for (std::size_t i = 0; i < array->size(); ++i) {
    out.push_back(child((*array)[i], steps + std::to_string(i)));
  }
  return out;
}

std::vector<std::pair<std::string, Cursor>> Cursor::members(std::string_view key) const {
  const Cursor mapping = at(key);
  std::vector<std::pair<std::string, Cursor>> out;
  for (const auto& [name, value] : *mapping.object_) {
    out.emplace_back(std::string(name), mapping.child(value, '/' + base::pointer_token(name)));
  }
  std::ranges::sort(out, {}, [](const auto& member) -> const std::string& { return member.first; });
  return out;
}

void Cursor::fail(std::string message) const {
  faults_->push_back(
      {.code = base::ErrorCode::kSchema, .message = std::move(message), .place = place()});
}

void Cursor::fail_shape(std::string_view key, std::string_view expected) const {
  fail("`" + std::string(key) + "` must be " + std::string(expected));
}

}  // namespace rogatory::corpus::detail
