// SPDX-License-Identifier: EUPL-1.2
//
// Whatever is read as a checkpoint or as a request to a witness is written back byte for byte.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "tlog/checkpoint.h"
#include "tlog/witness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::tlog;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto checkpoint = Checkpoint::parse(text);
  if (checkpoint.ok()) ROG_ASSERT(checkpoint->to_text() == text);
  const auto request = AddCheckpointRequest::parse(text);
  if (!request.ok()) return 0;
  ROG_ASSERT(request->to_text() == text);
  ROG_ASSERT(!decide_witness(*request, {}, {}).is_accepted());
  return 0;
}
