// SPDX-License-Identifier: EUPL-1.2

#include "request/detail/clean_text.h"

#include <gtest/gtest.h>

namespace rogatory::request::detail {
namespace {

const base::PlaceOf kNowhere;

TEST(CleanText, FindsWhatIsNotSeen) {
  EXPECT_EQ(find_deceptive("pay \u202E001"), "U+202E");
  EXPECT_EQ(find_deceptive("\u2066x"), "U+2066");
  EXPECT_EQ(find_deceptive("x\u2069"), "U+2069");
  EXPECT_EQ(find_deceptive("a\tb"), "U+0009");
  EXPECT_EQ(find_deceptive("a\u0085b"), "U+0085");
  EXPECT_EQ(find_deceptive(std::string_view("a\0b", 3)), "U+0000");
  EXPECT_EQ(find_deceptive("a\x7F"), "U+007F");
}

TEST(CleanText, LetsEveryScriptStand) {
  EXPECT_EQ(find_deceptive("one\ntwo"), std::nullopt);
  EXPECT_EQ(find_deceptive("\u0637\u0644\u0628 \u200F(1)\u061C \u200E"), std::nullopt);
  EXPECT_EQ(find_deceptive("\u4FDD\u5168 \u0417\u0430\u043F\u0440\u043E\u0441 \u00E9 \U0001F512"),
            std::nullopt);
  // The neighbours of what is refused.
  EXPECT_EQ(find_deceptive("\u2029\u202F\u2065\u206A\u00A0"), std::nullopt);
  EXPECT_EQ(find_deceptive(""), std::nullopt);
}

TEST(CleanText, NamesThePlace) {
  const base::Json value =
      base::JsonObject{{"a", base::JsonArray{"x", base::JsonObject{{"b", "\u202Ay"}}}}};
  const auto refused = check_texts(base::Shape(value, kNowhere));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().place.pointer, "/a/1/b");
  const base::Json key = base::JsonObject{{"a\u202E", 1}};
  EXPECT_FALSE(check_texts(base::Shape(key, kNowhere)).ok());
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
