// SPDX-License-Identifier: EUPL-1.2

#include "law/deadline.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <string>
#include <vector>

#include "support/fake_zones.h"
#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using test::date;
using test::FakeZones;

base::Instant at(std::string_view text) {
  return base::Instant::parse(text).value();
}

std::string ends(std::string_view start, int value, ClockUnit unit, std::string_view zone,
                 std::vector<const Holiday*> holidays = {}) {
  const auto out = count_deadline(at(start), value, unit, zone, holidays, FakeZones());
  EXPECT_TRUE(out.ok()) << out.error().to_string();
  return out->ends.to_string();
}

TEST(Deadline, HoursRunFromTheMoment) {
  EXPECT_EQ(ends("2020-03-28T23:30:00+01:00", 24, ClockUnit::kHours, "Summer"),
            "2020-03-30T00:30:00+02:00");
}

TEST(Deadline, TheDayOfTheEventIsNotCounted) {
  EXPECT_EQ(ends("2020-06-01T00:00:00+09:00", 40, ClockUnit::kDays, "Fixed"),
            "2020-07-12T00:00:00+09:00");
  EXPECT_EQ(ends("2020-06-01T23:59:59+09:00", 40, ClockUnit::kDays, "Fixed"),
            "2020-07-12T00:00:00+09:00");
}

TEST(Deadline, TheDayIsThatOfTheAuthority) {
  // 20:00 UTC is the next morning in the zone.
  EXPECT_EQ(ends("2020-06-01T20:00:00Z", 1, ClockUnit::kDays, "Fixed"),
            "2020-06-04T00:00:00+09:00");
}

TEST(Deadline, DaysEndAtMidnightThoughTheClockChanged) {
  EXPECT_EQ(ends("2020-03-28T12:00:00+01:00", 1, ClockUnit::kDays, "Summer"),
            "2020-03-30T00:00:00+02:00");
}

TEST(Deadline, WhereMidnightIsMissingTheDayBeginsAfterTheGap) {
  EXPECT_EQ(ends("2020-03-06T12:00:00-04:00", 1, ClockUnit::kDays, "Midnight"),
            "2020-03-08T01:00:00-03:00");
  EXPECT_EQ(ends("2020-03-06T12:00:00-04:00", 1, ClockUnit::kDays, "Across"),
            "2020-03-08T00:30:00-03:00");
}

TEST(Deadline, ARepeatedMidnightEndsTheDayTheFirstTime) {
  EXPECT_EQ(ends("2020-10-30T12:00:00-03:00", 1, ClockUnit::kDays, "Midnight"),
            "2020-11-01T00:00:00-03:00");
}

TEST(Deadline, ADayThatComesBackIsNotOver) {
  EXPECT_EQ(ends("2020-10-30T12:00:00-03:00", 1, ClockUnit::kDays, "Across"),
            "2020-11-01T00:00:00-04:00");
}

TEST(Deadline, MonthsEndOnTheSameNumberOrTheLastDay) {
  EXPECT_EQ(ends("2020-01-31T12:00:00+09:00", 1, ClockUnit::kMonths, "Fixed"),
            "2020-03-01T00:00:00+09:00");
  EXPECT_EQ(ends("2020-01-15T12:00:00+09:00", 2, ClockUnit::kMonths, "Fixed"),
            "2020-03-16T00:00:00+09:00");
  EXPECT_EQ(ends("2020-02-29T12:00:00+09:00", 1, ClockUnit::kYears, "Fixed"),
            "2021-03-01T00:00:00+09:00");
}

TEST(Deadline, WorkingDaysLeaveOutWeekendsAndHolidays) {
  const Holiday yearly{.state = "BBB", .on = "06-02", .name = "", .citation = {}};
  const Holiday once{.state = "BBB", .on = "2020-06-03", .name = "", .citation = {}};
  // 2020-05-29 is a Friday.
  EXPECT_EQ(ends("2020-05-29T12:00:00+09:00", 2, ClockUnit::kWorkingDays, "Fixed"),
            "2020-06-03T00:00:00+09:00");
  EXPECT_EQ(
      ends("2020-05-29T12:00:00+09:00", 2, ClockUnit::kWorkingDays, "Fixed", {&yearly, &once}),
      "2020-06-05T00:00:00+09:00");
}

