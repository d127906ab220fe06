// SPDX-License-Identifier: EUPL-1.2
//
// JSON read strictly (RFC 8259, I-JSON of RFC 7493) and written in one way only (RFC 8785).
// Pure; any thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"

namespace rogatory::base {

using Json = boost::json::value;
using JsonArray = boost::json::array;
using JsonObject = boost::json::object;
/// Memory for values that are many and end together; it has to outlive them.
using JsonArena = boost::json::monotonic_resource;
using JsonStorage = boost::json::storage_ptr;

/// What parse_json refuses as too much.
struct JsonLimits {
  std::size_t max_bytes = kMaxInputBytes;
  std::size_t max_depth = kMaxJsonDepth;
  /// These bytes were read before with every check, as those inside the program were when it was
  /// built: keys are not compared again, and an error has no pointer.
  bool was_checked = false;
};

/// Reads one JSON text. `file` only names the input in errors.
///
/// kParse, with line, column and the JSON pointer of the innermost value reached: anything that is
/// not RFC 8259, invalid UTF-8, lone surrogates, a key used twice in one object (after unescaping),
/// an integer beyond 2^53 - 1 in magnitude and a number beyond the range of a double (neither
/// survives other readers). kLimit: more bytes or deeper nesting than `limits`. Integers become
/// int64, other numbers the nearest double. The values live in `storage`, such as a JsonArena.
Result<Json> parse_json(std::string_view text, std::string_view file, const JsonLimits& limits = {},
                        JsonStorage storage = {});

/// The one byte sequence of a value (RFC 8785): no blanks, keys sorted by UTF-16 code units,
/// numbers as ECMAScript prints them, shortest escapes. Two equal values have equal bytes, so this
/// is what is signed.
///
/// Strings must be valid UTF-8 and numbers finite, which holds for all that parse_json returns; a
/// number that is not finite aborts. Integers beyond 2^53 are rounded to a double, as the RFC has
/// it.
std::string canonical_json(const Json& value);

/// For people: two spaces per level, keys in the order of the value, one member per line, `{}` and
/// `[]` for empty ones; integers in full. No newline at the end. Same preconditions as
/// canonical_json.
std::string pretty_json(const Json& value);

/// One step of a JSON pointer, escaped (RFC 6901): `~` is `~0` and `/` is `~1`.
std::string pointer_token(std::string_view key);

}  // namespace rogatory::base
