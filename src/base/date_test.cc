// SPDX-License-Identifier: EUPL-1.2

#include "base/date.h"

#include <gtest/gtest.h>

#include <unordered_set>

namespace rogatory::base {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::years;

Date date(std::string_view text) {
  return Date::parse(text).value();
}

TEST(DateParse, ReadsIsoDates) {
  const Date opened = date("2001-11-23");
  EXPECT_EQ(opened.year(), 2001);
  EXPECT_EQ(opened.month(), 11U);
  EXPECT_EQ(opened.day(), 23U);
  EXPECT_EQ(opened.to_string(), "2001-11-23");
  EXPECT_EQ(date("0001-01-01"), Date::earliest());
  EXPECT_EQ(date("9999-12-31"), Date::latest());
}

TEST(DateParse, KnowsLeapYears) {
  EXPECT_TRUE(Date::parse("2024-02-29").ok());
  EXPECT_TRUE(Date::parse("2000-02-29").ok());
  EXPECT_FALSE(Date::parse("1900-02-29").ok());
  EXPECT_FALSE(Date::parse("2023-02-29").ok());
}

TEST(DateParse, RefusesEveryOtherForm) {
  for (const std::string_view text :
       {"", "2001-11-2", "2001-11-233", " 2001-11-23", "2001/11/23", "20011123", "2001-1-231",
        "+001-11-23", "-001-11-23", "2001-11-2x", "2001-11-23T00:00:00Z", "23-11-2001"}) {
    const auto refused = Date::parse(text);
    ASSERT_FALSE(refused.ok()) << text;
    EXPECT_EQ(refused.error().code, ErrorCode::kParse);
    EXPECT_NE(refused.error().message.find("not a date of the form YYYY-MM-DD"), std::string::npos);
  }
}

TEST(DateParse, RefusesDaysThatDoNotExist) {
  for (const std::string_view text :
       {"2001-00-10", "2001-13-10", "2001-04-31", "2001-04-00", "0000-01-01"}) {
    const auto refused = Date::parse(text);
    ASSERT_FALSE(refused.ok()) << text;
    EXPECT_EQ(refused.error().message, "`" + std::string(text) + "` is not a day of the calendar");
  }
}

TEST(DateParse, DoesNotRepeatBytesThatAreNotText) {
  EXPECT_EQ(Date::parse("\xff\xfe").error().message, "not a date of the form YYYY-MM-DD");
}

TEST(DateMake, RefusesWithInvalidArgument) {
  EXPECT_EQ(Date::make(2023, 2, 29).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(Date::make(10000, 1, 1).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(Date::make(2024, 258, 1).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(Date::make(2024, 2, 29).value(), date("2024-02-29"));
}

TEST(DateArithmetic, AddsDaysAcrossMonthsAndYears) {
  EXPECT_EQ(date("2023-12-31").plus(days(1)).value(), date("2024-01-01"));
  EXPECT_EQ(date("2024-02-28").plus(days(1)).value(), date("2024-02-29"));
  EXPECT_EQ(date("2024-03-01").plus(days(-1)).value(), date("2024-02-29"));
  EXPECT_EQ(date("2024-03-01") - date("2023-03-01"), days(366));
}

TEST(DateArithmetic, AddsMonthsToTheLastDayOfShorterMonths) {
  EXPECT_EQ(date("2023-01-31").plus(months(1)).value(), date("2023-02-28"));
  EXPECT_EQ(date("2024-01-31").plus(months(1)).value(), date("2024-02-29"));
  EXPECT_EQ(date("2024-01-15").plus(months(-1)).value(), date("2023-12-15"));
  EXPECT_EQ(date("2024-03-31").plus(months(-13)).value(), date("2023-02-28"));
  EXPECT_EQ(date("2024-02-29").plus(years(1)).value(), date("2025-02-28"));
  EXPECT_EQ(date("2024-02-29").plus(years(4)).value(), date("2028-02-29"));
}

TEST(DateArithmetic, StopsAtTheEndsOfTheCalendar) {
  EXPECT_EQ(Date::latest().plus(days(1)).error().code, ErrorCode::kLimit);
  EXPECT_EQ(Date::earliest().plus(days(-1)).error().code, ErrorCode::kLimit);
  EXPECT_EQ(Date::latest().plus(months(1)).error().code, ErrorCode::kLimit);
  EXPECT_EQ(Date::earliest().plus(months(-1)).error().code, ErrorCode::kLimit);
  EXPECT_EQ(Date::earliest().plus(years(-1)).error().code, ErrorCode::kLimit);
  EXPECT_EQ(date("2024-01-01").plus(days::max()).error().code, ErrorCode::kLimit);
  EXPECT_EQ(date("2024-01-01").plus(months::min()).error().code, ErrorCode::kLimit);
  EXPECT_EQ(date("2024-01-01").plus(years::max()).error().code, ErrorCode::kLimit);
}

TEST(DateOrder, IsThatOfTheCalendarAndOfTheText) {
  EXPECT_LT(date("2001-11-23"), date("2001-12-01"));
  for (Date day = date("1999-12-01"); day < date("2001-03-02"); day = day.plus(days(1)).value()) {
    const Date next = day.plus(days(1)).value();
    EXPECT_LT(day.to_string(), next.to_string());
    EXPECT_EQ(date(day.to_string()), day);
  }
}

TEST(DateHash, DistinguishesDays) {
  const std::unordered_set<Date> days_seen = {date("2001-11-23"), date("2001-11-24"),
                                              date("2001-11-23")};
  EXPECT_EQ(days_seen.size(), 2U);
}

DateRange range(std::string_view from, std::string_view until) {
  return {.from = date(from), .until = date(until)};
}

TEST(DateRange, ContainsItsFirstDayAndNotItsEnd) {
  const DateRange in_force = range("2004-07-01", "2010-01-01");
  EXPECT_FALSE(in_force.contains(date("2004-06-30")));
  EXPECT_TRUE(in_force.contains(date("2004-07-01")));
  EXPECT_TRUE(in_force.contains(date("2009-12-31")));
  EXPECT_FALSE(in_force.contains(date("2010-01-01")));
}

TEST(DateRange, WithoutEndContainsTheFuture) {
  const DateRange in_force{.from = date("2004-07-01"), .until = std::nullopt};
  EXPECT_TRUE(in_force.contains(Date::latest()));
  EXPECT_EQ(in_force.to_string(), "2004-07-01..");
}

TEST(DateRange, IntersectsWhereDaysAreCommon) {
  const DateRange early = range("2004-07-01", "2010-01-01");
  const DateRange late = range("2009-12-31", "2012-01-01");
  EXPECT_TRUE(early.overlaps(late));
  EXPECT_EQ(early.intersect(late), range("2009-12-31", "2010-01-01"));
  EXPECT_EQ(late.intersect(early), early.intersect(late));
}

TEST(DateRange, NeighboursDoNotOverlap) {
  const DateRange early = range("2004-07-01", "2010-01-01");
  const DateRange late{.from = date("2010-01-01"), .until = std::nullopt};
  EXPECT_FALSE(early.overlaps(late));
  EXPECT_EQ(early.intersect(late), std::nullopt);
}

TEST(DateRange, EmptyRangeContainsNothing) {
  const DateRange empty = range("2010-01-01", "2010-01-01");
  EXPECT_TRUE(empty.is_empty());
  EXPECT_FALSE(empty.contains(date("2010-01-01")));
  EXPECT_FALSE(empty.overlaps(empty));
}

}  // namespace
}  // namespace rogatory::base
