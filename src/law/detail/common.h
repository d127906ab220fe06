// SPDX-License-Identifier: EUPL-1.2
// What several files of this room need and nobody else.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "law/types.h"

namespace rogatory::law::detail {

/// Law that contradicts itself, with its place.
[[nodiscard]] inline base::Error lint_error(std::string message, const base::Place& place) {
  return {
      .code = base::ErrorCode::kLint, .message = std::move(message), .context = {}, .place = place};
}

/// Appends a reason that is not there yet.
inline void add_once(std::vector<UnknownReason>& reasons, UnknownReason reason) {
  if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(reason);
}

}  // namespace rogatory::law::detail
