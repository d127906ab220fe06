// SPDX-License-Identifier: EUPL-1.2
//
// bundle.json has one form: what is read is written the same.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "package/bundle_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::package;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = parse_bundle_json(text);
  if (read && bundle_json(*read) != text) std::abort();
  (void)EventLeaf::parse(text);
  return 0;
}
