// SPDX-License-Identifier: EUPL-1.2
//
// The assertion that is compiled into every build.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace rogatory::base {

/// Prints `condition` with its place and aborts. Called by ROG_ASSERT only.
[[noreturn]] inline void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, condition);
  std::abort();
}

}  // namespace rogatory::base

/// Aborts the program when `condition` is false. For mistakes of the programmer, never for input.
#define ROG_ASSERT(condition) \
  ((condition) ? void(0) : ::rogatory::base::assertion_failed(#condition, __FILE__, __LINE__))
