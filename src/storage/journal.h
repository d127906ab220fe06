// SPDX-License-Identifier: EUPL-1.2
//
// The journal: entries acknowledged and not yet in tiles, one batch per flush
// (docs/formats/log.md). Pure; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace rogatory::storage {

using Check = std::array<std::byte, 16>;

/// Entries that are flushed together. `payload` is as in an entry bundle: lengths and entries.
struct Batch {
  std::uint64_t first = 0;
  std::uint32_t count = 0;
  std::vector<std::byte> payload;
  /// Of the batch before it in the same file; zeroes for the first.
  Check previous{};
};

/// The bytes of a batch and its check. The check covers all that precedes it and the payload.
struct WrittenBatch {
  std::vector<std::byte> bytes;
  Check check{};
};
WrittenBatch write_batch(const Batch& batch);

/// The whole batches of a journal file. What follows them is what a crash left of one more batch,
/// which was never acknowledged, and is not returned. kLint when a whole batch follows it that is
/// no entry within it: then it was acknowledged and is damaged; kLint when the indices have gaps.
/// Damage of the last batch cannot be told from what a crash leaves.
base::Result<std::vector<Batch>> parse_journal(std::uint64_t first,
                                               std::span<const std::byte> bytes);

/// The name of the journal file that starts with entry `first`: 20 digits.
std::string journal_name(std::uint64_t first);
/// The entry in the name; kParse for other names.
base::Result<std::uint64_t> parse_journal_name(std::string_view name);

}  // namespace rogatory::storage
