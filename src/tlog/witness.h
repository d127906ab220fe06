// SPDX-License-Identifier: EUPL-1.2
//
// The witness protocol as values (C2SP tlog-witness v1.0.0): a request to cosign, and the decision
// about it. Pure: who calls keeps the record and must store it before the cosignature leaves.
// Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/checkpoint.h"
#include "tlog/merkle_proof.h"
#include "tlog/note.h"

namespace rogatory::tlog {

/// No request has more lines of proof.
inline constexpr std::size_t kMaxWitnessProofLines = 63;

/// The body of `add-checkpoint`.
struct AddCheckpointRequest {
  std::uint64_t old_size = 0;
  std::vector<Hash> proof;
  Note checkpoint;

  bool operator==(const AddCheckpointRequest&) const = default;

  /// kParse for what is no request; kLimit.
  static base::Result<AddCheckpointRequest> parse(std::string_view body);
  std::string to_text() const;
};

/// What a witness remembers of one log.
struct WitnessRecord {
  TreeHead head;
};

/// A decision: the checkpoint to cosign, or the status and body of the refusal.
struct WitnessDecision {
  /// 200 to cosign; 400, 403, 404, 409 or 422 to refuse.
  int status = 200;
  /// The answer of a refusal: for 409 the size last cosigned and a newline, else one line of text.
  std::string body;
  /// Set with 200 only.
  std::optional<Checkpoint> checkpoint;

  bool is_accepted() const { return status == 200; }
};

/// Decides on a request, in the order of the specification. `log_keys` are the keys trusted; a key
/// counts for the origin that is its name. `record` is what was last cosigned for that origin, if
/// anything.
WitnessDecision decide_witness(const AddCheckpointRequest& request,
                               std::span<const VerifierKey> log_keys,
                               const std::optional<WitnessRecord>& record);

}  // namespace rogatory::tlog
