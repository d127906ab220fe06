// SPDX-License-Identifier: EUPL-1.2
//
// How thorough a run of the tests is to be, from the environment. Single-threaded, as tests are.
#pragma once

#include <cstdint>

namespace rogatory::test {

/// True with ROGATORY_SLOW=1: as many instances as a night allows.
bool is_slow_run();

/// The seed of random tests: ROGATORY_SEED, or else `otherwise`.
std::uint64_t seed_or(std::uint64_t otherwise);

/// True with ROGATORY_ACCEPT=1: measured figures replace the kept ones.
[[nodiscard]] bool is_accepting();

}  // namespace rogatory::test
