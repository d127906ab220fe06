// SPDX-License-Identifier: EUPL-1.2

#include "law/cover.h"

#include <gtest/gtest.h>

#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::all;
using test::any;
using test::date;
using test::from;
using test::is;
using test::LawBuilder;
using test::unless;

/// `i:2` wants access with intent; Parties may ask for an infringed security measure, or for harm.
class CoverTest : public testing::Test {
 protected:
  CoverTest() {
    law.terms(
        {"act.access", "act.delete", "mens.intent", "circ.security", "circ.harm", "circ.night"});
    law.state("FRA");
    Provision& required = law.offence("i:2", all({is("act.access"), is("mens.intent")}));
    for (const std::string term : {"circ.security", "circ.harm"}) {
      Option option;
      option.id = term;
      option.add = {is(term)};
      required.options.push_back(option);
    }
  }

  void close_list() { law.closure("FRA", is("act.access"), from("1990-01-01")); }

  void declare(std::string_view option) {
    law.state("FRA").options_made.push_back({.instrument = "i",
                                             .provision = "i:2",
                                             .option = std::string(option),
                                             .range = from("2000-01-01"),
                                             .citation = test::found()});
  }

  CoverAnswer ask() {
    book = law.link();
    const auto answers =
        cover(book, *book.find_instrument("i"), *book.find_state("FRA"), date("2010-01-01"));
    EXPECT_EQ(answers.size(), 1U);
    return answers.front();
  }

  std::vector<std::string> covered_by(const CoverAnswer& answer) {
    std::vector<std::string> out;
    for (const ProvisionIndex i : answer.covered_by) out.push_back(book.provisions[i].id);
    return out;
  }

  LawBuilder law;
  LawBook book;
};

using Texts = std::vector<std::string>;

TEST_F(CoverTest, ByOneProvision) {
  law.offence("FRA:other", is("act.delete"));
  law.offence("FRA:x", is("act.access"));
  const CoverAnswer out = ask();
  EXPECT_EQ(out.grade, CoverGrade::kCovered);
  EXPECT_EQ(covered_by(out), Texts{"FRA:x"});
  EXPECT_TRUE(out.story.empty());
  EXPECT_EQ(out.confidence, Confidence::kFound);
}

TEST_F(CoverTest, BySeveralTogetherAndNoMoreThanNeeded) {
  law.term("act.remote", {"act.access"});
  law.term("act.local", {"act.access"});
  law.exhaustive("g", "act.access", {"act.remote", "act.local"});
  law.offence("FRA:remote", is("act.remote"));
  law.offence("FRA:night", all({is("act.access"), is("circ.night")}));
  law.offence("FRA:local", is("act.local"));
  EXPECT_EQ(covered_by(ask()), (Texts{"FRA:remote", "FRA:local"}));
}

TEST_F(CoverTest, WithoutAClosureAGapIsUndetermined) {
  law.offence("FRA:x", all({is("act.access"), is("circ.night")}));
  const CoverAnswer out = ask();
  EXPECT_EQ(out.grade, CoverGrade::kUndetermined);
  EXPECT_EQ(out.reasons, std::vector{UnknownReason::kLawNotEncoded});
  EXPECT_EQ(out.story, "A person who, intent, access.");
  EXPECT_EQ(out.closure, nullptr);
}

TEST_F(CoverTest, BelowTheFloorWithAStoryAndTheNearestProvision) {
  close_list();
  law.offence("FRA:far", all({is("act.delete"), is("circ.night"), is("circ.harm")}));
  law.offence("FRA:near", all({is("act.access"), is("circ.night")}));
  const CoverAnswer out = ask();
  EXPECT_EQ(out.grade, CoverGrade::kBelowFloor);
  EXPECT_EQ(out.story, "A person who, intent, access.");
  ASSERT_NE(out.closure, nullptr);
  ASSERT_TRUE(out.has_nearest);
  EXPECT_EQ(book.provisions[out.nearest].id, "FRA:near");
  EXPECT_EQ(out.nearest_needs, Texts{"night"});
}

TEST_F(CoverTest, InsideAnOptionThatIsNotDeclared) {
  close_list();
  law.offence("FRA:x", all({is("act.access"), is("circ.security")}));
  EXPECT_EQ(ask().grade, CoverGrade::kNeedsDeclaration);
}

