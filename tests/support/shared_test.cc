// SPDX-License-Identifier: EUPL-1.2

#include "support/shared.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace rogatory::test {
namespace {

// Sets a variable of the environment for one test and clears it afterwards: each test is its own
// process.
void set_variable(const char* name, const char* value) {
  ASSERT_EQ(setenv(name, value, /*overwrite=*/1), 0);
}

TEST(SourceDir, HoldsTheLicence) {
  EXPECT_TRUE(std::filesystem::exists(source_dir() / "LICENSE"));
}

TEST(SharedPath, FindsAFileInTheNamedFolder) {
  set_variable("ROGATORY_SHARED", source_dir().c_str());
  EXPECT_EQ(shared_path("LICENSE"), source_dir() / "LICENSE");
}

TEST(SharedPath, IsEmptyWhereTheFileIsAbsent) {
  set_variable("ROGATORY_SHARED", source_dir().c_str());
  set_variable("ROGATORY_REQUIRE_SHARED", "0");
  EXPECT_EQ(shared_path("no/such/file"), std::nullopt);
}

TEST(SharedPath, FailsWhereTheFileIsAbsentAndRequired) {
  set_variable("ROGATORY_SHARED", source_dir().c_str());
  set_variable("ROGATORY_REQUIRE_SHARED", "1");
  EXPECT_NONFATAL_FAILURE(shared_path("no/such/file"), "ROGATORY_REQUIRE_SHARED is set");
}

}  // namespace
}  // namespace rogatory::test
