// SPDX-License-Identifier: EUPL-1.2
//
// The manifest of a request package, which is XML; what is read is written and read again.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "package/asic_manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::package;
  const auto read = parse_asic_manifest({reinterpret_cast<const char*>(data), size});
  if (!read) return 0;
  const auto again = parse_asic_manifest(write_asic_manifest(*read));
  if (!again || again->references.size() != read->references.size()) std::abort();
  return 0;
}