TEST_F(CoverTest, InsideAnOptionThatIsDeclared) {
  close_list();
  declare("circ.security");
  law.offence("FRA:x", all({is("act.access"), is("circ.security")}));
  const CoverAnswer out = ask();
  EXPECT_EQ(out.grade, CoverGrade::kNarrowerDeclared);
  EXPECT_EQ(covered_by(out), Texts{"FRA:x"});
}

TEST_F(CoverTest, AnotherOptionDeclaredDoesNotHelp) {
  close_list();
  declare("circ.harm");
  law.offence("FRA:x", all({is("act.access"), is("circ.security")}));
  EXPECT_EQ(ask().grade, CoverGrade::kNeedsDeclaration);
}

TEST_F(CoverTest, AnOptionDeclaredWithoutNeedIsStillCovered) {
  declare("circ.security");
  law.offence("FRA:x", is("act.access"));
  EXPECT_EQ(ask().grade, CoverGrade::kCovered);
}

TEST_F(CoverTest, AReservedProvisionIsNotRequired) {
  Option option;
  option.id = "all";
  option.by = OptionBy::kReservation;
  option.drops_provision = true;
  law.book().provisions.front().options.push_back(option);
  declare("all");
  EXPECT_EQ(ask().grade, CoverGrade::kNarrowerDeclared);
}

TEST_F(CoverTest, AProvisionThatMayBeReservedIsNeverBelowTheFloor) {
  close_list();
  Option option;
  option.id = "all";
  option.by = OptionBy::kReservation;
  option.drops_provision = true;
  law.book().provisions.front().options.push_back(option);
  EXPECT_EQ(ask().grade, CoverGrade::kNeedsDeclaration);
}

TEST_F(CoverTest, AGapBelowTheFloorHasToBeInsideTheClosure) {
  // The list is exhaustive for access at night only; at night, what the floor asks for is reached.
  law.closure("FRA", all({is("act.access"), is("circ.night")}), from("1990-01-01"));
  law.offence("FRA:x", all({is("act.access"), is("circ.night"), is("circ.security")}));
  EXPECT_EQ(ask().grade, CoverGrade::kNeedsDeclaration);
}

TEST_F(CoverTest, ADefenceThatTheConventionDoesNotKnowIsAGap) {
  close_list();
  law.offence("FRA:x", unless(is("act.access"), Role::kDefence, "interest", is("circ.night")));
  const CoverAnswer out = ask();
  EXPECT_EQ(out.grade, CoverGrade::kBelowFloor);
  EXPECT_EQ(out.story, "A person who, intent, access, night.");
}

TEST_F(CoverTest, AnUnlawfulActIsEnoughOnlyWhereTheInstrumentSaysSo) {
  close_list();
  law.offence("FRA:x", is("act.access")).sanction = Sanction::kAdministrative;
  law.book().provisions.front().penalty_kind = "offence_or_unlawful_act";
  EXPECT_EQ(ask().grade, CoverGrade::kCovered);
  LawBuilder strict;
  strict.terms({"act.access"});
  strict.offence("i:2", is("act.access"));
  strict.offence("FRA:x", is("act.access")).sanction = Sanction::kAdministrative;
  strict.closure("FRA", is("act.access"), from("1990-01-01"));
  law = std::move(strict);
  EXPECT_EQ(ask().grade, CoverGrade::kBelowFloor);
}

TEST_F(CoverTest, LawThatIsNotInForceDoesNotCover) {
  close_list();
  law.offence("FRA:x", is("act.access")).periods = {
      {.range = from("2011-01-01"), .state = PeriodState::kInForce, .citation = test::found()}};
  EXPECT_EQ(ask().grade, CoverGrade::kBelowFloor);
}

TEST_F(CoverTest, ARequirementWithoutElementsIsUndetermined) {
  law.book().provisions.front().elements.clear();
  law.book().provisions.front().options.clear();
  const CoverAnswer out = ask();
  EXPECT_EQ(out.grade, CoverGrade::kUndetermined);
  EXPECT_EQ(out.reasons, std::vector{UnknownReason::kLawNotEncoded});
}

}  // namespace
}  // namespace rogatory::law
