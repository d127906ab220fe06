// SPDX-License-Identifier: EUPL-1.2

#include "request/fill.h"

#include <gtest/gtest.h>

namespace rogatory::request {
namespace {

base::JsonObject sample() {
  return base::parse_json(
             R"({"a":{"b":"text","n":12},"list":[{"id":"1","v":"x"},{"id":"2","v":"y"},{"id":"3"}],
    "empty":"","slash/key":"s","tags":["p","q"]})",
             "x")
      .take()
      .as_object();
}

std::string fill(std::vector<std::string> pointers) {
  return filled(sample(), pointers);
}

TEST(Fill, FollowsPointersAndStars) {
  EXPECT_EQ(fill({"/a/b"}), "text");
  EXPECT_EQ(fill({"/list/*/v"}), "x\ny");
  EXPECT_EQ(fill({"/slash~1key"}), "s");
  EXPECT_EQ(fill({"/tags"}), "p, q");
  EXPECT_EQ(fill({"/a/b", "/a/n"}), "text\n12");
}

TEST(Fill, IsEmptyUnlessEachPointerLeadsToSomething) {
  EXPECT_EQ(fill({"/a/b", "/a/c"}), "");
  EXPECT_EQ(fill({"/empty"}), "");
  EXPECT_EQ(fill({"/nothing/*/v"}), "");
  EXPECT_EQ(fill({}), "");
}

TEST(Fill, SpeaksObjectsWithoutIds) {
  EXPECT_EQ(fill({"/a"}), "b: text; n: 12");
  EXPECT_EQ(fill({"/list"}), "v: x\nv: y");
}

}  // namespace
}  // namespace rogatory::request
