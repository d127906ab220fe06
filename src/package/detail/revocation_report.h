// SPDX-License-Identifier: EUPL-1.2
//
// What a report says of the revocation of the certificates that something rests on.
#pragma once

#include <span>

#include "crypto/revocation.h"
#include "package/verify_report.h"

namespace rogatory::package {

/// Adds for each certificate, once, by which list it was not revoked and since when nothing is
/// known, or that nothing is; a warning for one revoked only after the time that counts here.
void report_revocation(std::span<const crypto::RevocationStatus> certificates,
                       VerifyReport& report);

}  // namespace rogatory::package
