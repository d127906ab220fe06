// SPDX-License-Identifier: EUPL-1.2

#include "law/basis.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "support/cooperation_builder.h"

namespace rogatory::law {
namespace {

using test::condition;
using test::CooperationBuilder;
using test::date;
using test::is;
using test::no;
using test::yes;

using Ids = std::vector<std::string>;

/// AAA and BBB share a subject treaty `s`; each test adds what it is about.
class BasisTest : public testing::Test {
 protected:
  BasisTest() {
    law.world({"AAA", "BBB", "CCC"});
    law.terms({"act.access", "req.transnational", "req.list.fraud"});
    law.treaty("s", InstrumentClass::kSubject, {"AAA", "BBB"});
    law.basis("s:b", {"extradition"});
  }

  const BasisAnswer& ask(std::string_view requesting, std::string_view requested,
                         std::vector<Fact> stated = {}, std::string_view day = "2020-01-01",
                         std::string_view kind = "extradition") {
    if (!book) book.emplace(law.link());
    facts = std::move(stated);
    auto out = find_bases(*book, {.requesting = std::string(requesting),
                                  .requested = std::string(requested),
                                  .kind = std::string(kind),
                                  .on = date(day),
                                  .facts = facts});
    EXPECT_TRUE(out.ok()) << out.error().to_string();
    answer.emplace(out.take());
    return *answer;
  }

  Ids provisions(const std::vector<Basis>& bases) const {
    Ids out;
    for (const Basis& basis : bases) out.push_back(book->provisions[basis.provision].id);
    return out;
  }

