// SPDX-License-Identifier: EUPL-1.2
//
// One signature of a note, by the type of its key. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "tlog/note.h"

namespace rogatory::tlog::detail {

/// The bytes of a timestamp in front of a cosignature (RFC 8446 3.3: big-endian).
inline constexpr std::size_t kTimestampBytes = 8;

struct SignatureFinding {
  /// False when this platform cannot verify the suite: nothing is known of the signature then.
  bool is_available = true;
  std::optional<std::uint64_t> timestamp;
};

/// kLint when the signature is wrong, or when it is a cosignature and the text no checkpoint.
base::Result<SignatureFinding> check_signature(const VerifierKey& key, std::string_view text,
                                               std::span<const std::byte> signature);

}  // namespace rogatory::tlog::detail
