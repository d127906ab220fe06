// SPDX-License-Identifier: EUPL-1.2

#include "request/fill.h"

#include <algorithm>
#include <utility>

namespace rogatory::request {
namespace {

std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool is_escape = token[i] == '~' && i + 1 < token.size();
    if (!is_escape) {
      out += token[i];
    } else {
      out += token[++i] == '1' ? '/' : '~';
    }
  }
  return out;
}

bool says_something(const base::Json& value) {
  if (value.is_null()) return false;
  if (const auto* text = value.if_string()) return !text->empty();
  if (const auto* list = value.if_array()) return !list->empty();
  if (const auto* object = value.if_object()) return !object->empty();
  return true;
}

void collect(const base::Json& value, std::string_view pointer,
             std::vector<const base::Json*>& out) {
  if (pointer.empty()) {
    if (says_something(value)) out.push_back(&value);
    return;
  }
  pointer.remove_prefix(1);
  const auto end = std::min(pointer.find('/'), pointer.size());
  const std::string token = unescaped(pointer.substr(0, end));
  const std::string_view rest = pointer.substr(end);
  if (const auto* object = value.if_object()) {
    if (const auto* member = object->if_contains(token)) collect(*member, rest, out);
  } else if (const auto* list = value.if_array(); list != nullptr && token == "*") {
    for (const base::Json& item : *list) collect(item, rest, out);
  }
}

// `max_months` as `max months`: for a person, not a program.
std::string spoken(std::string_view key) {
  std::string out(key);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string words_of_object(const base::JsonObject& object) {
  std::string out;
  for (const auto& member : object) {
    if (member.key() == "id" || !says_something(member.value())) continue;
    if (!out.empty()) out += "; ";
    out += spoken(member.key()) + ": " + words_of(member.value());
  }
  return out;
}

}  // namespace

std::vector<const base::Json*> values_at(const base::JsonObject& document,
                                         std::string_view pointer) {
  std::vector<const base::Json*> out;
  if (!pointer.starts_with('/')) return out;
  const auto end = std::min(pointer.find('/', 1), pointer.size());
  const auto* member = document.if_contains(unescaped(pointer.substr(1, end - 1)));
  if (member != nullptr) collect(*member, pointer.substr(end), out);
  return out;
}

std::string words_of(const base::Json& value) {
  if (const auto* text = value.if_string()) return std::string(*text);
  if (const auto* object = value.if_object()) return words_of_object(*object);
  if (const auto* flag = value.if_bool()) return *flag ? "yes" : "no";
  const auto* list = value.if_array();
  if (list == nullptr) return base::canonical_json(value);
  const bool is_plain =
      std::ranges::none_of(*list, [](const base::Json& item) { return item.is_object(); });
  std::string out;
  for (const base::Json& item : *list) {
    const std::string words = words_of(item);
    if (words.empty()) continue;
    if (!out.empty()) out += is_plain ? ", " : "\n";
    out += words;
  }
  return out;
}

std::string filled(const base::JsonObject& document, std::span<const std::string> pointers) {
  std::string out;
  for (const std::string& pointer : pointers) {
    const std::vector<const base::Json*> values = values_at(document, pointer);
    if (values.empty()) return {};
    for (const base::Json* value : values) {
      const std::string words = words_of(*value);
      if (words.empty()) continue;
      if (!out.empty()) out += '\n';
      out += words;
    }
  }
  return out;
}

}  // namespace rogatory::request
