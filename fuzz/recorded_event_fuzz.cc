// SPDX-License-Identifier: EUPL-1.2
//
// A leaf on the first line, its closed members behind it.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vault/recorded_event.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  const std::string_view leaf = text.substr(0, line);
  std::optional<std::string> closed;
  if (line != std::string_view::npos) closed = std::string(text.substr(line + 1));
  const auto read = rogatory::vault::read_event(leaf, closed);
  (void)read.ok();
  return 0;
}
