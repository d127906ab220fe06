// SPDX-License-Identifier: EUPL-1.2
//
// A record that is read is written to bytes that are read as the same record; it does not hold
// where nobody is trusted.

#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "crypto/evidence_record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::crypto;
  const auto record = EvidenceRecord::parse(std::as_bytes(std::span(data, size)));
  if (!record.ok()) return 0;
  const auto again = EvidenceRecord::parse(record->der());
  ROG_ASSERT(again.ok());
  ROG_ASSERT(again->chains() == record->chains());
  const KnownDigests content = KnownDigests::of("content\n");
  const auto report =
      verify_evidence_record(*record, {&content, 1}, TrustStore(), std::chrono::sys_seconds{});
  ROG_ASSERT(!report.holds());
  ROG_ASSERT(!to_string(report.all_findings()).empty());
  return 0;
}
