// SPDX-License-Identifier: EUPL-1.2

#include "law/ask.h"

#include <gtest/gtest.h>

#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::all;
using test::any;
using test::is;
using test::LawBuilder;
using test::yes;

std::vector<std::string> ranked(const LawBook& book, const std::vector<Fact>& facts) {
  const auto valuation = Valuation::make(book, facts);
  EXPECT_TRUE(valuation.ok());
  std::vector<ProvisionIndex> provisions;
  for (ProvisionIndex i = 0; i < book.provisions.size(); ++i) provisions.push_back(i);
  std::vector<std::string> out;
  for (const Question& question : rank_questions(*valuation, provisions)) {
    out.push_back(book.atoms().key(question.atom));
  }
  return out;
}

using Texts = std::vector<std::string>;

LawBuilder law_of_access() {
  LawBuilder law;
  law.terms({"act.access", "circ.p", "circ.q", "circ.r"});
  return law;
}

TEST(Questions, TheFactThatDecidesMostComesFirst) {
  LawBuilder law = law_of_access();
  law.offence("i:1", all({is("act.access"), is("circ.p")}));
  law.offence("i:2", all({is("act.access"), is("circ.q")}));
  law.offence("i:3", all({is("act.access"), any({is("circ.r"), is("circ.q")})}));
  const LawBook book = law.link();
  // A no to access settles three; nothing else does.
  EXPECT_EQ(ranked(book, {}).front(), "act.access");
  // Access being known, the answer on q settles two when it is yes and one when it is no.
  EXPECT_EQ(ranked(book, {yes("act.access")}), (Texts{"circ.q", "circ.p", "circ.r"}));
}

/// Three offences that nobody spoke of ask for one fact more each; the one that was spoken of lacks
/// one of its own.
TEST(Questions, OffencesOfWhichAnActIsStatedComeFirst) {
  LawBuilder law;
  law.terms({"act.access", "act.copy", "obj.system", "obj.work", "circ.p", "circ.q"});
  law.offence("i:1", all({is("act.access"), is("obj.system"), is("circ.p")}));
  for (const char* id : {"i:2", "i:3", "i:4"}) {
    law.offence(id, all({is("act.copy"), is("obj.work"), is("circ.q")}));
  }
  const LawBook book = law.link();
  EXPECT_EQ(ranked(book, {yes("act.access"), yes("obj.system")}).front(), "circ.p");
  // Of neither anything is stated: what settles more comes first.
  EXPECT_NE(ranked(book, {}).front(), "circ.p");
}

TEST(Questions, TheNearerOfTwoOffencesComesFirst) {
  LawBuilder law;
  law.terms({"act.access", "circ.p", "circ.q", "circ.r", "circ.s"});
  law.offence("i:1", all({is("act.access"), is("circ.p"), is("circ.q")}));
  law.offence("i:2", all({is("act.access"), is("circ.r"), is("circ.s"), is("circ.p")}));
  law.offence("i:3", all({is("act.access"), is("circ.s")}));
  const LawBook book = law.link();
  // `s` settles i:2 and i:3 by a no, i:3 by a yes; then `r` is the last of four in i:2, `q` the
  // last of three in i:1.
  EXPECT_EQ(ranked(book, {yes("act.access"), yes("circ.p")}).front(), "circ.s");
  EXPECT_EQ(ranked(book, {yes("act.access"), yes("circ.p"), yes("circ.s")}),
            (Texts{"circ.r", "circ.q"}));
}

TEST(Questions, WhatMustNotHoldMakesNoOffenceNearer) {
  LawBuilder law;
  law.terms({"act.access", "act.copy", "act.delete", "circ.p", "circ.q"});
  law.offence("i:1", all({is("act.access"), is("circ.p")}));
  law.offence("i:2", test::unless(all({is("act.copy"), is("circ.q")}), Role::kElement, "u",
                                  all({is("act.access"), is("act.delete")})));
  const LawBook book = law.link();
  EXPECT_EQ(ranked(book, {yes("act.access")}).front(), "circ.p");
}

TEST(Questions, AreNotAskedOfWhatIsDecided) {
  LawBuilder law = law_of_access();
  law.offence("i:1", any({is("act.access"), is("circ.p")}));
  law.offence("i:2", all({is("act.access"), is("circ.q")}));
  const LawBook book = law.link();
  EXPECT_EQ(ranked(book, {yes("act.access")}), Texts{"circ.q"});
}

TEST(Questions, OpenReferencesAreNotForOfficers) {
  LawBuilder law = law_of_access();
  law.offence("i:1", all({is("act.access"), test::open("see the treaty")}));
  const LawBook book = law.link();
  EXPECT_EQ(ranked(book, {}), Texts{"act.access"});
}

TEST(Questions, AreAtMostTen) {
  LawBuilder law;
  std::vector<Node> leaves;
  for (int i = 0; i < 20; ++i) {
    const std::string id = "circ.c" + std::to_string(i);
    law.term(id);
    leaves.push_back(is(id));
  }
  law.offence("i:1", all(std::move(leaves)));
  const LawBook book = law.link();
  EXPECT_EQ(ranked(book, {}).size(), kMaxQuestions);
}

}  // namespace
}  // namespace rogatory::law
