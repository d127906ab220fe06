// SPDX-License-Identifier: EUPL-1.2
//
// What a bundle says about the log, checked: the checkpoint under a policy, every leaf in it, what
// is opened of them, the time stamps over it. Pure.
#pragma once

#include <chrono>
#include <optional>

#include "package/evidence_bundle.h"

namespace rogatory::package {

/// Writes what is found into the report; also that what is opened of how items came in is what
/// their records say, and that later events mean the items they are said to be about. Contents that
/// passed check_contents. `recorded_at` is the first time of an evidence record that holds: all of
/// the bundle existed then.
void check_log(const BundleContents& contents, const BundleTrust& trust,
               std::optional<std::chrono::sys_seconds> recorded_at, VerifyReport& report);

/// How an item came into the vault.
enum class Origin { kIngest, kDerivation };

/// How the log says that an item came in, by a leaf with its digests opened and equal to those of
/// the record, as its name is where that is opened; nothing, with the reason in the report, when
/// there is none. What differs check_log has reported.
std::optional<Origin> find_origin(const BundleContents& contents, const BundleItem& item,
                                  VerifyReport& report);

}  // namespace rogatory::package
