// SPDX-License-Identifier: EUPL-1.2

#include "law/request_kinds.h"

#include <gtest/gtest.h>

#include <set>

namespace rogatory::law {
namespace {

using Names = std::vector<std::string_view>;

TEST(RequestKinds, EachIdStandsOnce) {
  std::set<std::string_view> ids;
  for (const RequestKind& kind : kRequestKinds) EXPECT_TRUE(ids.insert(kind.id).second) << kind.id;
  EXPECT_EQ(ids.size(), 26U);
}

TEST(RequestKinds, FindsAKindButNoGroup) {
  ASSERT_NE(find_request_kind("freezing"), nullptr);
  EXPECT_EQ(find_request_kind("freezing")->group, "assets");
  EXPECT_EQ(find_request_kind("surrender"), nullptr);
}

TEST(RequestKinds, ResolvesKindsAndGroups) {
  EXPECT_EQ(kinds_named("joint_team"), (Names{"joint_team"}));
  EXPECT_EQ(kinds_named("surrender"), (Names{"extradition", "provisional_arrest"}));
  EXPECT_EQ(kinds_named("all").size(), kRequestKinds.size());
  EXPECT_TRUE(kinds_named("bananas").empty());
}

TEST(RequestKinds, NamesTheGroupWhereAKindHasTheSameName) {
  EXPECT_EQ(kinds_named("preservation"),
            (Names{"preservation", "preservation_extension", "preservation_lapse"}));
}

TEST(RequestKinds, AssistanceIsWhatTreatiesCallMutualLegalAssistance) {
  EXPECT_EQ(kinds_named("assistance"),
            (Names{"traffic_disclosure", "subscriber_information", "stored_content",
                   "search_seizure", "realtime_traffic", "interception", "statement",
                   "video_hearing", "service_of_documents", "tracing", "freezing"}));
}

TEST(RequestKinds, NamesEachKindOnceInTheOrderOfTheTable) {
  const Names names = {"tracing", "joint_team", "assistance", "realtime"};
  const Names kinds = kinds_named(names);
  EXPECT_EQ(kinds.size(), 12U);
  EXPECT_EQ(kinds.front(), "traffic_disclosure");
  EXPECT_EQ(kinds.back(), "joint_team");
}

}  // namespace
}  // namespace rogatory::law
