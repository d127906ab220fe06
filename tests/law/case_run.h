// SPDX-License-Identifier: EUPL-1.2
//
// Puts the questions of a text case to the law engine and compares the answers.
#pragma once

#include <filesystem>

namespace rogatory::test {

/// Runs one case; every difference is a failure of the running test that begins with `file:line`.
void run_case(const std::filesystem::path& path);

}  // namespace rogatory::test
