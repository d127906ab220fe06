// SPDX-License-Identifier: EUPL-1.2

#include "law/extradition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "support/cooperation_builder.h"

namespace rogatory::law {
namespace {

using test::CooperationBuilder;
using test::date;
using test::is;
using test::no;
using test::yes;

/// AAA asks BBB. Both punish access, AAA with five years since 2010 and one year before.
class ExtraditionTest : public testing::Test {
 protected:
  ExtraditionTest() {
    law.world({"AAA", "BBB", "CCC"});
    law.terms({"act.access", "act.insult", "circ.serious", "req.list.computer", "req.national",
               "req.political"});
    law.quantity("qty.remaining_months", "months");
    law.treaty("t", InstrumentClass::kSubject, {"AAA", "BBB", "CCC"});
    BasisRule& rule = *law.basis("t:b", {"extradition"}).basis;
    rule.dual_criminality = DualCriminalityRule::kRequired;
    rule.threshold = {.law = WhoseLaw::kBoth, .op = Comparison::kGe, .months = 12};
    offence("AAA:old", is("act.access"), 11).periods = {
        {.range = test::between("2000-01-01", "2010-01-01"), .citation = test::found()}};
    offence("AAA:new", is("act.access"), 60).periods = {
        {.range = test::from("2010-01-01"), .citation = test::found()}};
    offence("AAA:insult", is("act.insult"), 60);
    offence("BBB:access", is("act.access"), 36);
    law.closure("AAA", test::any({is("act.access"), is("act.insult")}), test::from("1990-01-01"));
    law.closure("BBB", test::any({is("act.access"), is("act.insult")}), test::from("1990-01-01"));
  }

  Provision& offence(std::string_view id, Node elements, int months) {
    Provision& out = law.offence(id, std::move(elements));
    Penalty penalty;
    penalty.form = "basic";
    penalty.max_months = months;
    penalty.citation = test::found();
    out.penalties = {penalty};
    return out;
  }

  BasisRule& rule() {
    for (Provision& provision : law.book().provisions) {
      if (provision.id == "t:b") return *provision.basis;
    }
    return *law.basis("t:b2", {"extradition"}).basis;
  }

  /// Of the facts asked last: one offence named, the day of the conduct not stated.
  base::Result<ExtraditionAnswer> named_on_unknown_day(const std::string& offence) {
    return extraditable(*book, {.requesting = "AAA",
                                .requested = "BBB",
                                .on = date("2020-01-01"),
                                .warrant_date = {},
                                .facts = facts,
                                .dates = {},
                                .offences = {offence}});
  }

  const ExtraditionAnswer& ask(std::vector<Fact> stated, std::string_view day = "2015-06-01",
                               std::string_view requested = "BBB",
                               std::vector<std::string> offences = {}) {
    if (!book) book.emplace(law.link());
    facts = std::move(stated);
    auto out = extraditable(*book, {.requesting = "AAA",
                                    .requested = std::string(requested),
                                    .on = date("2020-01-01"),
                                    .warrant_date = std::nullopt,
                                    .facts = facts,
                                    .dates = {.from = date(day), .until = {}},
                                    .offences = std::move(offences)});
    EXPECT_TRUE(out.ok()) << out.error().to_string();
    answer.emplace(out.take());
    return *answer;
  }

  static std::vector<Fact> access() { return {yes("act.access"), no("act.insult")}; }
  static std::vector<Fact> insult() { return {no("act.access"), yes("act.insult")}; }
  static std::vector<Fact> with(std::vector<Fact> facts, Fact fact) {
    facts.push_back(std::move(fact));
    return facts;
  }

