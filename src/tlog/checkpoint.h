// SPDX-License-Identifier: EUPL-1.2
//
// Checkpoints: what a log signs about its tree (C2SP tlog-checkpoint v1.0.0). Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/merkle_proof.h"
#include "tlog/note.h"

namespace rogatory::tlog {

/// The text of a checkpoint.
struct Checkpoint {
  std::string origin;
  TreeHead head;
  /// Not recommended: ML-DSA-44 cosignatures do not sign them.
  std::vector<std::string> extensions;

  bool operator==(const Checkpoint&) const = default;

  /// Reads the text of a note. kParse for what is no checkpoint: fewer than three lines, an empty
  /// line, a size with leading zeroes or above kMaxTreeSize, a root that is not 32 bytes in base64.
  static base::Result<Checkpoint> parse(std::string_view text);

  /// kLint when a tree of no leaves has another root than the empty one (RFC 6962 2.1).
  base::Result<void> check_root() const;

  /// The text to be signed.
  std::string to_text() const;
};

/// A size or index as the formats write it: decimal, no leading zeroes, at most kMaxTreeSize.
/// kParse otherwise, naming `what`.
base::Result<std::uint64_t> parse_decimal(std::string_view text, std::string_view what);

/// A hash in standard base64. kParse otherwise, naming `what`.
base::Result<Hash> parse_hash(std::string_view text, std::string_view what);
std::string hash_text(const Hash& hash);

}  // namespace rogatory::tlog
