// SPDX-License-Identifier: EUPL-1.2
//
// A log proof that stands alone (C2SP tlog-proof), reported like a bundle. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "package/verify_report.h"

namespace rogatory::package {

/// Verifies that `entry` is in the log under a checkpoint that `policy` accepts. What is wrong
/// stands in the report. kInvalidArgument without an entry or a policy: a proof brings neither
/// along; kParse for what is no proof or no policy; kLimit.
base::Result<VerifyReport> verify_proof(std::string_view proof,
                                        const std::optional<std::string>& entry,
                                        const std::optional<std::string>& policy);

}  // namespace rogatory::package