  CooperationBuilder law;
  std::optional<LawBook> book;
  std::vector<Fact> facts;
  std::optional<ExtraditionAnswer> answer;
};

TEST_F(ExtraditionTest, BothCriminalAndAboveTheThreshold) {
  const ExtraditionAnswer& out = ask(access());
  EXPECT_EQ(out.verdict, Verdict::kMet);
  ASSERT_EQ(out.under.size(), 1U);
  EXPECT_TRUE(out.under[0].unknown.empty());
  EXPECT_TRUE(out.under[0].reasons.empty());
  ASSERT_EQ(out.under[0].slices[0].thresholds.size(), 2U);
  EXPECT_EQ(out.under[0].confidence, Confidence::kFound);
}

TEST_F(ExtraditionTest, ThePenaltyIsThatOfTheDayOfTheConduct) {
  EXPECT_EQ(ask(access(), "2009-12-31").verdict, Verdict::kNotMet);
  EXPECT_EQ(answer->under[0].reasons,
            std::vector<std::string>{"the maximum of old (AAA) is 11 months"});
  EXPECT_TRUE(answer->under[0].fails_threshold_only);
  EXPECT_EQ(ask(access(), "2010-01-01").verdict, Verdict::kMet);
}

TEST_F(ExtraditionTest, AtLeastIncludesTheNumber) {
  rule().threshold = {.law = WhoseLaw::kRequested, .op = Comparison::kGe, .months = 36};
  EXPECT_EQ(ask(access()).verdict, Verdict::kMet);
}

TEST_F(ExtraditionTest, MoreThanIsStrict) {
  rule().threshold = {.law = WhoseLaw::kRequested, .op = Comparison::kGt, .months = 36};
  EXPECT_EQ(ask(access()).verdict, Verdict::kNotMet);
}

TEST_F(ExtraditionTest, WithoutDualCriminalityItIsNo) {
  EXPECT_EQ(ask(insult()).verdict, Verdict::kNotMet);
  EXPECT_FALSE(answer->under[0].fails_threshold_only);
  EXPECT_EQ(answer->under[0].reasons.front(), "there is no dual criminality");
}

TEST_F(ExtraditionTest, AListReplacesDualCriminalityAboveItsThreshold) {
  rule().list =
      OffenceList{.threshold = {.law = WhoseLaw::kRequesting, .op = Comparison::kGe, .months = 36},
                  .terms = {"req.list.computer"}};
  EXPECT_EQ(ask(with(insult(), yes("req.list.computer"))).verdict, Verdict::kMet);
  EXPECT_EQ(answer->under[0].slices[0].list, Verdict::kMet);
  EXPECT_EQ(answer->under[0].slices[0].dual_criminality, Verdict::kNotMet);
  EXPECT_EQ(ask(with(insult(), no("req.list.computer"))).verdict, Verdict::kNotMet);
  // Not said: the answer turns on it.
  EXPECT_EQ(ask(insult()).verdict, Verdict::kUndetermined);
}

TEST_F(ExtraditionTest, AListLooksAtThePenaltyOfTheDayOfTheConduct) {
  rule().list =
      OffenceList{.threshold = {.law = WhoseLaw::kRequesting, .op = Comparison::kGe, .months = 36},
                  .terms = {"req.list.computer"}};
  rule().threshold.reset();
  offence("AAA:speech-old", is("circ.serious"), 24).periods = {
      {.range = test::between("2000-01-01", "2015-07-01"), .citation = test::found()}};
  offence("AAA:speech-new", is("circ.serious"), 36).periods = {
      {.range = test::from("2015-07-01"), .citation = test::found()}};
  law.closure("AAA", is("circ.serious"), test::from("1990-01-01"));
  law.closure("BBB", is("circ.serious"), test::from("1990-01-01"));
  const std::vector<Fact> speech{no("act.access"), no("act.insult"), yes("circ.serious"),
                                 yes("req.list.computer")};
  // Below the list on that day, and no offence in the requested State: no.
  EXPECT_EQ(ask(speech, "2015-06-01").verdict, Verdict::kNotMet);
  EXPECT_EQ(ask(speech, "2015-07-01").verdict, Verdict::kMet);
}

TEST_F(ExtraditionTest, ALawThatIsNotEncodedIsNamed) {
  const ExtraditionAnswer& out = ask(access(), "2015-06-01", "CCC");
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  const auto& unknown = out.under[0].unknown;
  EXPECT_NE(std::ranges::find(unknown, "the law of State CCC is not encoded"), unknown.end());
}

TEST_F(ExtraditionTest, WithoutABasisItIsUndetermined) {
  law.instrument("t").parties.pop_back();
  const ExtraditionAnswer& out = ask(access(), "2015-06-01", "CCC");
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_TRUE(out.under.empty());
  ASSERT_EQ(out.unknown.size(), 1U);
  EXPECT_TRUE(out.unknown[0].starts_with("no legal basis is known"));
}

TEST_F(ExtraditionTest, AMandatoryGroundTurnsTheAnswerAndAnOpenOneIsListed) {
  Provision& ground = law.ground("BBB:g", {"extradition"}, "nationality", GroundEffect::kMandatory,
                                 is("req.national"));
  ground.ground->instead = "own prosecution";
  EXPECT_EQ(ask(access()).verdict, Verdict::kMet);
  EXPECT_EQ(answer->under[0].subject_to,
            std::vector<std::string>{"g, g (BBB); instead: own prosecution"});
  EXPECT_EQ(ask(with(access(), yes("req.national"))).verdict, Verdict::kNotMet);
  EXPECT_EQ(answer->under[0].reasons,
            std::vector<std::string>{"g, g (BBB); instead: own prosecution"});
  EXPECT_EQ(ask(with(access(), no("req.national"))).verdict, Verdict::kMet);
  EXPECT_TRUE(answer->under[0].subject_to.empty());
}

TEST_F(ExtraditionTest, AnOptionalGroundLeavesItToTheState) {
  law.ground("t:g", {"extradition"}, "political_offence", GroundEffect::kOptional,
             is("req.political"));
  EXPECT_EQ(ask(with(access(), yes("req.political"))).verdict, Verdict::kMet);
  EXPECT_EQ(answer->under[0].subject_to.size(), 1U);
}

TEST_F(ExtraditionTest, AnUnstatedAggravationLeavesTheThresholdOpen) {
  Provision& graded = offence("BBB:graded", is("act.insult"), 6);
  Penalty aggravated = graded.penalties.front();
  aggravated.max_months = 48;
  aggravated.when = {is("circ.serious")};
  graded.penalties.push_back(aggravated);
  EXPECT_EQ(ask(insult()).verdict, Verdict::kUndetermined);
  EXPECT_EQ(ask(with(insult(), yes("circ.serious"))).verdict, Verdict::kMet);
  EXPECT_EQ(ask(with(insult(), no("circ.serious"))).verdict, Verdict::kNotMet);
}

TEST_F(ExtraditionTest, NamedOffencesAloneAreLookedAt) {
  const std::vector<Fact> both{yes("act.access"), yes("act.insult")};
  EXPECT_EQ(ask(both, "2009-12-31").verdict, Verdict::kMet);
  EXPECT_EQ(ask(both, "2009-12-31", "BBB", {"AAA:old"}).verdict, Verdict::kNotMet);
  const auto out = named_on_unknown_day("BBB:access");
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, base::ErrorCode::kNotFound);
}

TEST_F(ExtraditionTest, ANamedOffenceThatWasNotLookedAtIsNoNo) {
  // Encoded from 2010 on: what the law said before is not known here.
  EXPECT_EQ(ask(access(), "2009-12-31", "BBB", {"AAA:new"}).verdict, Verdict::kUndetermined);
  EXPECT_EQ(answer->under[0].slices[0].dual_criminality, Verdict::kUndetermined);
  const auto on_unknown_day = named_on_unknown_day("AAA:new");
  ASSERT_TRUE(on_unknown_day.ok());
  EXPECT_EQ(on_unknown_day->verdict, Verdict::kUndetermined);
}

TEST_F(ExtraditionTest, ANamedOffenceThatWasSuspendedIsANo) {
  Provision& off = offence("AAA:off", is("act.access"), 60);
  off.periods = {{.range = test::from("2000-01-01"),
                  .state = PeriodState::kSuspended,
                  .citation = test::found()}};
  EXPECT_EQ(ask(access(), "2009-12-31", "BBB", {"AAA:off"}).verdict, Verdict::kNotMet);
}

TEST_F(ExtraditionTest, ANoOfNamedOffencesIsAsSureAsTheyAre) {
  offence("AAA:sure", test::sure(is("act.insult"), Confidence::kFound), 60);
  offence("AAA:unsure", test::sure(is("act.insult"), Confidence::kRecalled), 60);
  const Party& party = law.book().instruments.front().parties.front();
  ASSERT_EQ(party.citation.confidence, Confidence::kFound);
  EXPECT_EQ(ask(access(), "2015-06-01", "BBB", {"AAA:sure"}).verdict, Verdict::kNotMet);
  EXPECT_EQ(answer->under[0].confidence, Confidence::kFound);
  EXPECT_EQ(ask(access(), "2015-06-01", "BBB", {"AAA:unsure"}).verdict, Verdict::kNotMet);
  EXPECT_EQ(answer->under[0].confidence, Confidence::kRecalled);
}

TEST_F(ExtraditionTest, ARefusalIsAsSureAsItsGround) {
  law.ground("t:political", {"extradition"}, "political_offence", GroundEffect::kMandatory,
             is("req.political"))
      .citation.confidence = Confidence::kRecalled;
  EXPECT_EQ(ask(with(access(), no("req.political"))).verdict, Verdict::kMet);
  const Confidence without = answer->under[0].confidence;
  EXPECT_EQ(without, Confidence::kFound);
  EXPECT_EQ(ask(with(access(), yes("req.political"))).verdict, Verdict::kNotMet);
  EXPECT_EQ(answer->under[0].confidence, Confidence::kRecalled);
}

TEST_F(ExtraditionTest, WhatIsNoOffenceCannotBeNamedAsOne) {
  law.offence("AAA:words", is("act.access")).kind = ProvisionKind::kGeneral;
  ask(access());
  const auto out = named_on_unknown_day("AAA:words");
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, base::ErrorCode::kInvalidArgument);
}

