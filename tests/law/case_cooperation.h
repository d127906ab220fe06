// SPDX-License-Identifier: EUPL-1.2
//
// Questions of text cases about cooperation: legal bases, grounds of refusal, extradition. The
// format is in README.md. Single-threaded, as tests are.
#pragma once

#include <optional>

#include "case_file.h"

namespace rogatory::test {

/// Asks `basis`, `grounds` or `extraditable` and compares; false when the question is none of them.
bool ask_cooperation(const law::LawBook& book, const std::optional<conduct::Count>& count,
                     const Entry& question);

}  // namespace rogatory::test
