// SPDX-License-Identifier: EUPL-1.2

#include "conduct/detail/csv.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rogatory::conduct::detail {
namespace {

using Fields = std::vector<std::string>;

TEST(Csv, ReadsQuotesCommasAndLineEnds) {
  const auto table = parse_csv(
      "\xEF\xBB\xBF"
      "a,b\r\n\"x,1\",\"he said \"\"no\"\"\"\n\"two\nlines\",\r\n",
      "t", 10);
  ASSERT_TRUE(table.ok()) << table.error().to_string();
  EXPECT_EQ(table->header, (Fields{"a", "b"}));
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_EQ(table->rows[0].fields, (Fields{"x,1", "he said \"no\""}));
  EXPECT_EQ(table->rows[1].fields, (Fields{"two\nlines", ""}));
  EXPECT_EQ(table->rows[0].line, 2);
  EXPECT_EQ(table->rows[1].line, 3);
}

TEST(Csv, CountsLinesInsideQuotes) {
  const auto table = parse_csv("a,b\n\"1\n2\",x\ny,z\n", "t", 10);
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->rows[1].line, 4);
}

TEST(Csv, PassesOverAnEmptyLastLine) {
  const auto table = parse_csv("a,b\n1,2\n\n", "t", 10);
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->rows.size(), 1U);
}

TEST(Csv, NeedsNoLineEndAtTheEnd) {
  const auto table = parse_csv("a,b\n1,", "t", 10);
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->rows.front().fields, (Fields{"1", ""}));
}

struct BadCsv {
  std::string text;
  const char* error;
};

class RefusedCsv : public testing::TestWithParam<BadCsv> {};

TEST_P(RefusedCsv, NamesLineAndColumn) {
  const auto table = parse_csv(GetParam().text, "f.csv", 2);
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().to_string(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Csv, RefusedCsv,
    testing::Values(
        BadCsv{"", "f.csv:1: no header (parse)"},
        BadCsv{"a,a\n", "f.csv:1: two columns `a` (parse)"},
        BadCsv{"a,b\n1\n", "f.csv:2: the row has 1 fields, not 2 (parse)"},
        BadCsv{"a,b\nx\"y,2\n", "f.csv:2:2: a quote inside a field that is not quoted (parse)"},
        BadCsv{"a,b\n\"x\"y,2\n",
               "f.csv:2:4: text after a closing quote, or a single carriage return (parse)"},
        BadCsv{"a,b\n1,\"open\n", "f.csv:2:3: a quoted field does not end (parse)"},
        BadCsv{"a\rb\n",
               "f.csv:1:2: text after a closing quote, or a single carriage return (parse)"},
        BadCsv{"a\n\xFF\n", "f.csv:2:1: the text is not UTF-8 (parse)"},
        BadCsv{std::string("a\n\0\n", 4), "f.csv:2:1: the text holds a NUL (parse)"},
        BadCsv{"a\n1\n2\n3\n", "f.csv:1:1: too many rows (limit)"}));

TEST(Csv, LimitsFields) {
  EXPECT_EQ(parse_csv(std::string(kMaxFields + 1, ','), "t", 1).error().code,
            base::ErrorCode::kLimit);
  EXPECT_EQ(parse_csv(std::string(kMaxFieldBytes + 1, 'x'), "t", 1).error().code,
            base::ErrorCode::kLimit);
  EXPECT_EQ(parse_csv("\"" + std::string(kMaxFieldBytes + 1, 'x') + "\"", "t", 1).error().code,
            base::ErrorCode::kLimit);
}

}  // namespace
}  // namespace rogatory::conduct::detail
