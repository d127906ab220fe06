// SPDX-License-Identifier: EUPL-1.2
//
// The port law/zone_rules.h, as the program implements it. Offsets and days of change below are
// those of the IANA database.

#include <gtest/gtest.h>

#include "base/instant.h"
#include "law/clocks.h"
#include "rogatory/icu_zones.h"

namespace rogatory {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::optional<seconds> offset(std::string_view zone, std::string_view at) {
  return app::IcuZones().offset_at(zone, base::Instant::parse(at).value().utc());
}

std::string day_end(std::string_view zone, std::string_view start, int days) {
  const auto out = law::count_deadline(base::Instant::parse(start).value(), days,
                                       law::ClockUnit::kDays, zone, {}, app::IcuZones());
  EXPECT_TRUE(out.ok());
  return out->ends.to_string();
}

TEST(Zones, OffsetsFollowTheSeasons) {
  EXPECT_EQ(offset("Europe/Paris", "2026-01-15T12:00:00Z"), hours(1));
  EXPECT_EQ(offset("Europe/Paris", "2026-07-15T12:00:00Z"), hours(2));
  EXPECT_EQ(offset("America/New_York", "2026-07-15T12:00:00Z"), -hours(4));
  EXPECT_EQ(offset("Asia/Kolkata", "2026-07-15T12:00:00Z"), hours(5) + minutes(30));
  EXPECT_EQ(offset("Asia/Manila", "2026-07-15T12:00:00Z"), hours(8));
}

TEST(Zones, AnUnknownZoneIsNothing) {
  EXPECT_FALSE(offset("Europe/Nowhere", "2026-01-15T12:00:00Z"));
  EXPECT_FALSE(offset("", "2026-01-15T12:00:00Z"));
}

TEST(Zones, TheChangeIsSharp) {
  // Last Sunday of March 2026, 01:00 UTC.
  EXPECT_EQ(offset("Europe/Paris", "2026-03-29T00:59:59Z"), hours(1));
  EXPECT_EQ(offset("Europe/Paris", "2026-03-29T01:00:00Z"), hours(2));
}

TEST(Zones, DaysEndAtMidnightOfTheAuthority) {
  EXPECT_EQ(day_end("Europe/Paris", "2026-03-28T12:00:00Z", 1), "2026-03-30T00:00:00+02:00");
  EXPECT_EQ(day_end("Asia/Manila", "2026-05-01T18:00:00Z", 60), "2026-07-02T00:00:00+08:00");
}

TEST(Zones, WhereClocksSkippedMidnightTheDayBeginsLater) {
  // Sao Paulo went from 00:00 to 01:00 on 4 November 2018.
  EXPECT_EQ(day_end("America/Sao_Paulo", "2018-11-02T12:00:00-03:00", 1),
            "2018-11-04T01:00:00-02:00");
}

TEST(Zones, WhereClocksRepeatMidnightTheDayIsOverTheFirstTime) {
  // Havana and the Azores go back from 01:00 to 00:00.
  EXPECT_EQ(day_end("America/Havana", "2025-10-31T12:00:00-04:00", 1), "2025-11-02T00:00:00-04:00");
  EXPECT_EQ(day_end("Atlantic/Azores", "2025-10-24T12:00:00Z", 1), "2025-10-26T00:00:00Z");
}

TEST(Zones, WhereClocksGoBackOverMidnightTheDayIsNotOver) {
  // St. John's went from 00:01 on 7 November 2010 back to 23:01; Beirut goes from 00:00 to 23:00.
  EXPECT_EQ(day_end("America/St_Johns", "2010-11-05T12:00:00-02:30", 1),
            "2010-11-07T00:00:00-03:30");
  EXPECT_EQ(day_end("Asia/Beirut", "2025-10-24T12:00:00+03:00", 1), "2025-10-26T00:00:00+02:00");
}

TEST(Zones, ADayThatTheCalendarLeftOutIsOverAtOnce) {
  // Samoa went from 29 to 31 December 2011.
  EXPECT_EQ(day_end("Pacific/Apia", "2011-12-28T12:00:00-10:00", 1), "2011-12-31T00:00:00+14:00");
  EXPECT_EQ(day_end("Pacific/Apia", "2011-12-29T12:00:00-10:00", 1), "2011-12-31T00:00:00+14:00");
}

base::Date local_day(std::string_view zone, std::chrono::sys_seconds at) {
  return base::Instant::make(at, *app::IcuZones().offset_at(zone, at))->local_date();
}

TEST(Zones, EveryDayBeginsWhereTheDayBeforeIsOverForGood) {
  using std::chrono::days;
  const auto first = base::Date::parse("2015-01-01")->days();
  for (const std::string_view zone :
       {"America/Havana", "America/Sao_Paulo", "America/Santiago", "America/Asuncion",
        "Atlantic/Azores", "Asia/Beirut", "Asia/Gaza", "Africa/Casablanca", "Asia/Tehran",
        "Australia/Lord_Howe", "Europe/Paris"}) {
    for (auto day = first; day < first + days(4 * 365); day += days(1)) {
      const auto starts = law::start_of_day(app::IcuZones(), zone, day);
      ASSERT_TRUE(starts.has_value());
      EXPECT_LT(local_day(zone, *starts - seconds(1)).days(), day) << zone;
      for (int later = 0; later <= 120; later += 30) {
        EXPECT_GE(local_day(zone, *starts + minutes(later)).days(), day) << zone;
      }
    }
  }
}

}  // namespace
}  // namespace rogatory
