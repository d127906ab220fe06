// SPDX-License-Identifier: EUPL-1.2
//
// Limits on everything that is read, listed or nested. A limit reached is ErrorCode::kLimit.
#pragma once

#include <cstddef>

namespace rogatory::base {

/// The largest file or message read into memory at once: a compiled corpus is far smaller, evidence
/// is streamed.
inline constexpr std::size_t kMaxInputBytes = std::size_t{64} * 1024 * 1024;

/// The deepest nesting of arrays and objects in JSON: formulas of law nest less than twenty levels.
inline constexpr std::size_t kMaxJsonDepth = 64;

/// The most files one listing of a folder returns: all States with all instruments need a few
/// thousand.
inline constexpr std::size_t kMaxListedFiles = 100'000;

/// The deepest folder a listing enters, against loops of mounts.
inline constexpr int kMaxFolderDepth = 32;

}  // namespace rogatory::base