TEST(Deadline, WithoutAZoneTheOffsetOfTheEventCounts) {
  EXPECT_EQ(ends("2020-06-01T12:00:00+05:30", 1, ClockUnit::kDays, ""),
            "2020-06-03T00:00:00+05:30");
}

TEST(Deadline, OutsideTheCalendarIsALimit) {
  const auto out =
      count_deadline(at("9999-12-30T12:00:00Z"), 5, ClockUnit::kDays, "Fixed", {}, FakeZones());
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, base::ErrorCode::kLimit);
}

Deadline days_after(std::string_view start, int value, std::vector<const Holiday*> holidays = {}) {
  const auto out =
      count_deadline(at(start), value, ClockUnit::kDays, "Fixed", holidays, FakeZones());
  EXPECT_TRUE(out.ok());
  return *out;
}

TEST(Deadline, AFreeLastDayIsNamedAndNotMoved) {
  const Holiday monday{.state = "BBB", .on = "06-01", .name = "Spring Day", .citation = {}};
  const Deadline saturday = days_after("2020-05-29T12:00:00+09:00", 1);
  EXPECT_EQ(saturday.free_day, "Saturday");
  EXPECT_EQ(saturday.last_day.to_string(), "2020-05-30");
  EXPECT_FALSE(saturday.moved);
  EXPECT_EQ(days_after("2020-05-29T12:00:00+09:00", 2).free_day, "Sunday");
  EXPECT_EQ(days_after("2020-05-29T12:00:00+09:00", 3).free_day, "");
  EXPECT_EQ(days_after("2020-05-29T12:00:00+09:00", 3, {&monday}).free_day, "holiday (Spring Day)");
}

TEST(Deadline, TheNextWorkingDayIsAfterWeekendAndHolidays) {
  const Holiday monday{.state = "BBB", .on = "06-01", .name = "Spring Day", .citation = {}};
  const std::vector<const Holiday*> holidays{&monday};
  const auto moved = end_of_next_working_day(days_after("2020-05-29T12:00:00+09:00", 1), "Fixed",
                                             holidays, FakeZones());
  ASSERT_TRUE(moved.ok());
  EXPECT_EQ(moved->last_day.to_string(), "2020-06-02");
  EXPECT_EQ(moved->ends.to_string(), "2020-06-03T00:00:00+09:00");
}

/// The local day in the zone.
base::Date day_at(std::string_view zone, sys_seconds when) {
  return base::Instant::make(when, *FakeZones().offset_at(zone, when))->local_date();
}

TEST(Deadline, EndsWhenItsLastDayIsOverForGood) {
  rc::check([] {
    const std::string zone(*rc::gen::elementOf(FakeZones::kNames));
    const sys_seconds start = sys_seconds(sys_days(date("2020-01-01").days())) +
                              minutes(*rc::gen::inRange(0, 366 * 24 * 60));
    const int value = *rc::gen::inRange(1, 200);
    const auto event = base::Instant::make(start, seconds(0));
    RC_ASSERT(event.ok());
    const auto out = count_deadline(*event, value, ClockUnit::kDays, zone, {}, FakeZones());
    RC_ASSERT(out.ok());
    RC_ASSERT(out->last_day.days() - day_at(zone, start).days() == days(value));
    // One hour either way where the clock changed.
    const auto length = out->ends.utc() - start;
    RC_ASSERT(length >= hours(24) * value - hours(1));
    RC_ASSERT(length <= hours(24) * (value + 1) + hours(1));
    RC_ASSERT(day_at(zone, out->ends.utc() - seconds(1)) <= out->last_day);
    for (int minute = 0; minute < 180; ++minute) {
      RC_ASSERT(day_at(zone, out->ends.utc() + minutes(minute)) > out->last_day);
    }
  });
}

TEST(StartOfDay, OfEveryDayOfAYearWithChanges) {
  for (const std::string_view zone : FakeZones::kNames) {
    for (auto day = date("2020-01-01").days(); day < date("2021-01-01").days(); day += days(1)) {
      const auto starts = start_of_day(FakeZones(), zone, day);
      ASSERT_TRUE(starts.has_value());
      EXPECT_LT(day_at(zone, *starts - seconds(1)).days(), day) << zone;
      EXPECT_GE(day_at(zone, *starts).days(), day) << zone;
    }
  }
  EXPECT_FALSE(start_of_day(FakeZones(), "Nowhere", date("2020-01-01").days()));
}

}  // namespace
}  // namespace rogatory::law
