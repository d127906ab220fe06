// SPDX-License-Identifier: EUPL-1.2
//
// Whatever argument_names reads, each name stands in the pattern after a brace, and is no blank.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "corpus/message_pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory;
  const std::string_view pattern(reinterpret_cast<const char*>(data), size);
  const auto names = corpus::argument_names(pattern);
  if (!names) return 0;
  for (const std::string& name : *names) {
    ROG_ASSERT(!name.empty());
    const auto at = pattern.find(name);
    ROG_ASSERT(at != std::string_view::npos);
    ROG_ASSERT(pattern.rfind('{') != std::string_view::npos);
    ROG_ASSERT(name.find_first_of("{},") == std::string::npos);
  }
  return 0;
}
