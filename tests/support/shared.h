// SPDX-License-Identifier: EUPL-1.2
//
// Where tests find files: those of this source tree, and third-party data that is never copied into
// it. Single-threaded, as tests are.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace rogatory::test {

/// The root of the source tree the tests were built from.
std::filesystem::path source_dir();

/// The path of third-party test data `relative` ("vectors/merkle.tar.gz") in the folder named by
/// the environment variable ROGATORY_SHARED, or else in `../shared` beside the source tree. Empty
/// when it is not there: the caller then skips,
///
///     const auto path = test::shared_path("vectors/merkle.tar.gz");
///     if (!path) GTEST_SKIP() << "no shared data";
///
/// With ROGATORY_REQUIRE_SHARED=1 an absent file is recorded as a failure of the running test,
/// which outranks the skip.
std::optional<std::filesystem::path> shared_path(std::string_view relative);

/// The folder that an environment variable names; nothing when it is not set. For comparisons with
/// programs of others that are asked for by name.
std::optional<std::filesystem::path> folder_of_variable(const char* variable);

}  // namespace rogatory::test
