// SPDX-License-Identifier: EUPL-1.2
//
// Whatever parse_json accepts has one canonical form, and both printed forms read back to it.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::base;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = parse_json(text, "fuzz");
  if (!value.ok()) return 0;
  const std::string canonical = canonical_json(*value);
  // An integer written as a double, such as 1e20, prints as an integer that is too large to be read
  // back.
  const auto again = parse_json(canonical, "fuzz");
  if (again.ok()) ROG_ASSERT(canonical_json(*again) == canonical);
  const auto pretty = parse_json(pretty_json(*value), "fuzz");
  if (again.ok()) ROG_ASSERT(canonical_json(*pretty) == canonical);
  return 0;
}
