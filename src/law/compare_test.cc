// SPDX-License-Identifier: EUPL-1.2

#include "law/compare.h"

#include <gtest/gtest.h>

#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::all;
using test::any;
using test::is;
using test::LawBuilder;
using test::unless;

/// `a:1` against `b:1`.
class CompareTest : public testing::Test {
 protected:
  CompareTest() {
    law.term("act.interfere");
    law.term("act.delete", {"act.interfere"});
    law.term("act.hinder");
    law.term("obj.data");
    law.term("obj.system");
    law.terms({"mens.intent", "circ.without_right", "circ.serious"});
  }

  ProvisionRelation relate(Node a, Node b) {
    law.offence("a:1", std::move(a));
    law.offence("b:1", std::move(b));
    const LawBook book = law.link();
    const InstrumentComparison out = compare(book, "a", "b");
    EXPECT_EQ(out.paragraphs.size(), 1U);
    EXPECT_EQ(out.articles.size(), 1U);
    EXPECT_EQ(out.articles.front().relation, out.paragraphs.front().relation);
    return out.paragraphs.front();
  }

  LawBuilder law;
};

TEST_F(CompareTest, EquivalentInOtherWords) {
  law.exhaustive("g", "act.interfere", {"act.delete", "act.hinder"});
  law.book().vocabulary.terms[2].parents = {"act.interfere"};
  const auto out = relate(all({is("mens.intent"), is("act.interfere")}),
                          all({any({is("act.hinder"), is("act.delete")}), is("mens.intent")}));
  EXPECT_EQ(out.relation, Relation::kEquivalent);
  EXPECT_TRUE(out.witness_from_only.empty());
}

TEST_F(CompareTest, BroaderHasAWitness) {
  const auto out = relate(is("act.interfere"), all({is("act.delete"), is("circ.serious")}));
  EXPECT_EQ(out.relation, Relation::kBroader);
  EXPECT_EQ(out.witness_from_only, "A person who interfere. Lacking there: delete; serious.");
  EXPECT_TRUE(out.witness_to_only.empty());
}

TEST_F(CompareTest, NarrowerHasAWitness) {
  const auto out = relate(all({is("act.delete"), is("obj.data"), is("circ.serious")}),
                          all({is("act.delete"), is("obj.data")}));
  EXPECT_EQ(out.relation, Relation::kNarrower);
  EXPECT_EQ(out.witness_to_only, "A person who delete in respect of data. Lacking there: serious.");
}

TEST_F(CompareTest, ADefenceMakesNarrower) {
  const auto out =
      relate(unless(is("act.delete"), Role::kDefence, "d", is("circ.serious")), is("act.delete"));
  EXPECT_EQ(out.relation, Relation::kNarrower);
  EXPECT_EQ(out.witness_to_only, "A person who delete, serious. Excepted there: serious.");
}

TEST_F(CompareTest, WitnessesAreSentences) {
  const auto phrase = [&](std::string_view id, std::string_view words) {
    for (Term& term : law.book().vocabulary.terms) {
      if (term.id == id) term.phrase = words;
    }
  };
  phrase("act.delete", "deletes the item");
  phrase("obj.data", "computer data");
  phrase("mens.intent", "on purpose");
  phrase("circ.without_right", "without right");
  Node aim = is("act.hinder");
  aim.scope = {Scope::kIntended};
  const auto out = relate(all({is("act.delete"), is("obj.data"), is("mens.intent"),
                               is("circ.without_right"), std::move(aim)}),
                          all({is("act.delete"), is("obj.data"), is("circ.serious")}));
  EXPECT_EQ(out.witness_from_only,
            "A person who, on purpose and without right, deletes computer data, intending that "
            "somebody hinder. Lacking there: serious.");
}

TEST_F(CompareTest, OverlappingShareOneActUponOneObject) {
  const auto out = relate(all({is("act.delete"), is("obj.data"), is("circ.without_right")}),
                          all({is("act.interfere"), is("obj.data"), is("circ.serious")}));
  EXPECT_EQ(out.relation, Relation::kOverlapping);
  EXPECT_EQ(out.witness_from_only,
            "A person who delete in respect of data, without_right. Lacking there: serious.");
  EXPECT_EQ(out.witness_to_only,
            "A person who interfere in respect of data, serious. Lacking there: delete; "
            "without_right.");
}

