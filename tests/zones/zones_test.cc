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

}  // namespace
}  // namespace rogatory
