// SPDX-License-Identifier: EUPL-1.2

#include "base/text.h"

#include <gtest/gtest.h>

namespace rogatory::base {
namespace {

TEST(Text, TrimsBlanks) {
  EXPECT_EQ(trim("  a b\t\r\n"), "a b");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Text, SplitsAndJoins) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), std::vector<std::string_view>{""});
  EXPECT_EQ(split("a,", ','), (std::vector<std::string_view>{"a", ""}));
  EXPECT_EQ(join(split("a,,b", ','), ", "), "a, , b");
  EXPECT_EQ(join(std::vector<std::string>{"x", "y"}, "/"), "x/y");
  EXPECT_EQ(join(std::vector<std::string>{}, "/"), "");
}

TEST(Text, LowersAsciiOnly) {
  EXPECT_EQ(lower_ascii("ABZaz09[\xC3\x89"), "abzaz09[\xC3\x89");
}

TEST(Text, ComparesPrefixesWithoutCase) {
  EXPECT_TRUE(starts_with_ci("Budapest Convention", "budapest"));
  EXPECT_TRUE(starts_with_ci("x", ""));
  EXPECT_FALSE(starts_with_ci("Buda", "budapest"));
  EXPECT_FALSE(starts_with_ci("Bucharest", "budapest"));
}

TEST(Utf8, AcceptsAllLengths) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(
      is_valid_utf8("a\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"
                    "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesWithTheOffset) {
  struct Case {
    std::string_view text;
    std::size_t offset;
  };
  for (const Case& c : {Case{"ab\x80", 2},                // continuation alone
                        Case{"nine, ten\x80 eleven", 9},  // beyond the first eight bytes
                        Case{"\xC0\x80", 0},              // overlong NUL
                        Case{"\xC1\xBF", 0},              // overlong
                        Case{"a\xE0\x9F\xBF", 1},         // overlong
                        Case{"\xED\xA0\x80", 0},          // surrogate U+D800
                        Case{"\xF0\x8F\xBF\xBF", 0},      // overlong
                        Case{"\xF4\x90\x80\x80", 0},      // U+110000
                        Case{"\xF5\x80\x80\x80", 0},      // never
                        Case{"\xC3\xA9\xE2\x82", 2}}) {   // cut short
    EXPECT_EQ(find_invalid_utf8(c.text), c.offset);
  }
}

TEST(LineColumn, CountsCharacters) {
  const std::string_view text = "one\nd\xC3\xA9j\xC3\xA0 vu\nthree";
  EXPECT_EQ(line_column(text, 0), (LineColumn{.line = 1, .column = 1}));
  EXPECT_EQ(line_column(text, text.find("vu")), (LineColumn{.line = 2, .column = 6}));
  EXPECT_EQ(line_column(text, text.find("three")), (LineColumn{.line = 3, .column = 1}));
  EXPECT_EQ(line_column(text, 1000), (LineColumn{.line = 3, .column = 6}));
}

TEST(Wrap, BreaksAtBlanks) {
  EXPECT_EQ(wrap("the conduct is an offence in both States", 20, 2),
            "  the conduct is an\n  offence in both\n  States");
  EXPECT_EQ(wrap("a\n\n  b", 10, 1), " a\n\n b");
  EXPECT_EQ(wrap("", 10, 1), "");
}

TEST(Wrap, KeepsLongWordsWhole) {
  EXPECT_EQ(wrap("an extraordinarily long", 8, 0), "an\nextraordinarily\nlong");
}

TEST(Wrap, CountsCharactersNotBytes) {
  EXPECT_EQ(wrap("\xC3\xA9\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9\xC3\xA9", 7, 0),
            "\xC3\xA9\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9\xC3\xA9");
}

}  // namespace
}  // namespace rogatory::base
