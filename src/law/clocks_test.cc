// SPDX-License-Identifier: EUPL-1.2

#include "law/clocks.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <optional>

#include "support/cooperation_builder.h"

namespace rogatory::law {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using test::CooperationBuilder;
using test::date;
using test::is;
using test::no;

base::Instant at(std::string_view text) {
  return base::Instant::parse(text).value();
}

/// Three invented zones: one that never changes, one an hour ahead from 2020-03-29 01:00 UTC until
/// 2020-10-25 01:00 UTC, and one that jumps over midnight on 2020-03-08 and repeats it on
/// 2020-11-01.
class FakeZones final : public ZoneRules {
 public:
  std::optional<seconds> offset_at(std::string_view zone, sys_seconds when) const override {
    if (zone == "Fixed") return hours(9);
    if (zone == "Summer") {
      const bool is_summer = when >= sys_days(date("2020-03-29").days()) + hours(1) &&
                             when < sys_days(date("2020-10-25").days()) + hours(1);
      return is_summer ? hours(2) : hours(1);
    }
    if (zone == "Midnight") {
      // At 00:00 local (04:00 UTC) the clock goes to 01:00; at 01:00 local (04:00 UTC) back to
      // 00:00.
      const bool is_summer = when >= sys_days(date("2020-03-08").days()) + hours(4) &&
                             when < sys_days(date("2020-11-01").days()) + hours(4);
      return is_summer ? -hours(3) : -hours(4);
    }
    return std::nullopt;
  }
};

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

TEST(Deadline, WhereMidnightIsMissingOrDouble) {
  EXPECT_EQ(ends("2020-03-06T12:00:00-04:00", 1, ClockUnit::kDays, "Midnight"),
            "2020-03-08T01:00:00-03:00");
  EXPECT_EQ(ends("2020-10-30T12:00:00-03:00", 1, ClockUnit::kDays, "Midnight"),
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

TEST(Deadline, LastsAtLeastItsDaysAndLessThanOneMore) {
  rc::check([] {
    const auto zone = *rc::gen::element<std::string>("Fixed", "Summer", "Midnight");
    const sys_seconds start =
        sys_seconds(date("2020-01-01").days()) + minutes(*rc::gen::inRange(0, 366 * 24 * 60));
    const int value = *rc::gen::inRange(1, 200);
    const auto event = base::Instant::make(start, seconds(0));
    RC_ASSERT(event.ok());
    const FakeZones zones;
    const auto out = count_deadline(*event, value, ClockUnit::kDays, zone, {}, zones);
    RC_ASSERT(out.ok());
    const auto length = out->ends.utc() - start;
    // One hour either way where the clock changed.
    RC_ASSERT(length >= hours(24) * value - hours(1));
    RC_ASSERT(length <= hours(24) * (value + 1) + hours(1));
    // It ends where the next day begins: a second before it is the last day.
    const auto before = base::Instant::make(out->ends.utc() - seconds(1),
                                            *zones.offset_at(zone, out->ends.utc() - seconds(1)));
    RC_ASSERT(before.ok());
    RC_ASSERT(before->local_date() == out->last_day);
    RC_ASSERT(out->ends.local_date() > out->last_day);
  });
}

/// AAA asks BBB to preserve data; BBB's contact point sits in the zone `Summer`.
class ClocksTest : public testing::Test {
 protected:
  ClocksTest() {
    law.world({"AAA", "BBB"});
    law.terms({"req.emergency"});
    law.treaty("t", InstrumentClass::kSubject, {"AAA", "BBB"});
    law.book().world.authorities.push_back({.state = "BBB",
                                            .role = "central_authority",
                                            .for_kinds = {"preservation"},
                                            .name = "Ministry",
                                            .zone = "Summer",
                                            .citation = test::found()});
  }

  Provision& clock(std::string_view id, ClockStart start, int value, ClockUnit unit) {
    return law.clock(id, {"preservation"}, start, value, unit);
  }

  const ClocksAnswer& ask(std::vector<Event> events, std::vector<Fact> stated = {}) {
    if (!book) book.emplace(law.link());
    facts = std::move(stated);
    auto bases = find_bases(*book, {.requesting = "AAA",
                                    .requested = "BBB",
                                    .kind = "preservation",
                                    .on = date("2020-01-01"),
                                    .facts = facts});
    EXPECT_TRUE(bases.ok());
    auto valuation = Valuation::make(*book, facts);
    EXPECT_TRUE(valuation.ok());
    auto out = find_clocks(*valuation, *bases, events, FakeZones());
    EXPECT_TRUE(out.ok()) << out.error().to_string();
    answer.emplace(out.take());
    return *answer;
  }

  static Event executed(std::string_view when) {
    return {.start = ClockStart::kPreservationExecuted, .at = at(when)};
  }

  CooperationBuilder law;
  std::optional<LawBook> book;
  std::vector<Fact> facts;
  std::optional<ClocksAnswer> answer;
};

TEST_F(ClocksTest, CountsInTheZoneOfTheAuthority) {
  Provision& k = clock("t:k60", ClockStart::kPreservationExecuted, 60, ClockUnit::kDays);
  k.clock->extend = {.value = 30, .unit = ClockUnit::kDays, .citation = test::found()};
  const ClocksAnswer& out = ask({executed("2020-03-01T23:30:00Z")});
  ASSERT_EQ(out.clocks.size(), 1U);
  EXPECT_EQ(out.zone, "Summer");
  // 23:30 UTC is the day after there: 2 March and sixty days.
  EXPECT_EQ(out.clocks[0].deadline->last_day.to_string(), "2020-05-01");
  EXPECT_EQ(out.clocks[0].deadline->ends.to_string(), "2020-05-02T00:00:00+02:00");
  EXPECT_EQ(out.clocks[0].extended->last_day.to_string(), "2020-05-31");
  EXPECT_TRUE(out.clocks[0].notes.empty());
}

TEST_F(ClocksTest, TheEarliestEndComesFirstAndThoseWithoutEventLast) {
  clock("t:later", ClockStart::kPreservationExecuted, 90, ClockUnit::kDays);
  clock("t:none", ClockStart::kRequestReceived, 1, ClockUnit::kDays);
  clock("BBB:first", ClockStart::kPreservationExecuted, 48, ClockUnit::kHours);
  const ClocksAnswer& out = ask({executed("2020-03-01T12:00:00Z")});
  ASSERT_EQ(out.clocks.size(), 3U);
  EXPECT_EQ(book->provisions[out.clocks[0].provision].id, "BBB:first");
  EXPECT_EQ(book->provisions[out.clocks[1].provision].id, "t:later");
  EXPECT_FALSE(out.clocks[2].deadline.has_value());
}

TEST_F(ClocksTest, OnlyWhatBindsBothAndTheRequestedStateCounts) {
  law.treaty("u", InstrumentClass::kUniversal, {"AAA"});
  clock("u:k", ClockStart::kPreservationExecuted, 60, ClockUnit::kDays);
  law.treaty("v", InstrumentClass::kUniversal, {"AAA"}).are_parties_complete = false;
  clock("v:k", ClockStart::kPreservationExecuted, 60, ClockUnit::kDays);
  clock("AAA:k", ClockStart::kPreservationExecuted, 60, ClockUnit::kDays);
  const ClocksAnswer& out = ask({executed("2020-03-01T12:00:00Z")});
  EXPECT_TRUE(out.clocks.empty());
  ASSERT_EQ(out.not_examined.size(), 1U);
  EXPECT_TRUE(out.not_examined.front().starts_with("v: whether State BBB is bound is unknown"));
  EXPECT_EQ(out.unused, std::vector<std::string>{"preservation_executed"});
}

TEST_F(ClocksTest, ElementsSayWhenAClockRuns) {
  clock("t:k", ClockStart::kRequestReceived, 24, ClockUnit::kHours).elements = {
      is("req.emergency")};
  EXPECT_EQ(ask({}).clocks.at(0).applies, Truth::kUnknown);
  EXPECT_EQ(answer->clocks.at(0).open.size(), 1U);
  EXPECT_TRUE(ask({}, {no("req.emergency")}).clocks.empty());
}

TEST_F(ClocksTest, WorkingDaysSayWhatIsNotEncoded) {
  clock("t:k", ClockStart::kPreservationExecuted, 2, ClockUnit::kWorkingDays);
  EXPECT_EQ(ask({executed("2020-05-29T12:00:00Z")}).clocks[0].notes.size(), 2U);
}

}  // namespace
}  // namespace rogatory::law
