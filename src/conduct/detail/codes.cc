// SPDX-License-Identifier: EUPL-1.2

#include "conduct/detail/codes.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "conduct/import.h"

namespace rogatory::conduct::detail {

base::Result<void> Codes::add(std::string_view code, std::string_view field) {
  return add_one(code, field, /*is_implied=*/false);
}

base::Result<void> Codes::add_implied(std::string_view code, std::string_view field) {
  return add_one(code, field, /*is_implied=*/true);
}

base::Result<void> Codes::add_one(std::string_view code, std::string_view field, bool is_implied) {
  std::string lower = base::lower_ascii(code);
  const auto [at, is_new] = by_code_.try_emplace(lower, codes_.size());
  if (!is_new) return {};
  if (codes_.size() == kMaxCodes) {
    return base::Error{.code = base::ErrorCode::kLimit,
                       .message = "a record has more than " + std::to_string(kMaxCodes) + " codes",
                       .place = {.pointer = std::string(field)}};
  }
  codes_.push_back({.code = std::string(code),
                    .lower = std::move(lower),
                    .field = std::string(field),
                    .is_implied = is_implied});
  return {};
}

void Codes::add_number(std::string_view name, double value, std::string_view field) {
  numbers_.try_emplace(base::lower_ascii(name),
                       NumberAt{.value = value, .field = std::string(field)});
}

const NumberAt* Codes::find_number(std::string_view name) const {
  const auto found = numbers_.find(base::lower_ascii(name));
  return found == numbers_.end() ? nullptr : &found->second;
}

bool Codes::holds(const CodePattern& pattern) const {
  if (!pattern.is_prefix) return by_code_.contains(pattern.text);
  const auto next = by_code_.lower_bound(pattern.text);
  return next != by_code_.end() && next->first.starts_with(pattern.text);
}

bool Codes::holds_any(std::span<const CodePattern> patterns) const {
  return std::any_of(patterns.begin(), patterns.end(),
                     [this](const CodePattern& pattern) { return holds(pattern); });
}

bool Codes::satisfies(const CodeCondition& condition) const {
  const bool has_all = std::all_of(condition.all.begin(), condition.all.end(),
                                   [this](const CodePattern& pattern) { return holds(pattern); });
  if (!has_all || holds_any(condition.none)) return false;
  return condition.any.empty() || holds_any(condition.any);
}

std::optional<std::string_view> Codes::rest_after(std::string_view prefix) const {
  const auto next = by_code_.lower_bound(prefix);
  if (next == by_code_.end() || !next->first.starts_with(prefix)) return std::nullopt;
  return std::string_view(codes_[next->second].code).substr(prefix.size());
}

}  // namespace rogatory::conduct::detail
