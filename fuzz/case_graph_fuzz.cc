// SPDX-License-Identifier: EUPL-1.2

#include <cstdint>
#include <string_view>

#include "package/case_graph.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)rogatory::package::read_case_graph({reinterpret_cast<const char*>(data), size});
  return 0;
}
