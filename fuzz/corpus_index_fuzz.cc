// SPDX-License-Identifier: EUPL-1.2
//
// A line of index and a blob are loaded, or refused: a false index reads nothing beyond the blob.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "corpus/compile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::corpus;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(text.find('\n'), size);
  const IndexedBlob blob{
      .bytes = text.substr(std::min(line + 1, size)), .index = text.substr(0, line), .digest = "d"};
  for (const Wanted& wanted : {Wanted{.is_all = true}, Wanted{.owners = {"conv-2001"}},
                               Wanted{.sides = {"NOR", "XAA"}, .request_kind = "freezing"}}) {
    (void)load_part(blob, wanted).ok();
  }
  return 0;
}
