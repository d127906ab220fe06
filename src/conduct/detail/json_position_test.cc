// SPDX-License-Identifier: EUPL-1.2

#include "conduct/detail/json_position.h"

#include <gtest/gtest.h>

#include <string>

namespace rogatory::conduct::detail {
namespace {

constexpr std::string_view kText = R"({
  "a": [1, "x,]}", {"b": null}],
  "c\"d": {"e/f": [[], [true]]},
  "last": -1.5e3
})";

std::string at(std::string_view pointer) {
  const auto found = find_in_json(kText, pointer);
  return found ? std::to_string(found->line) + ":" + std::to_string(found->column) : "none";
}

TEST(JsonPosition, FindsWhatAPointerNames) {
  EXPECT_EQ(at(""), "1:1");
  EXPECT_EQ(at("/a"), "2:8");
  EXPECT_EQ(at("/a/0"), "2:9");
  EXPECT_EQ(at("/a/1"), "2:12");
  EXPECT_EQ(at("/a/2/b"), "2:26");
  EXPECT_EQ(at("/c\"d/e~1f/1/0"), "3:25");
  EXPECT_EQ(at("/last"), "4:11");
}

TEST(JsonPosition, FindsNothingElse) {
  for (const char* pointer : {"/b", "/a/3", "/a/x", "/a/0/0", "/last/x", "/c\"d/e"}) {
    EXPECT_EQ(at(pointer), "none") << pointer;
  }
}

}  // namespace
}  // namespace rogatory::conduct::detail
