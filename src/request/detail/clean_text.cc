// SPDX-License-Identifier: EUPL-1.2

#include "request/detail/clean_text.h"

#include <algorithm>

#include "base/deceptive.h"

namespace rogatory::request::detail {
namespace {

base::Result<void> check_text(const base::Shape& at, std::string_view text) {
  const auto found = base::find_deceptive(text);
  if (!found) return {};
  return at.error("the character " + *found +
                  " does not belong in a request: it is not seen, and can make a text read "
                  "otherwise than it is");
}

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

}  // namespace

base::Result<void> check_texts(const base::Shape& root) {
  if (const auto* text = root.json().if_string()) return check_text(root, *text);
  if (const auto* object = root.json().if_object()) {
    for (const auto& member : *object) {
      ROG_CHECKED(check_text(root, member.key()));
      ROG_CHECKED(check_texts(root.below(member.key(), member.value())));
    }
  } else if (root.json().is_array()) {
    ROG_TRY(const std::vector<base::Shape> items, root.items());
    for (const base::Shape& item : items) ROG_CHECKED(check_texts(item));
  }
  return {};
}

base::Result<std::string> read_id(const base::Shape& root, std::size_t max_length) {
  ROG_TRY(std::string id, root.get_text("id"));
  const bool is_name = !id.empty() && id.size() <= max_length && id.front() != '.' &&
                       id.front() != '_' && id.front() != '-' &&
                       std::ranges::all_of(id, is_id_character);
  if (is_name) return id;
  return root.error("`id` is made of letters, digits, `.`, `_` and `-`, at most " +
                    std::to_string(max_length) + ", and begins with a letter or digit");
}

}  // namespace rogatory::request::detail
