// SPDX-License-Identifier: EUPL-1.2

#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace rogatory::base {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = std::to_string(number) + " is odd"};
  }
  return number / 2;
}

Result<int> quarter(int number) {
  ROG_TRY(const int once, half(number));
  ROG_TRY(int twice, half(once));
  return twice;
}

Result<> check_divisible_by_four(int number) {
  ROG_CHECKED(quarter(number));
  return {};
}

TEST(Result, HoldsAValue) {
  const Result<std::string> result = "text";
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value(), "text");
  EXPECT_EQ(*result, "text");
  EXPECT_EQ(result->size(), 4U);
}

TEST(Result, HoldsAnError) {
  const Result<int> result = half(3);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message, "3 is odd");
}

TEST(Result, MovesWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = result.take();
  EXPECT_EQ(*taken, 5);
}

TEST(Result, TryPassesErrorsOn) {
  EXPECT_EQ(quarter(12).value(), 3);
  EXPECT_EQ(quarter(6).error().message, "3 is odd");
  EXPECT_EQ(quarter(5).error().message, "5 is odd");
}

TEST(Result, CheckedPassesErrorsOn) {
  EXPECT_TRUE(check_divisible_by_four(8).ok());
  EXPECT_EQ(check_divisible_by_four(6).error().code, ErrorCode::kInvalidArgument);
}

TEST(Result, AddsContextToFailuresOnly) {
  EXPECT_EQ(half(4).with_context("while halving").value(), 2);
  EXPECT_EQ(half(3).with_context("while halving").error().context,
            std::vector<std::string>{"while halving"});
  EXPECT_EQ(check_divisible_by_four(2).with_context("while checking").error().context,
            std::vector<std::string>{"while checking"});
}

TEST(ResultDeathTest, AskingForTheWrongSideAborts) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH((void)half(3).value(), "assertion failed: ok()");
  EXPECT_DEATH((void)half(4).error(), "assertion failed: !ok()");
}

}  // namespace
}  // namespace rogatory::base
