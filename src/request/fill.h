// SPDX-License-Identifier: EUPL-1.2
//
// Fills the contents of a request from a case: JSON pointers (RFC 6901) with `*` for every item of
// a list. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace rogatory::request {

/// The values that a pointer leads to, in order; none where a step is absent. Empty texts and lists
/// do not count as values.
[[nodiscard]] std::vector<const base::Json*> values_at(const base::JsonObject& document,
                                                       std::string_view pointer);

/// A value as words: texts as they are, numbers plain, an object as `name: value; name: value`
/// without ids, a list one entry a line.
[[nodiscard]] std::string words_of(const base::Json& value);

/// The words of all pointers, a line each; empty unless each leads to something.
[[nodiscard]] std::string filled(const base::JsonObject& document,
                                 std::span<const std::string> pointers);

}  // namespace rogatory::request