  CooperationBuilder law;
  std::optional<LawBook> book;
  std::vector<Fact> facts;
  std::optional<BasisAnswer> answer;
};

TEST_F(BasisTest, ATreatyThatBindsBothServes) {
  const BasisAnswer& out = ask("AAA", "BBB");
  ASSERT_EQ(provisions(out.bases), Ids{"s:b"});
  EXPECT_EQ(out.bases.front().rank, 1);
  EXPECT_EQ(out.bases.front().confidence, Confidence::kFound);
  EXPECT_TRUE(out.none_known.empty());
  EXPECT_TRUE(out.warnings.empty());
}

TEST_F(BasisTest, EveryInstrumentThatDoesNotServeHasItsReason) {
  law.treaty("signed", InstrumentClass::kRegional, {"AAA"})
      .signatories.push_back({.state = "BBB", .on = date("2001-01-01"), .citation = test::found()});
  law.basis("signed:b", {"extradition"});
  law.treaty("later", InstrumentClass::kRegional, {"AAA", "BBB"}).in_force_from =
      date("2030-01-01");
  law.basis("later:b", {"extradition"});
  law.treaty("draft", InstrumentClass::kRegional, {"AAA", "BBB"}).status = InstrumentStatus::kDraft;
  law.basis("draft:b", {"extradition"});
  law.treaty("left", InstrumentClass::kRegional, {"AAA"});
  law.party("left", "BBB").until = date("2019-01-01");
  law.basis("left:b", {"extradition"});
  law.treaty("open", InstrumentClass::kRegional, {"AAA"}).are_parties_complete = false;
  law.basis("open:b", {"extradition"});
  law.treaty("other-kind", InstrumentClass::kRegional, {"AAA"});
  law.basis("other-kind:b", {"interception"});
  const BasisAnswer& out = ask("AAA", "BBB");
  std::map<std::string, std::pair<NotAvailableCode, std::string>> reasons;
  for (const NotAvailable& n : out.not_available) {
    reasons[n.instrument->id] = {n.code, n.reason};
  }
  ASSERT_EQ(reasons.size(), 5U);
  EXPECT_EQ(reasons["signed"].second, "State BBB signed on 2001-01-01 and is not bound");
  EXPECT_EQ(reasons["later"].second, "in force only from 2030-01-01");
  EXPECT_EQ(reasons["draft"].second, "a draft, which binds nobody");
  EXPECT_EQ(reasons["left"].second, "State BBB is no longer bound since 2019-01-01");
  EXPECT_EQ(reasons["open"].first, NotAvailableCode::kStatusUnknown);
}

TEST_F(BasisTest, ClassesAreRankedAndOlderAgreementsGoFirst) {
  law.treaty("universal", InstrumentClass::kUniversal, {"AAA", "BBB"});
  law.basis("universal:b", {"extradition"});
  law.treaty("newer", InstrumentClass::kSubject, {"AAA", "BBB"}).in_force_from = date("2010-01-01");
  law.basis("newer:general", {"extradition", "statement"});
  law.basis("newer:special", {"extradition"});
  law.treaty("region", InstrumentClass::kRegional, {"AAA", "BBB"});
  law.basis("region:b", {"extradition"});
  EXPECT_EQ(provisions(ask("AAA", "BBB").bases),
            (Ids{"region:b", "s:b", "newer:special", "newer:general", "universal:b"}));
}

TEST_F(BasisTest, ABasisYieldsToTheClassItNames) {
  law.treaty("region", InstrumentClass::kRegional, {"AAA", "BBB"});
  law.basis("region:b", {"extradition"}).basis->yields_to = {InstrumentClass::kSubject};
  const BasisAnswer& out = ask("AAA", "BBB");
  EXPECT_EQ(provisions(out.bases), (Ids{"s:b", "region:b"}));
  EXPECT_EQ(out.bases.back().yields_to, Ids{"s"});
  EXPECT_EQ(out.bases.back().rank, 2);
}

TEST_F(BasisTest, NobodyYieldsToWhatDoesNotServe) {
  law.treaty("region", InstrumentClass::kRegional, {"AAA", "BBB"});
  law.basis("region:b", {"extradition"}).basis->yields_to = {InstrumentClass::kBilateral};
  const BasisAnswer& out = ask("AAA", "BBB");
  EXPECT_EQ(provisions(out.bases), (Ids{"region:b", "s:b"}));
  EXPECT_TRUE(out.bases.front().yields_to.empty());
}

TEST_F(BasisTest, WithoutAnEncodedBilateralTreatyTheRankingIsProvisional) {
  law.treaty("union", InstrumentClass::kMutualRecognition, {"AAA", "BBB"});
  law.basis("union:b", {"extradition"});
  const BasisAnswer& out = ask("AAA", "BBB");
  EXPECT_EQ(out.bilateral, Bilateral::kNotEncoded);
  EXPECT_TRUE(out.is_ranking_provisional());
  // What goes before any bilateral treaty stays first whatever is encoded later.
  EXPECT_FALSE(out.bases[0].is_provisional());
  EXPECT_TRUE(out.bases[1].is_provisional());
}

TEST_F(BasisTest, ABilateralTreatyOfThePairGoesFirst) {
  law.treaty("ab", InstrumentClass::kBilateral, {"AAA", "BBB"});
  law.basis("ab:b", {"extradition"});
  law.treaty("ac", InstrumentClass::kBilateral, {"AAA", "CCC"});
  law.basis("ac:b", {"extradition"});
  const BasisAnswer& out = ask("AAA", "BBB");
  EXPECT_EQ(provisions(out.bases), (Ids{"ab:b", "s:b"}));
  EXPECT_EQ(out.bilateral, Bilateral::kEncoded);
  EXPECT_FALSE(out.bases.front().is_provisional());
  // A treaty between others says nothing about this pair.
  EXPECT_TRUE(out.not_available.empty());
}

TEST_F(BasisTest, ATreatyForAnotherKindIsNoBilateralTreatyForThisOne) {
  law.treaty("ab", InstrumentClass::kBilateral, {"AAA", "BBB"});
  law.basis("ab:b", {"statement"});
  EXPECT_EQ(ask("AAA", "BBB").bilateral, Bilateral::kNotEncoded);
}

TEST_F(BasisTest, ConditionsAreDecidedByFacts) {
  BasisRule& rule = *law.basis("s:c", {"statement"}).basis;
  rule.conditions = {condition("cross-border", "req.transnational"), condition("looked-at")};
  const auto values = [&](std::vector<Fact> stated) {
    std::vector<Truth> out;
    for (const auto& c :
         ask("AAA", "BBB", std::move(stated), "2020-01-01", "statement").bases.at(0).conditions) {
      out.push_back(c.value);
    }
    return out;
  };
  EXPECT_EQ(values({}), (std::vector{Truth::kUnknown, Truth::kUnknown}));
  EXPECT_EQ(values({yes("req.transnational")}), (std::vector{Truth::kTrue, Truth::kUnknown}));
  const BasisAnswer& failed =
      ask("AAA", "BBB", {no("req.transnational")}, "2020-01-01", "statement");
  EXPECT_TRUE(failed.bases.empty());
  ASSERT_EQ(failed.not_available.size(), 1U);
  EXPECT_EQ(failed.not_available.front().code, NotAvailableCode::kConditionFailed);
  EXPECT_EQ(failed.not_available.front().reason,
            "condition not met: the condition cross-border (Art. 1)");
}

TEST_F(BasisTest, OffencesOfTheConventionAreJudgedOnConduct) {
  law.basis("s:d", {"statement"}).basis->offences = BasisOffences::kConvention;
  law.offence("s:art-2", is("act.access"));
  const auto value = [&](std::vector<Fact> stated) {
    const auto& out = ask("AAA", "BBB", std::move(stated), "2020-01-01", "statement");
    return out.bases.empty() ? Truth::kFalse : out.bases.front().conditions.at(0).value;
  };
  EXPECT_EQ(value({}), Truth::kUnknown);
  EXPECT_EQ(value({yes("act.access")}), Truth::kTrue);
  EXPECT_EQ(value({no("act.access")}), Truth::kFalse);
}

TEST_F(BasisTest, ElementsSayWhenACaseIsWithinReach) {
  law.basis("s:e", {"statement"}).elements = {is("req.transnational")};
  const BasisAnswer& open = ask("AAA", "BBB", {}, "2020-01-01", "statement");
  ASSERT_EQ(open.bases.size(), 1U);
  EXPECT_EQ(open.bases.front().conditions.at(0).facts, Ids{"req.transnational"});
  EXPECT_TRUE(
      ask("AAA", "BBB", {no("req.transnational")}, "2020-01-01", "statement").bases.empty());
}

TEST_F(BasisTest, WithoutABasisItSaysWhy) {
  const BasisAnswer& unknown = ask("AAA", "CCC");
  EXPECT_TRUE(unknown.bases.empty());
  EXPECT_EQ(unknown.none_known,
            "no encoded instrument that provides for it is known to serve; whether State CCC acts "
            "without a treaty is not encoded");
  ASSERT_EQ(unknown.not_available.size(), 1U);
}

TEST_F(BasisTest, AnUnknownStatusIsNamedAsPossible) {
  law.instrument("s").are_parties_complete = false;
  const BasisAnswer& out = ask("AAA", "CCC");
  EXPECT_TRUE(out.not_available.at(0).is_possible());
  EXPECT_TRUE(out.none_known.starts_with("the status of a side is unknown for: s"))
      << out.none_known;
}

TEST_F(BasisTest, ReciprocityOnlyWhereTheLawAllowsIt) {
  law.basis("CCC:coop", {"extradition"}).basis->by = BasisBy::kReciprocity;
  const BasisAnswer& out = ask("AAA", "CCC");
  EXPECT_EQ(provisions(out.bases), Ids{"CCC:coop"});
  EXPECT_EQ(out.reciprocity, Reciprocity::kAllowed);
  // The law of the requested State counts, not that of the requesting one.
  EXPECT_TRUE(ask("CCC", "AAA").bases.empty());
}

TEST_F(BasisTest, ALawThatNeedsATreatyIsNoBasis) {
  Provision& provision = law.basis("CCC:coop", {"extradition"});
  provision.basis->requires_treaty = true;
  const BasisAnswer& out = ask("AAA", "CCC");
  EXPECT_TRUE(out.bases.empty());
  EXPECT_EQ(out.reciprocity, Reciprocity::kTreatyOnly);
  EXPECT_NE(out.none_known.find("acts under a treaty only"), std::string::npos);
}

TEST_F(BasisTest, LawOfAStateCountsInItsPeriodOnly) {
  Provision& provision = law.basis("CCC:coop", {"extradition"});
  provision.basis->by = BasisBy::kNationalLaw;
  provision.periods = {{.range = test::from("2015-01-01"), .citation = test::found()}};
  EXPECT_TRUE(ask("AAA", "CCC", {}, "2014-12-31").bases.empty());
  EXPECT_EQ(ask("AAA", "CCC", {}, "2015-01-01").bases.size(), 1U);
}

TEST_F(BasisTest, ChannelsToProvidersStandBeside) {
  law.treaty("agreement", InstrumentClass::kBilateral, {"AAA", "BBB"});
  law.basis("agreement:b", {"extradition"}).basis->by = BasisBy::kDirectChannel;
  const BasisAnswer& out = ask("AAA", "BBB");
  EXPECT_EQ(provisions(out.bases), Ids{"s:b"});
  EXPECT_EQ(provisions(out.channels), Ids{"agreement:b"});
}

TEST_F(BasisTest, ABasisIsNoSurerThanTheStatusOfItsParties) {
  law.instrument("s").parties.back().citation.confidence = Confidence::kRecalled;
  const BasisAnswer& out = ask("AAA", "BBB");
  EXPECT_EQ(out.bases.front().confidence, Confidence::kRecalled);
  EXPECT_TRUE(out.bases.front().is_provisional());
}

TEST_F(BasisTest, StatementsOfBothSidesAreShownAndTheRequestedOnesCount) {
  law.instrument("s").statements = {{.state = "BBB",
                                     .provision = "b",
                                     .by = OptionBy::kReservation,
                                     .range = test::from("2010-01-01"),
                                     .effect = "dual_criminality_required",
                                     .citation = test::found()},
                                    {.state = "CCC",
                                     .provision = "b",
                                     .by = OptionBy::kReservation,
                                     .range = test::from("2010-01-01"),
                                     .effect = "",
                                     .citation = test::found()}};
  EXPECT_EQ(ask("AAA", "BBB").bases.front().statements.size(), 1U);
  EXPECT_EQ(answer->bases.front().dual_criminality, DualCriminalityRule::kRequired);
  EXPECT_EQ(ask("BBB", "AAA").bases.front().dual_criminality, DualCriminalityRule::kUnknown);
  EXPECT_TRUE(ask("AAA", "BBB", {}, "2009-12-31").bases.front().statements.empty());
}

TEST_F(BasisTest, AQuestionLaterThanTheListWarns) {
  const BasisAnswer& out = ask("AAA", "BBB", {}, "2024-05-01");
  EXPECT_EQ(out.bases.size(), 1U);
  EXPECT_EQ(out.warnings,
            Ids{"the status of s was read for 2020-01-01, the question is for 2024-05-01"});
}

TEST_F(BasisTest, ATerritoryIsAnsweredHonestly) {
  law.territory("TTT", "BBB");
  const BasisAnswer& out = ask("AAA", "TTT");
  EXPECT_TRUE(out.bases.empty());
  ASSERT_EQ(out.not_available.size(), 1U);
  EXPECT_TRUE(out.not_available.front().is_possible());
  EXPECT_EQ(out.not_available.front().reason,
            "whether it was extended to Territory TTT is unknown");
}

TEST_F(BasisTest, RefusesWhatMakesNoSense) {
  ask("AAA", "BBB");
  const auto code = [&](std::string requesting, std::string requested, std::string kind) {
    const auto out = find_bases(*book, {.requesting = std::move(requesting),
                                        .requested = std::move(requested),
                                        .kind = std::move(kind),
                                        .on = date("2020-01-01"),
                                        .facts = {}});
    return out.ok() ? std::string("ok") : std::string(base::error_code_name(out.error().code));
  };
  EXPECT_EQ(code("ZZZ", "BBB", "extradition"), "not_found");
  EXPECT_EQ(code("AAA", "AAA", "extradition"), "invalid_argument");
  EXPECT_EQ(code("AAA", "BBB", "rendition"), "invalid_argument");
}

}  // namespace
}  // namespace rogatory::law
