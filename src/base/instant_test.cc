// SPDX-License-Identifier: EUPL-1.2

#include "base/instant.h"

#include <gtest/gtest.h>

namespace rogatory::base {
namespace {

TEST(Instant, ReadsAndWritesRfc3339) {
  for (const char* text : {"2026-11-24T16:30:00Z", "2026-11-24T16:30:00+01:00",
                           "2026-01-01T00:15:59-09:30", "0001-01-01T00:00:00Z"}) {
    const auto instant = Instant::parse(text);
    ASSERT_TRUE(instant.ok()) << text;
    EXPECT_EQ(instant->to_string(), text);
  }
}

TEST(Instant, KnowsTheDayWhereItWasWritten) {
  const auto instant = Instant::parse("2026-01-01T00:15:00+02:00");
  ASSERT_TRUE(instant.ok());
  EXPECT_EQ(instant->local_date().to_string(), "2026-01-01");
  const auto in_utc = Instant::make(instant->utc(), std::chrono::seconds(0));
  ASSERT_TRUE(in_utc.ok());
  EXPECT_EQ(in_utc->to_string(), "2025-12-31T22:15:00Z");
}

TEST(Instant, RefusesWhatIsNoMoment) {
  for (const char* text :
       {"", "2026-11-24", "2026-11-24T16:30:00", "2026-11-24 16:30:00Z", "2026-11-24T16:30Z",
        "2026-11-24T24:00:00Z", "2026-11-24T16:60:00Z", "2026-11-24T16:30:60Z",
        "2026-02-30T16:30:00Z", "2026-11-24T16:30:00.5Z", "2026-11-24T16:30:00+1:00",
        "2026-11-24T16:30:00+24:00", "2026-11-24T16:30:00z", "2026-11-24T1a:30:00Z"}) {
    const auto instant = Instant::parse(text);
    ASSERT_FALSE(instant.ok()) << text;
    EXPECT_EQ(instant.error().code, ErrorCode::kParse);
  }
}

TEST(Instant, RefusesWhatNoCalendarHolds) {
  EXPECT_FALSE(Instant::make(Date::latest().days(), std::chrono::days(1)).ok());
  EXPECT_FALSE(
      Instant::make(Date::latest().days() + std::chrono::hours(23), std::chrono::hours(2)).ok());
}

}  // namespace
}  // namespace rogatory::base
