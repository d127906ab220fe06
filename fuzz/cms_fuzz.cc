// SPDX-License-Identifier: EUPL-1.2
//
// Whatever the bytes are, a signature does not hold where nobody is trusted, and there is a reason.

#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "crypto/cms.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::crypto;
  static const KnownDigests kContent = KnownDigests::of("content\n");
  const auto der = std::as_bytes(std::span(data, size));
  const auto report = verify_cades(der, kContent, TrustStore(), std::chrono::sys_seconds{});
  ROG_ASSERT(!report.holds());
  ROG_ASSERT(!to_string(report.all_findings()).empty());
  (void)cades_digests(der).ok();
  return 0;
}
