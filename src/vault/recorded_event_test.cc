// SPDX-License-Identifier: EUPL-1.2
#include "vault/recorded_event.h"

#include <gtest/gtest.h>

#include "support/sample_evidence.h"

namespace rogatory::vault {
namespace {

TEST(RecordedEvent, EachKindComesBackWithItsOpenings) {
  for (const Fact& fact : sample_facts()) {
    const Event event{.fact = fact, .act = sample_act()};
    const auto written = write_event(event);
    ASSERT_TRUE(written.ok()) << written.error().to_string();
    const auto read = read_event(written->leaf, written->closed);
    ASSERT_TRUE(read.ok()) << kind_of(fact) << ": " << read.error().to_string();
    EXPECT_EQ(*read->event, event);
    EXPECT_EQ(read->openings.size(), closed_members(event).size());
  }
}

TEST(RecordedEvent, ALeafTellsNothingThatIsClosed) {
  for (const Fact& fact : sample_facts()) {
    const auto written = write_event({.fact = fact, .act = sample_act()});
    for (const std::string_view word : {"officer A7", "custodian", "warrant", "disk.E01", "Manila",
                                        "case 7", "court", "defence", "laboratory"}) {
      EXPECT_EQ(written->leaf.find(word), std::string::npos) << kind_of(fact) << ": " << word;
    }
  }
}

TEST(RecordedEvent, EqualEventsHaveUnlikeLeaves) {
  const Event event{.fact = EraseApproval{}, .act = sample_act()};
  EXPECT_NE(write_event(event)->leaf, write_event(event)->leaf);
}

TEST(RecordedEvent, AnotherValueIsNotWhatWasCommittedTo) {
  const auto written = write_event({.fact = Hold{HoldId("h1")}, .act = sample_act()});
  std::string changed = written->closed;
  const auto at = changed.find("officer A7");
  ASSERT_NE(at, std::string::npos);
  changed.replace(at, 10, "officer B8");
  const auto read = read_event(written->leaf, changed);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, base::ErrorCode::kLint);
}

TEST(RecordedEvent, KindAndTimeOutliveTheRest) {
  const auto written = write_event({.fact = Hold{HoldId("h1")}, .act = sample_act()});
  const auto read = read_event(written->leaf, std::nullopt);
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(read->event);
  EXPECT_EQ(read->kind, "hold");
  EXPECT_EQ(read->at, "2026-11-24T00:00:00Z");
}

}  // namespace
}  // namespace rogatory::vault
