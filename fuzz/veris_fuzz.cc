// SPDX-License-Identifier: EUPL-1.2
//
// Whatever import_veris accepts can be written as a conduct.

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
  const auto json = base::parse_json(text, "fuzz");
  if (!json.ok()) return 0;
  static_cast<void>(conduct::import_veris_flat(*json, kMappings).ok());
  const auto record = conduct::import_veris(*json, kMappings);
  if (record.ok()) ROG_ASSERT(conduct::read_conduct_json(to_json(record->conduct)).ok());
  return 0;
}
