// SPDX-License-Identifier: EUPL-1.2

#include "base/error.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <set>
#include <string_view>

namespace rogatory::base {
namespace {

TEST(ErrorCode, NamesAreDistinctAndPublished) {
  std::set<std::string_view> names;
  for (const ErrorCode code : kErrorCodes) names.insert(error_code_name(code));
  EXPECT_EQ(names, (std::set<std::string_view>{"invalid_argument", "parse", "schema", "lint",
                                               "not_found", "io", "limit", "unsupported",
                                               "conflict", "refused", "internal"}));
}

TEST(ErrorCode, ExitCodesAreThoseOfTheContract) {
  EXPECT_EQ(exit_code(ErrorCode::kInvalidArgument), 2);
  EXPECT_EQ(exit_code(ErrorCode::kParse), 3);
  EXPECT_EQ(exit_code(ErrorCode::kSchema), 3);
  EXPECT_EQ(exit_code(ErrorCode::kLint), 4);
  EXPECT_EQ(exit_code(ErrorCode::kNotFound), 5);
  EXPECT_EQ(exit_code(ErrorCode::kIo), 6);
  EXPECT_EQ(exit_code(ErrorCode::kLimit), 7);
  EXPECT_EQ(exit_code(ErrorCode::kUnsupported), 8);
  EXPECT_EQ(exit_code(ErrorCode::kConflict), 9);
  EXPECT_EQ(exit_code(ErrorCode::kRefused), 10);
  EXPECT_EQ(exit_code(ErrorCode::kInternal), 70);
}

TEST(Place, PrintsWhatIsKnown) {
  EXPECT_EQ(Place{}.to_string(), "");
  EXPECT_EQ((Place{.file = "a.yaml"}).to_string(), "a.yaml");
  EXPECT_EQ((Place{.file = "a.yaml", .line = 3}).to_string(), "a.yaml:3");
  EXPECT_EQ((Place{.file = "a.yaml", .line = 3, .column = 7}).to_string(), "a.yaml:3:7");
  EXPECT_EQ((Place{.line = 3, .column = 7}).to_string(), "3:7");
  EXPECT_EQ((Place{.file = "a.yaml", .pointer = "/offences/0"}).to_string(),
            "a.yaml at /offences/0");
}

TEST(Error, PrintsPlaceMessageCodeAndContext) {
  const Error error = Error{.code = ErrorCode::kSchema,
                            .message = "`article` is missing",
                            .place = {.file = "law.yaml", .line = 12, .column = 3}}
                          .with_context("while reading offence `access`")
                          .with_context("while reading State `FRA`");
  EXPECT_EQ(error.to_string(),
            "law.yaml:12:3: `article` is missing (schema); while reading offence `access`; "
            "while reading State `FRA`");
}

TEST(Error, PrintsWithoutPlace) {
  EXPECT_EQ((Error{.code = ErrorCode::kNotFound, .message = "no such State"}).to_string(),
            "no such State (not_found)");
}

TEST(Error, ContextLeavesTheOriginalAlone) {
  const Error original{.code = ErrorCode::kIo, .message = "disk full"};
  const Error extended = original.with_context("while sealing exhibit 3");
  EXPECT_TRUE(original.context.empty());
  EXPECT_EQ(extended.context.size(), 1U);
}

TEST(Error, BecomesJson) {
  const Error error{.code = ErrorCode::kParse,
                    .message = "this is not valid JSON",
                    .context = {"while reading the request"},
                    .place = {.file = "r.json", .line = 2, .column = 5, .pointer = "/kind"}};
  EXPECT_EQ(
      boost::json::serialize(error.to_json()),
      R"({"code":"parse","message":"this is not valid JSON","context":["while reading the request"],)"
      R"("place":{"file":"r.json","line":2,"column":5,"pointer":"/kind"}})");
  EXPECT_EQ(boost::json::serialize(Error{.code = ErrorCode::kIo, .message = "disk full"}.to_json()),
            R"({"code":"io","message":"disk full"})");
}

}  // namespace
}  // namespace rogatory::base
