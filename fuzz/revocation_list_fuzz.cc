// SPDX-License-Identifier: EUPL-1.2
//
// A revocation list that is read is written back to the same bytes, and one that nobody in the
// chain signed says nothing.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "crypto/bytes.h"
#include "crypto/revocation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::crypto;
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto lists = RevocationList::parse_all(as_text(bytes));
  if (!lists.ok()) return 0;
  for (const RevocationList& list : *lists) {
    const auto again = RevocationList::parse(list.der());
    ROG_ASSERT(again.ok() && *again == list);
    (void)list.issuer();
    (void)list.next_update();
  }
  static const auto kStranger = [] {
    const PrivateKey key = PrivateKey::generate(SignatureSuite::kEcdsaP384).take();
    return make_self_signed(key,
                            {.common_name = "Root",
                             .role = CertificateProfile::Role::kAuthority,
                             .not_before = std::chrono::sys_days(std::chrono::year(2020) / 1 / 1),
                             .not_after = std::chrono::sys_days(std::chrono::year(2060) / 1 / 1)})
        .take();
  }();
  for (const RevocationStatus& one : revocation_of({kStranger, kStranger}, *lists)) {
    ROG_ASSERT(one.kind == RevocationStatus::Kind::kUnknown && !to_string(one).empty());
  }
  return 0;
}
