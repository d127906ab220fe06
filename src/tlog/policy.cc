// SPDX-License-Identifier: EUPL-1.2

#include "tlog/policy.h"

#include <algorithm>

#include "tlog/detail/refuse.h"

namespace rogatory::tlog {

using base::Result;
using detail::refuse;

namespace {

/// Keys of logs first, then of witnesses, as verify_note wants them.
std::vector<VerifierKey> all_keys(const std::vector<PolicyLog>& logs,
                                  const std::vector<PolicyWitness>& witnesses) {
  std::vector<VerifierKey> keys;
  for (const PolicyLog& log : logs) keys.push_back(log.key);
  for (const PolicyWitness& witness : witnesses) keys.push_back(witness.key);
  return keys;
}

}  // namespace

bool Policy::is_reached(const PolicyMember& member, const std::vector<bool>& has_signed) const {
  if (!member.is_group) return has_signed[member.index];
  const PolicyGroup& group = groups_[member.index];
  const auto reached =
      std::count_if(group.members.begin(), group.members.end(),
                    [&](const PolicyMember& one) { return is_reached(one, has_signed); });
  return static_cast<std::size_t>(reached) >= group.threshold;
}

std::optional<std::string> Policy::quorum_text() const {
  if (!quorum_) return std::nullopt;
  if (!quorum_->is_group) return witnesses_[quorum_->index].name;
  const PolicyGroup& group = groups_[quorum_->index];
  return std::to_string(group.threshold) + " of " + std::to_string(group.members.size()) + " (" +
         group.name + ")";
}

Result<VerifiedCheckpoint> Policy::check(const Note& note) const {
  VerifiedCheckpoint answer;
  ROG_TRY(answer.checkpoint, Checkpoint::parse(note.text));
  ROG_CHECKED(answer.checkpoint.check_root());
  const std::vector<VerifierKey> keys = all_keys(logs_, witnesses_);
  ROG_TRY(const VerifiedNote verified, verify_note(note, keys));
  answer.unknown_signatures = verified.unknown_signatures;
  answer.quorum = quorum_text();

  bool has_log = false;
  std::vector<bool> has_signed(witnesses_.size(), false);
  for (const VerifiedSignature& signature : verified.signatures) {
    const VerifierKey& key = keys[signature.key];
    if (signature.key < logs_.size()) {
      if (key.name() != answer.checkpoint.origin || has_log) continue;
      has_log = true;
      answer.log = {.key_name = key.name(), .witness = {}, .timestamp = signature.timestamp};
      continue;
    }
    const std::size_t witness = signature.key - logs_.size();
    if (has_signed[witness]) continue;
    // A cosignature without a time makes no statement that the tree was the largest one seen.
    if (signature.timestamp.value_or(0) == 0) continue;
    has_signed[witness] = true;
    answer.witnesses.push_back({.key_name = key.name(),
                                .witness = witnesses_[witness].name,
                                .timestamp = signature.timestamp});
  }
  for (const std::size_t key : verified.unavailable_keys) {
    answer.not_checked.push_back(keys[key].name());
  }
  if (!has_log) return refuse("no log of the policy with this origin signed the checkpoint");
  if (quorum_ && !is_reached(*quorum_, has_signed)) {
    return refuse("the quorum " + *answer.quorum + " is not reached: " +
                  std::to_string(answer.witnesses.size()) + " known witnesses signed");
  }
  return answer;
}

}  // namespace rogatory::tlog
