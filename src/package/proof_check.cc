// SPDX-License-Identifier: EUPL-1.2

#include "package/proof_check.h"

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "package/detail/checkpoint_report.h"
#include "tlog/tlog_proof.h"

namespace rogatory::package {

base::Result<VerifyReport> verify_proof(std::string_view proof,
                                        const std::optional<std::string>& entry,
                                        const std::optional<std::string>& policy) {
  if (!entry || !policy) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "a proof is checked against an entry and a policy: give both"};
  }
  ROG_TRY(const tlog::TlogProof parsed, tlog::TlogProof::parse(proof));
  ROG_TRY(const tlog::Policy accepted, tlog::Policy::parse(*policy));
  VerifyReport report{.subject = "log proof"};
  const auto found =
      tlog::verify_tlog_proof(parsed, crypto::leaf_hash(crypto::as_bytes(*entry)), accepted);
  report.trust.push_back("the policy given to this program (SHA-256 " +
                         crypto::sha256(*policy).hex() + ")");
  report.not_checked.emplace_back("what the entry means, and whether it is true");
  if (parsed.extra)
    report.not_checked.emplace_back("the extra data of the proof: nobody signed it");
  if (!found) {
    report.fail("proof", "", found.error().message);
    report.statement = "Do not rely on this proof.";
    return report;
  }
  const auto& checkpoint = found->checkpoint;
  report.statement = "The entry is number " + std::to_string(found->index) + " of the log `" +
                     checkpoint.checkpoint.origin + "`.";
  report.checked.push_back("the entry is in the tree of " +
                           std::to_string(checkpoint.checkpoint.head.size) + " leaves");
  report_checkpoint(checkpoint, report);
  return report;
}

}  // namespace rogatory::package
