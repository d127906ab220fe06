// SPDX-License-Identifier: EUPL-1.2
//
// Whatever is read as a proof is written back byte for byte, and proves nothing without keys.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "tlog/tlog_proof.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::tlog;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto proof = TlogProof::parse(text);
  if (!proof.ok()) return 0;
  ROG_ASSERT(proof->to_text() == text);
  const auto policy = Policy::parse("quorum none\n");
  ROG_ASSERT(!verify_tlog_proof(*proof, Hash{}, *policy).ok());
  return 0;
}
