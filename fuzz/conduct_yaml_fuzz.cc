// SPDX-License-Identifier: EUPL-1.2
//
// A conduct file in YAML is accepted, or refused with a place in it.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "corpus/conduct_yaml.h"
#include "corpus/schema_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::corpus;
  static const SchemaSet kSchemas = SchemaSet::make(embedded_schemas()).take();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto conduct = read_conduct_document(text, "fuzz", kSchemas);
  if (!conduct.ok()) ROG_ASSERT(conduct.error().place.line > 0);
  return 0;
}
