// SPDX-License-Identifier: EUPL-1.2
//
// A proof that stands alone: the path of one entry and the checkpoint it leads to (C2SP
// tlog-proof). Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/checkpoint.h"
#include "tlog/merkle_proof.h"
#include "tlog/note.h"
#include "tlog/policy.h"

namespace rogatory::tlog {

/// The largest extra data of a proof that is read.
inline constexpr std::size_t kMaxProofExtraBytes = std::size_t{64} * 1024;

struct TlogProof {
  /// Not authenticated: nobody signed it.
  std::optional<std::vector<std::byte>> extra;
  std::uint64_t index = 0;
  std::vector<Hash> path;
  /// The checkpoint with its signatures, not verified.
  Note checkpoint;

  bool operator==(const TlogProof&) const = default;

  /// kParse for what is no proof; kLimit.
  static base::Result<TlogProof> parse(std::string_view text);
  std::string to_text() const;
};

/// What a proof was found to prove.
struct VerifiedProof {
  std::uint64_t index = 0;
  VerifiedCheckpoint checkpoint;
};

/// Success when the entry with hash `leaf` is in the log at the index the proof says, under a
/// checkpoint that the policy accepts. kLint with the first thing that does not hold; kParse when
/// the note is no checkpoint.
base::Result<VerifiedProof> verify_tlog_proof(const TlogProof& proof, const Hash& leaf,
                                              const Policy& policy);

}  // namespace rogatory::tlog
