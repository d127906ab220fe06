// SPDX-License-Identifier: EUPL-1.2
//
// Whatever read_yaml_document accepts is JSON that reads back, and every value has a position.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/json.h"
#include "corpus/yaml_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = corpus::read_yaml_document(text, "fuzz");
  if (!document.ok()) return 0;
  ROG_ASSERT(document->positions.find("").has_value());
  const std::string canonical = base::canonical_json(document->value);
  const auto again = base::parse_json(canonical, "fuzz");
  ROG_ASSERT(again.ok());
  ROG_ASSERT(*again == document->value);
  return 0;
}
