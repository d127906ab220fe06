// SPDX-License-Identifier: EUPL-1.2

#include "support/run_mode.h"

#include <cstdlib>
#include <string_view>

namespace rogatory::test {

bool is_slow_run() {
  const char* const slow = std::getenv("ROGATORY_SLOW");
  return slow != nullptr && std::string_view(slow) == "1";
}

std::uint64_t seed_or(std::uint64_t otherwise) {
  const char* const seed = std::getenv("ROGATORY_SEED");
  return seed == nullptr ? otherwise : std::strtoull(seed, nullptr, 10);
}

bool is_accepting() {
  const char* const accept = std::getenv("ROGATORY_ACCEPT");
  return accept != nullptr && std::string_view(accept) == "1";
}

}  // namespace rogatory::test
