// SPDX-License-Identifier: EUPL-1.2
//
// Where a value stands in a JSON text. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "base/text.h"

namespace rogatory::conduct::detail {

/// Line and column of the value that a JSON pointer (RFC 6901) names; nothing when there is none.
/// The text must be one that base::parse_json accepts. O(size of the text).
std::optional<base::LineColumn> find_in_json(std::string_view text, std::string_view pointer);

}  // namespace rogatory::conduct::detail
