// SPDX-License-Identifier: EUPL-1.2
//
// Whatever the bytes are, as a token or as a reply, nothing holds where nobody is trusted.

#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "crypto/timestamp.h"

namespace {

void check(std::span<const std::byte> token) {
  using namespace rogatory::crypto;
  static const KnownDigests kContent = KnownDigests::of("content\n");
  const TrustStore nobody;
  const auto report = verify_timestamp(token, {.content = kContent, .trust = nobody});
  ROG_ASSERT(!report.holds());
  ROG_ASSERT(!to_string(report.findings).empty());
  (void)describe_timestamp(token).ok();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  check(bytes);
  const auto token = rogatory::crypto::parse_timestamp_reply(bytes);
  if (token.ok()) check(*token);
  return 0;
}
