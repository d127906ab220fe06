// SPDX-License-Identifier: EUPL-1.2
//
// The coverage questions of a world put to Z3 and clingo, as programs, with the time they took
// beyond starting.
#pragma once

#include <string>
#include <vector>

#include "world.h"

namespace rogatory::bench {

struct RivalAnswer {
  std::vector<bool>
      has_gap;  ///< State by State, offence by offence; empty when the program is absent or failed
  double seconds = 0;  ///< less the time of starting the program on an empty input
};

/// One SMT-LIB file, one push and pop for each question.
[[nodiscard]] RivalAnswer ask_z3(const World& world);
/// One ground program for all questions, which guesses the question with the conduct: each answer,
/// projected to the question, is a gap.
[[nodiscard]] RivalAnswer ask_clingo(const World& world);

}  // namespace rogatory::bench
