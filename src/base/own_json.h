// SPDX-License-Identifier: EUPL-1.2
//
// JSON that this program wrote itself, read with less care and in less time. Pure; any thread.
#pragma once

#include <boost/json/monotonic_resource.hpp>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace rogatory::base {

/// Memory for values that are read together and given up together. It must outlive them and stay in
/// one thread; a copy of a value elsewhere stands alone.
using JsonArena = boost::json::monotonic_resource;

/// As parse_json for text that canonical_json wrote: the same values, but keys are not looked at
/// twice, and errors have no pointer. The value lives in `arena`.
///
///     JsonArena arena(4 * text.size());
///     ROG_TRY(const Json blob, parse_own_json(text, "corpus blob", arena));
Result<Json> parse_own_json(std::string_view text, std::string_view file, JsonArena& arena,
                            const JsonLimits& limits = {});

}  // namespace rogatory::base
