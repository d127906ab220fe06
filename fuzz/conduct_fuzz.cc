// SPDX-License-Identifier: EUPL-1.2
//
// Any input of any format: whatever import_text accepts can be written as a conduct and read back.
// The same bytes are also tried as a mapping.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "conduct/import.h"
#include "support/small_mappings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory;
  static const conduct::Mappings kMappings = test::small_mappings();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(conduct::detect_format(text));
  const auto json = base::parse_json(text, "fuzz");
  if (json.ok()) static_cast<void>(conduct::parse_mapping(*json).ok());
  const auto records = conduct::import_text(text, "fuzz", kMappings);
  if (!records.ok()) return 0;
  for (const conduct::Imported& record : *records) {
    ROG_ASSERT(conduct::read_conduct_json(to_json(record.conduct)).ok());
  }
  return 0;
}
