// SPDX-License-Identifier: EUPL-1.2
//
// What a report says of a checkpoint that a policy accepted.
#pragma once

#include "package/verify_report.h"
#include "tlog/policy.h"

namespace rogatory::package {

/// Adds who signed and who cosigned it, the times of the witnesses, what could not be verified
/// here, and whose word it is that the log shows everybody the same tree: without a cosignature,
/// its own.
void report_checkpoint(const tlog::VerifiedCheckpoint& found, VerifyReport& report);

}  // namespace rogatory::package
