// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/checkpoint_report.h"

#include <chrono>
#include <string>

namespace rogatory::package {
namespace {

std::string endorsers(const tlog::VerifiedCheckpoint& found) {
  if (found.quorum) return "signed by the log and cosigned as the policy asks: " + *found.quorum;
  if (found.witnesses.empty()) {
    return "signed by the log; no witness cosigned it, and the policy asks for none";
  }
  std::string names;
  for (const tlog::Endorsement& one : found.witnesses) {
    names += (names.empty() ? "" : ", ") + one.witness;
  }
  return "signed by the log and cosigned by " + names + ", though the policy asks for none";
}

}  // namespace

void report_checkpoint(const tlog::VerifiedCheckpoint& found, VerifyReport& report) {
  const auto& [origin, head, extensions] = found.checkpoint;
  report.checked.push_back("the checkpoint of `" + origin + "` (" + std::to_string(head.size) +
                           " leaves) is " + endorsers(found));
  for (const tlog::Endorsement& witness : found.witnesses) {
    if (!witness.timestamp) continue;
    report.times.push_back(
        {.what = "the checkpoint was seen, consistent with what was seen before",
         .at = time_text(std::chrono::sys_seconds(std::chrono::seconds(*witness.timestamp))),
         .source = "witness `" + witness.key_name + "`"});
  }
  for (const std::string& name : found.not_checked) {
    report.not_checked.push_back("the cosignature of `" + name +
                                 "`: its suite is not available here");
  }
  report.trust.emplace_back(
      found.witnesses.empty()
          ? "the log shows everybody the same tree: no witness speaks for that, only the log itself"
          : "the witnesses counted do not all lie together with the log");
}

}  // namespace rogatory::package
