// SPDX-License-Identifier: EUPL-1.2
//
// A case in YAML or JSON is accepted, or refused with a place in it. An accepted one has no
// deceptive text, gives facts, and reads back as it was.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "corpus/yaml_reader.h"
#include "request/case_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = corpus::read_yaml_document(text, "fuzz");
  if (!document.ok()) return 0;
  const auto file = request::read_case(
      document->value, [&](std::string_view pointer) { return document->place(pointer); });
  if (!file.ok()) {
    ROG_ASSERT(file.error().place.line > 0);
    return 0;
  }
  // NOLINTNEXTLINE(misc-misleading-bidirectional): what must not get through.
  ROG_ASSERT(text.find("\u202E") == std::string_view::npos);
  static_cast<void>(request::facts_of_request(*file));
  ROG_ASSERT(request::read_case(base::Json(file->document)).ok());
  return 0;
}
