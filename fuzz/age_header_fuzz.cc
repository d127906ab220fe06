// SPDX-License-Identifier: EUPL-1.2
//
// A header of an age file is refused, or accepted and within its limits; what it covers is its own
// front, and reading only that much of the input gives the same. Opening it for a fixed key ends.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/assert.h"
#include "crypto/age.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::crypto;
  static const std::vector<AgeIdentity> kIdentities = [] {
    std::vector<AgeIdentity> identities;
    identities.push_back(
        parse_age_identity(
            "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0")
            .take());
    // As little work as there is: the time is to go into reading.
    identities.emplace_back(
        ScryptIdentity{.passphrase = SecretBytes(as_bytes("password")), .max_work_factor = 2});
    return identities;
  }();
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto header = parse_age_header(bytes);
  MemorySource source(bytes);
  auto reader = AgeReader::open(source, kIdentities);
  if (!header.ok()) {
    ROG_ASSERT(!reader.ok());
    return 0;
  }
  ROG_ASSERT(header->size_bytes <= std::min(size, kMaxAgeHeaderBytes));
  ROG_ASSERT(header->covered.size() < header->size_bytes);
  ROG_ASSERT(std::equal(header->covered.begin(), header->covered.end(), bytes.begin()));
  const auto again = parse_age_header(bytes.first(header->size_bytes));
  ROG_ASSERT(again.ok());
  ROG_ASSERT(again->stanzas == header->stanzas);
  if (!reader.ok()) return 0;
  std::vector<std::byte> out(1000);
  for (;;) {
    const auto given = reader->read(out);
    if (!given.ok() || *given == 0) return 0;
  }
}
