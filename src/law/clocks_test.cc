// SPDX-License-Identifier: EUPL-1.2

#include "law/clocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "support/cooperation_builder.h"
#include "support/fake_zones.h"

namespace rogatory::law {
namespace {

using test::CooperationBuilder;
using test::date;
using test::FakeZones;
using test::is;
using test::no;

base::Instant at(std::string_view text) {
  return base::Instant::parse(text).value();
}

/// AAA asks BBB to preserve data; BBB's contact point sits in the zone `Summer`, that of AAA in
/// `Fixed`.
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
    law.book().world.authorities.push_back({.state = "AAA",
                                            .role = "central_authority",
                                            .for_kinds = {"preservation"},
                                            .name = "Office",
                                            .zone = "Fixed",
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
  // 31 May 2020 is a Sunday.
  EXPECT_EQ(out.clocks[0].deadline->free_day, "");
  EXPECT_EQ(out.clocks[0].extended->free_day, "Sunday");
  EXPECT_EQ(out.clocks[0].notes.size(), 1U);
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

TEST_F(ClocksTest, AfterSurrenderDaysAreThoseOfTheStateThatAsked) {
  for (const char* on : {"2020-03-03", "03-04"}) {
    law.book().world.holidays.push_back(
        {.state = "AAA", .on = on, .name = "of AAA", .citation = test::found()});
  }
  clock("t:leave", ClockStart::kDischarge, 2, ClockUnit::kDays);
  clock("BBB:leave", ClockStart::kRelease, 1, ClockUnit::kWorkingDays);
  // 20:00 UTC on 1 March is 2 March in AAA and still 1 March in BBB.
  const ClocksAnswer& out =
      ask({{.start = ClockStart::kDischarge, .at = at("2020-03-01T20:00:00Z")},
           {.start = ClockStart::kRelease, .at = at("2020-03-01T20:00:00Z")}});
  ASSERT_EQ(out.clocks.size(), 2U);
  EXPECT_EQ(out.zone, "Summer");
  EXPECT_EQ(out.requesting_zone, "Fixed");
  EXPECT_EQ(out.requesting_authority->name, "Office");
  for (const ClockAnswer& one : out.clocks) {
    EXPECT_EQ(one.counted_in, WhoseLaw::kRequesting);
    EXPECT_EQ(one.zone, "Fixed");
  }
  EXPECT_EQ(out.clocks[0].deadline->ends.to_string(), "2020-03-05T00:00:00+09:00");
  EXPECT_EQ(out.clocks[0].deadline->free_day, "holiday (of AAA)");
  EXPECT_EQ(out.clocks[1].deadline->last_day.to_string(), "2020-03-05");
  EXPECT_EQ(out.clocks[1].deadline->holidays_skipped, 2);
}

TEST_F(ClocksTest, TheRequestingStatesLawCountsForItsOwnPart) {
  clock("AAA:as-asked", ClockStart::kRequestSent, 1, ClockUnit::kDays);
  clock("AAA:as-asking", ClockStart::kRequestSent, 3, ClockUnit::kDays).clock->side =
      WhoseLaw::kRequesting;
  clock("AAA:either", ClockStart::kRequestSent, 4, ClockUnit::kDays).clock->side = WhoseLaw::kBoth;
  clock("BBB:as-asking", ClockStart::kRequestSent, 5, ClockUnit::kDays).clock->side =
      WhoseLaw::kRequesting;
  const ClocksAnswer& out =
      ask({{.start = ClockStart::kRequestSent, .at = at("2020-03-01T20:00:00Z")}});
  ASSERT_EQ(out.clocks.size(), 2U);
  EXPECT_EQ(book->provisions[out.clocks[0].provision].id, "AAA:as-asking");
  EXPECT_EQ(book->provisions[out.clocks[1].provision].id, "AAA:either");
  EXPECT_EQ(out.clocks[0].counted_in, WhoseLaw::kRequesting);
  EXPECT_EQ(out.clocks[0].deadline->ends.to_string(), "2020-03-06T00:00:00+09:00");
}

TEST_F(ClocksTest, WhatHappensOnAFreeDayIsSaidAndNothingMovesByItself) {
  clock("t:silent", ClockStart::kRequestReceived, 1, ClockUnit::kDays);
  clock("t:stays", ClockStart::kConsent, 1, ClockUnit::kDays).clock->free_day =
      FreeDayRule{.end = FreeDayEnd::kStays, .citation = test::found()};
  clock("t:moves", ClockStart::kDecision, 1, ClockUnit::kDays).clock->free_day =
      FreeDayRule{.end = FreeDayEnd::kNextWorkingDay, .citation = test::found()};
  // 2020-05-29 is a Friday.
  const auto friday = at("2020-05-29T12:00:00Z");
  const ClocksAnswer& out = ask({{.start = ClockStart::kRequestReceived, .at = friday},
                                 {.start = ClockStart::kConsent, .at = friday},
                                 {.start = ClockStart::kDecision, .at = friday}});
  ASSERT_EQ(out.clocks.size(), 3U);
  for (const ClockAnswer& one : out.clocks) {
    EXPECT_EQ(one.deadline->last_day.to_string(), "2020-05-30");
    EXPECT_EQ(one.deadline->free_day, "Saturday");
    ASSERT_EQ(one.notes.size(), 1U);
  }
  EXPECT_NE(out.clocks[0].notes[0].find("is not encoded: it was not moved"), std::string::npos);
  EXPECT_FALSE(out.clocks[0].deadline->moved);
  EXPECT_NE(out.clocks[1].notes[0].find("all the same"), std::string::npos);
  EXPECT_FALSE(out.clocks[1].deadline->moved);
  EXPECT_NE(out.clocks[2].notes[0].find("ends with 2020-06-01"), std::string::npos);
  EXPECT_EQ(out.clocks[2].deadline->moved->ends.to_string(), "2020-06-02T00:00:00+02:00");
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