TEST_F(CompareTest, AMoreSpecificActMayShare) {
  // Interfering with data, done by deleting, supplies the deletion.
  const auto out = relate(all({is("act.interfere"), is("obj.data"), is("circ.serious")}),
                          all({is("act.delete"), is("circ.without_right")}));
  EXPECT_EQ(out.relation, Relation::kOverlapping);
}

TEST_F(CompareTest, OnTheSameOccasionIsNotEnough) {
  const auto out = relate(all({is("act.delete"), is("obj.data"), is("mens.intent")}),
                          all({is("act.hinder"), is("obj.system"), is("mens.intent")}));
  EXPECT_EQ(out.relation, Relation::kNone);
  EXPECT_TRUE(out.witness_from_only.empty());
  EXPECT_TRUE(out.witness_to_only.empty());
}

TEST_F(CompareTest, SharedCircumstancesAreNotEnough) {
  const auto out = relate(all({is("act.delete"), is("circ.without_right")}),
                          all({is("act.hinder"), is("circ.without_right")}));
  EXPECT_EQ(out.relation, Relation::kNone);
}

TEST_F(CompareTest, AnOpenReferenceIsOpen) {
  const auto out = relate(all({is("act.delete"), test::open("see the law")}), is("act.delete"));
  EXPECT_EQ(out.relation, Relation::kOpen);
}

TEST_F(CompareTest, ConfidenceIsTheWeakestElementOfBoth) {
  const auto out = relate(is("act.delete"), test::sure(is("act.delete"), Confidence::kRecalled));
  EXPECT_EQ(out.confidence, Confidence::kRecalled);
}

TEST_F(CompareTest, ARelationIsNoSurerThanTheEntailmentsItNeeds) {
  law.entails("e", {"act.delete"}, "act.hinder");
  law.book().vocabulary.entailments.back().confidence = Confidence::kRecalled;
  const auto by_entailment = relate(is("act.hinder"), is("act.delete"));
  EXPECT_EQ(by_entailment.relation, Relation::kBroader);
  EXPECT_EQ(by_entailment.confidence, Confidence::kRecalled);
}

TEST_F(CompareTest, AnEntailmentThatIsNotNeededDoesNotCount) {
  law.entails("e", {"act.delete"}, "act.hinder");
  law.book().vocabulary.entailments.back().confidence = Confidence::kRecalled;
  const auto same = relate(is("act.hinder"), all({is("act.hinder"), is("circ.serious")}));
  EXPECT_EQ(same.relation, Relation::kBroader);
  EXPECT_EQ(same.confidence, Confidence::kFound);
}

TEST_F(CompareTest, ArticlesAreRolledUpFromParagraphs) {
  law.offence("a:1-a", is("act.delete")).article = "1";
  law.offence("a:1-b", is("act.hinder")).article = "1";
  law.offence("b:7", any({is("act.delete"), is("act.hinder")})).article = "7";
  const LawBook book = law.link();
  const InstrumentComparison out = compare(book, "a", "b");
  ASSERT_EQ(out.paragraphs.size(), 2U);
  EXPECT_EQ(out.paragraphs[0].relation, Relation::kNarrower);
  ASSERT_EQ(out.articles.size(), 1U);
  EXPECT_EQ(out.articles[0].relation, Relation::kEquivalent);
  EXPECT_EQ(out.articles[0].from_article, "1");
}

TEST_F(CompareTest, KindsAreNotMixed) {
  law.offence("a:1", is("act.delete"));
  law.offence("b:1", is("act.delete")).kind = ProvisionKind::kInchoate;
  law.offence("b:2", is("act.delete")).kind = ProvisionKind::kProcedural;
  const LawBook book = law.link();
  EXPECT_TRUE(compare(book, "a", "b").paragraphs.empty());
}

}  // namespace
}  // namespace rogatory::law
