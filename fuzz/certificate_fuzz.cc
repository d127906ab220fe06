// SPDX-License-Identifier: EUPL-1.2
//
// A certificate that is read is written back to the same bytes, and is trusted by nobody.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "crypto/certificate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::crypto;
  const auto certificate = Certificate::parse(std::as_bytes(std::span(data, size)));
  if (!certificate.ok()) return 0;
  const auto again = Certificate::parse(certificate->pem());
  ROG_ASSERT(again.ok() && *again == *certificate);
  ROG_ASSERT(!certificate->serial().empty());
  (void)certificate->subject();
  (void)certificate->public_key().ok();
  const auto chain = verify_chain(*certificate, {}, TrustStore(), certificate->not_before(),
                                  CertificatePurpose::kTimeStamping);
  ROG_ASSERT(!chain.ok());
  return 0;
}
