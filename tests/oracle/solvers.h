// SPDX-License-Identifier: EUPL-1.2
//
// Z3 and clingo as oracles, asked as programs: many instances in one process. Both count every
// exception as a plain condition (law::Defences::kAsUnknown).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "law/types.h"
#include "oracle/instance.h"

namespace rogatory::oracle {

/// Whether a program of this name can be started.
[[nodiscard]] bool has_program(const char* name);

/// What Z3 says of one instance; nothing when its facts contradict each other.
using Z3Answer = std::optional<law::Truth>;

/// One answer per instance: SMT-LIB 2 text, amounts as reals. Empty when the program fails.
[[nodiscard]] std::vector<Z3Answer> ask_z3(std::span<const Instance* const> instances);

/// One answer per instance: brave and cautious consequences of one program that guesses every
/// completion. The facts of each instance must be free of contradictions, for one without answer
/// would leave the program without any. Empty when the program fails.
[[nodiscard]] std::vector<law::Truth> ask_clingo(std::span<const Instance* const> instances);

}  // namespace rogatory::oracle
