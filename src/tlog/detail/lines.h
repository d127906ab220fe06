// SPDX-License-Identifier: EUPL-1.2
//
// A few lines, an empty line, a note: the shape of proofs and of requests to witnesses.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/merkle_proof.h"

namespace rogatory::tlog::detail {

/// Views into the text that was split.
struct HeadAndNote {
  std::vector<std::string_view> head;
  std::string_view note;
};

/// Splits at the first empty line. kParse when there is none; kLimit when the part before it is
/// longer than `max_head_bytes`.
base::Result<HeadAndNote> split_head(std::string_view text, std::size_t max_head_bytes);

/// One hash in base64 per line; kLimit beyond `max_count`.
base::Result<std::vector<Hash>> parse_hash_lines(std::span<const std::string_view> lines,
                                                 std::size_t max_count);

}  // namespace rogatory::tlog::detail
