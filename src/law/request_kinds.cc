// SPDX-License-Identifier: EUPL-1.2
#include "law/request_kinds.h"

#include <algorithm>

namespace rogatory::law {
namespace {

bool is_of_assistance(const RequestKind& kind) {
  return std::ranges::find(kAssistance, kind.id) != kAssistance.end() ||
         std::ranges::find(kAssistance, kind.group) != kAssistance.end();
}

bool stands_for(std::string_view name, const RequestKind& kind) {
  if (name == "all" || name == kind.id || name == kind.group) return true;
  return name == "assistance" && is_of_assistance(kind);
}

}  // namespace

const RequestKind* find_request_kind(std::string_view id) {
  const auto it = std::ranges::find(kRequestKinds, id, &RequestKind::id);
  return it == kRequestKinds.end() ? nullptr : &*it;
}

std::vector<std::string_view> kinds_named(std::string_view name) {
  return kinds_named(std::span(&name, 1));
}

std::vector<std::string_view> kinds_named(std::span<const std::string_view> names) {
  std::vector<std::string_view> out;
  for (const RequestKind& kind : kRequestKinds) {
    const auto is_named = [&](std::string_view name) { return stands_for(name, kind); };
    if (std::ranges::any_of(names, is_named)) out.push_back(kind.id);
  }
  return out;
}

}  // namespace rogatory::law
