// SPDX-License-Identifier: EUPL-1.2
//
// An armor is refused with a line, or its bytes written as an armor again read back the same, and,
// blanks outside and ends of lines apart, are the same text.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "base/text.h"
#include "crypto/age_armor.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory;
  using namespace rogatory::crypto;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  MemorySource source(bytes);
  ArmorReader reader(source);
  Bytes inner(size + 1);
  const auto read = read_fully(reader, inner);
  if (!read.ok()) {
    ROG_ASSERT(!read.error().place.to_string().empty() || size == 0);
    return 0;
  }
  ROG_ASSERT(*read <= size);
  MemorySink sink(2 * size + 200);
  ArmorWriter writer(sink);
  ROG_ASSERT(writer.write(ByteView(inner).first(*read)).ok());
  ROG_ASSERT(writer.finish().ok());
  std::string text(base::trim(as_text(bytes)));
  std::erase(text, '\r');
  ROG_ASSERT(base::trim(as_text(sink.bytes())) == text);
  return 0;
}
