// SPDX-License-Identifier: EUPL-1.2

#include "law/treaty_status.h"

#include <gtest/gtest.h>

#include "support/cooperation_builder.h"

namespace rogatory::law {
namespace {

using test::CooperationBuilder;
using test::date;

class TreatyStatusTest : public testing::Test {
 protected:
  TreatyStatusTest() {
    law.world({"AAA", "BBB", "CCC"});
    law.territory("TTT", "AAA");
    law.treaty("t", InstrumentClass::kSubject, {"AAA"});
  }

  Instrument& treaty() { return law.instrument("t"); }

  TreatyStatus ask(std::string_view state, std::string_view day) {
    auto side = find_side(law.book(), state);
    EXPECT_TRUE(side.ok()) << side.error().to_string();
    asked = side.take();
    return treaty_status(treaty(), asked, date(day));
  }

  std::string words(std::string_view state, std::string_view day) {
    const TreatyStatus status = ask(state, day);
    return status_words(treaty(), asked, status);
  }

  CooperationBuilder law;
  Side asked;
};

TEST_F(TreatyStatusTest, APartyIsBoundFromItsDayUpToTheDayItLeaves) {
  Party& party = law.party("t", "BBB");
  party.from = date("2005-03-01");
  party.until = date("2010-03-01");
  EXPECT_EQ(ask("BBB", "2005-02-28").reason, BoundReason::kNotYet);
  EXPECT_EQ(ask("BBB", "2005-03-01").bound, Bound::kBound);
  EXPECT_EQ(ask("BBB", "2010-02-28").bound, Bound::kBound);
  EXPECT_EQ(ask("BBB", "2010-03-01").bound, Bound::kNotBound);
  EXPECT_EQ(words("BBB", "2010-03-01"), "State BBB is no longer bound since 2010-03-01");
}

TEST_F(TreatyStatusTest, AStateThatCameBackIsBoundAgain) {
  law.party("t", "BBB").until = date("2005-01-01");
  law.party("t", "BBB").from = date("2008-01-01");
  EXPECT_EQ(ask("BBB", "2004-01-01").bound, Bound::kBound);
  EXPECT_EQ(ask("BBB", "2006-01-01").bound, Bound::kNotBound);
  EXPECT_EQ(ask("BBB", "2008-01-01").bound, Bound::kBound);
}

TEST_F(TreatyStatusTest, AbsenceFromACompleteListIsANo) {
  const TreatyStatus on_day = ask("BBB", "2020-01-01");
  EXPECT_EQ(on_day.bound, Bound::kNotBound);
  EXPECT_EQ(on_day.reason, BoundReason::kNotListed);
  EXPECT_EQ(on_day.confidence, Confidence::kFound);
  EXPECT_FALSE(on_day.is_after_list);
  const TreatyStatus later = ask("BBB", "2024-01-01");
  EXPECT_EQ(later.bound, Bound::kNotBound);
  EXPECT_EQ(later.confidence, Confidence::kDerived);
  EXPECT_TRUE(later.is_after_list);
}

TEST_F(TreatyStatusTest, ANoIsNoSurerThanTheList) {
  law.party("t", "CCC").citation.confidence = Confidence::kRecalled;
  EXPECT_EQ(ask("BBB", "2020-01-01").confidence, Confidence::kRecalled);
}

TEST_F(TreatyStatusTest, AbsenceFromAnIncompleteListIsUnknown) {
  treaty().are_parties_complete = false;
  EXPECT_EQ(ask("BBB", "2020-01-01").bound, Bound::kUnknown);
  EXPECT_EQ(ask("BBB", "2020-01-01").reason, BoundReason::kListIncomplete);
  EXPECT_EQ(ask("AAA", "2020-01-01").bound, Bound::kBound);
}

TEST_F(TreatyStatusTest, ASignatureDoesNotBind) {
  treaty().signatories.push_back(
      {.state = "BBB", .on = date("2003-01-01"), .citation = test::found()});
  EXPECT_EQ(ask("BBB", "2020-01-01").reason, BoundReason::kSignedOnly);
  EXPECT_EQ(words("BBB", "2020-01-01"), "State BBB signed on 2003-01-01 and is not bound");
  // It had not signed yet.
  EXPECT_EQ(ask("BBB", "2002-12-31").reason, BoundReason::kNotListed);
  treaty().are_parties_complete = false;
  const TreatyStatus open = ask("BBB", "2020-01-01");
  EXPECT_EQ(open.bound, Bound::kUnknown);
  ASSERT_NE(open.signatory, nullptr);
}

TEST_F(TreatyStatusTest, WithoutADayItIsKnownFromTheDayOfTheList) {
  law.party("t", "BBB").from.reset();
  EXPECT_EQ(ask("BBB", "2020-01-01").bound, Bound::kBound);
  EXPECT_EQ(ask("BBB", "2023-01-01").bound, Bound::kBound);
  EXPECT_EQ(ask("BBB", "2019-12-31").bound, Bound::kUnknown);
  EXPECT_EQ(ask("BBB", "2019-12-31").reason, BoundReason::kSinceUnknown);
  EXPECT_EQ(ask("BBB", "1999-12-31").bound, Bound::kNotBound);
}

TEST_F(TreatyStatusTest, WhatIsNotInForceBindsNobody) {
  EXPECT_EQ(ask("AAA", "1999-12-31").reason, BoundReason::kNotInForce);
  treaty().in_force_from.reset();
  treaty().status = InstrumentStatus::kAdopted;
  treaty().status_as_of = "2015-01-01";
  EXPECT_EQ(ask("AAA", "2010-01-01").bound, Bound::kNotBound);
  EXPECT_FALSE(ask("AAA", "2010-01-01").is_after_list);
  EXPECT_TRUE(ask("AAA", "2016-01-01").is_after_list);
  treaty().status = InstrumentStatus::kDraft;
  EXPECT_EQ(ask("AAA", "2016-01-01").reason, BoundReason::kDraft);
}

TEST_F(TreatyStatusTest, ATerritoryIsUnknownUntilExtended) {
  EXPECT_EQ(ask("TTT", "2020-01-01").bound, Bound::kUnknown);
  EXPECT_EQ(ask("TTT", "2020-01-01").reason, BoundReason::kExtensionUnknown);
  treaty().extensions.push_back(
      {.territory = "TTT", .of = "AAA", .from = date("2012-01-01"), .citation = test::found()});
  EXPECT_EQ(ask("TTT", "2012-01-01").bound, Bound::kBound);
  EXPECT_EQ(ask("TTT", "2011-12-31").bound, Bound::kNotBound);
  EXPECT_EQ(words("TTT", "2012-01-01"), "extended to Territory TTT since 2012-01-01");
}

TEST_F(TreatyStatusTest, ATerritoryMayBeAPartyItself) {
  law.party("t", "TTT");
  EXPECT_EQ(ask("TTT", "2020-01-01").reason, BoundReason::kParty);
}

TEST_F(TreatyStatusTest, FindsSidesByCodeAndName) {
  EXPECT_EQ(find_side(law.book(), "aaa")->iso3, "AAA");
  EXPECT_EQ(find_side(law.book(), "BB")->iso3, "BBB");
  EXPECT_EQ(find_side(law.book(), "state ccc")->iso3, "CCC");
  EXPECT_TRUE(find_side(law.book(), "ttt")->is_territory());
  const auto unknown = find_side(law.book(), "AAX");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, base::ErrorCode::kNotFound);
  EXPECT_NE(unknown.error().message.find("near to it are AAA (State AAA)"), std::string::npos)
      << unknown.error().message;
}

}  // namespace
}  // namespace rogatory::law