TEST_F(ExtraditionTest, TheRestOfASentenceIsMeasured) {
  rule().threshold.reset();
  rule().remaining = {.law = WhoseLaw::kRequesting, .op = Comparison::kGe, .months = 4};
  EXPECT_EQ(ask(access()).verdict, Verdict::kMet);
  EXPECT_EQ(answer->under[0].notes.size(), 1U);
  EXPECT_EQ(ask(with(access(), test::amount("qty.remaining_months", 3))).verdict, Verdict::kNotMet);
  EXPECT_EQ(ask(with(access(), test::amount("qty.remaining_months", 4))).verdict, Verdict::kMet);
}

TEST_F(ExtraditionTest, WhereThresholdAndSentenceDisagreeItIsSaid) {
  rule().remaining = {.law = WhoseLaw::kRequesting, .op = Comparison::kGe, .months = 4};
  EXPECT_EQ(ask(with(access(), test::amount("qty.remaining_months", 3))).verdict,
            Verdict::kUndetermined);
}

TEST_F(ExtraditionTest, OffencesOfTheConventionBoundItsReach) {
  rule().offences = BasisOffences::kConvention;
  law.offence("t:art-2", is("act.access"));
  EXPECT_EQ(ask(access()).verdict, Verdict::kMet);
  EXPECT_EQ(ask(insult()).verdict, Verdict::kUndetermined);
  EXPECT_EQ(answer->bases.not_available.size(), 1U);
}

}  // namespace
}  // namespace rogatory::law
