// SPDX-License-Identifier: EUPL-1.2

#include "request/detail/clean_text.h"

#include <gtest/gtest.h>

namespace rogatory::request::detail {
namespace {

const base::PlaceOf kNowhere;

TEST(CleanText, NamesThePlace) {
  // NOLINTBEGIN(misc-misleading-bidirectional): this is what is looked for.
  const base::Json value =
      base::JsonObject{{"a", base::JsonArray{"x", base::JsonObject{{"b", "\u202Ay"}}}}};
  const auto refused = check_texts(base::Shape(value, kNowhere));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().place.pointer, "/a/1/b");
  const base::Json key = base::JsonObject{{"a\u202E", 1}};
  EXPECT_FALSE(check_texts(base::Shape(key, kNowhere)).ok());
  // NOLINTEND(misc-misleading-bidirectional)
}

TEST(CleanText, AnIdIsAName) {
  const auto read = [](std::string_view id) {
    const base::Json value = base::JsonObject{{"id", id}};
    return read_id(base::Shape(value, kNowhere), kMaxRequestId).ok();
  };
  EXPECT_TRUE(read("exercise-1_a.B"));
  EXPECT_TRUE(read(std::string(128, 'x')));
  for (const char* id : {"", "../x", "a/b", ".x", "-x", "_x", "a b", "\u00E9"}) {
    EXPECT_FALSE(read(id)) << id;
  }
  EXPECT_FALSE(read(std::string(129, 'x')));
}

}  // namespace
}  // namespace rogatory::request::detail
