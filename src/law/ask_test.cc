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
