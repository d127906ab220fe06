// SPDX-License-Identifier: EUPL-1.2
//
// Which checkpoints are believed: one of these logs signed, and so many of these witnesses (C2SP
// tlog-policy). Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/checkpoint.h"
#include "tlog/note.h"

namespace rogatory::tlog {

inline constexpr std::size_t kMaxPolicyBytes = std::size_t{1} << 20;
/// The specification asks for 32 at least of each.
inline constexpr std::size_t kMaxPolicyLogs = 256;
inline constexpr std::size_t kMaxPolicyWitnesses = 256;
inline constexpr std::size_t kMaxPolicyGroups = 256;

struct PolicyLog {
  VerifierKey key;
  std::string url;
};

struct PolicyWitness {
  /// Of the policy alone, as it is shown: UTF-8, and nothing that a terminal obeys. The key has a
  /// name of its own.
  std::string name;
  VerifierKey key;
  std::string url;
};

/// A member is a witness or a group before this one.
struct PolicyMember {
  bool is_group = false;
  std::size_t index = 0;
};

struct PolicyGroup {
  /// As it is shown.
  std::string name;
  std::size_t threshold = 1;
  std::vector<PolicyMember> members;
};

/// One signature that counted.
struct Endorsement {
  /// Of the key: the origin for a log, the cosigner's name for a witness.
  std::string key_name;
  /// The name in the policy; empty for the log itself.
  std::string witness;
  std::optional<std::uint64_t> timestamp;
};

/// A checkpoint that a policy accepts, with why.
struct VerifiedCheckpoint {
  Checkpoint checkpoint;
  Endorsement log;
  std::vector<Endorsement> witnesses;
  /// Known witnesses that signed with a suite which this platform cannot verify: not counted.
  std::vector<std::string> not_checked;
  /// Signatures of keys that the policy does not know: ignored.
  std::size_t unknown_signatures = 0;
  /// The quorum in words, such as `2 of 3 (witnesses)`; nothing for `quorum none`.
  std::optional<std::string> quorum;
};

class Policy final {
 public:
  /// kParse with the line for what is no policy: unknown words, a key twice, a name twice or used
  /// before it is defined, a member in two groups, a threshold out of range, not just one quorum.
  /// kLint for a key whose type does not fit its role. kLimit.
  static base::Result<Policy> parse(std::string_view text);

  /// Success when a log of the policy signed, its name is the origin, no known key signed wrongly
  /// and the quorum is reached. kLint with the reason; kParse when the note is no checkpoint.
  base::Result<VerifiedCheckpoint> check(const Note& note) const;

  const std::vector<PolicyLog>& logs() const { return logs_; }
  const std::vector<PolicyWitness>& witnesses() const { return witnesses_; }
  const std::vector<PolicyGroup>& groups() const { return groups_; }
  /// Nothing for `quorum none`.
  const std::optional<PolicyMember>& quorum() const { return quorum_; }

 private:
  friend class PolicyReader;
  Policy() = default;

  bool is_reached(const PolicyMember& member, const std::vector<bool>& has_signed) const;
  std::optional<std::string> quorum_text() const;

  std::vector<PolicyLog> logs_;
  std::vector<PolicyWitness> witnesses_;
  std::vector<PolicyGroup> groups_;
  std::optional<PolicyMember> quorum_;
};

}  // namespace rogatory::tlog
