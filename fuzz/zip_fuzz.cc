// SPDX-License-Identifier: EUPL-1.2
//
// ZIP archives: whatever opens is unpacked within its limits.

#include <cstdint>
#include <string_view>

#include "package/zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto reader = package::ZipReader::over(bytes, {.max_total_bytes = 1 << 22});
  if (!reader) return 0;
  for (const auto& member : reader->members()) (void)reader->read_all(member, 1 << 22);
  return 0;
}
