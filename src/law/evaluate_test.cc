// SPDX-License-Identifier: EUPL-1.2

#include "law/evaluate.h"

#include <gtest/gtest.h>

#include "law/detail/bdd.h"
#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::all;
using test::any;
using test::is;
using test::LawBuilder;
using test::no;
using test::none;
using test::unless;
using test::yes;

/// All four ways of asking about the one provision of a book.
struct Answers {
  Truth kleene = Truth::kUnknown;
  Truth engine = Truth::kUnknown;
  Truth bdd = Truth::kUnknown;
  Truth sat = Truth::kUnknown;
};

Answers ask(const LawBook& book, const std::vector<Fact>& facts,
            Defences defences = Defences::kDoNotBlock) {
  const auto valuation = Valuation::make(book, facts);
  EXPECT_TRUE(valuation.ok()) << valuation.error().to_string();
  if (!valuation.ok()) return {};
  const Compiled& formula = book.compiled(0).formula;
  return {.kleene = evaluate_kleene(book.formulas(), formula.root, valuation->values(), defences),
          .engine = evaluate(*valuation, formula, defences),
          .bdd = evaluate_exact(*valuation, formula.root, defences),
          .sat = evaluate_sat(*valuation, formula.root, defences)};
}

void expect_exact(const Answers& answers, Truth expected) {
  EXPECT_EQ(answers.engine, expected);
  EXPECT_EQ(answers.bdd, expected);
  EXPECT_EQ(answers.sat, expected);
}

LawBuilder law_of(Node elements) {
  LawBuilder law;
  law.term("act.top");
  law.term("act.a", {"act.top"});
  law.term("act.b", {"act.top"});
  law.terms({"circ.p", "circ.q", "circ.r"});
  law.offence("i:x", std::move(elements));
  return law;
}

TEST(Exact, AOrNotAHolds) {
  LawBuilder law = law_of(any({is("circ.p"), none({is("circ.p")})}));
  const LawBook book = law.link();
  const Answers answers = ask(book, {});
  EXPECT_EQ(answers.kleene, Truth::kUnknown);
  expect_exact(answers, Truth::kTrue);
}

TEST(Exact, AAndNotAFails) {
  LawBuilder law = law_of(all({is("act.a"), none({is("act.top")})}));
  const LawBook book = law.link();
  const Answers answers = ask(book, {});
  EXPECT_EQ(answers.kleene, Truth::kUnknown);
  expect_exact(answers, Truth::kFalse);
}

TEST(Exact, ExclusiveTermsCannotBothHold) {
  LawBuilder law = law_of(all({is("circ.p"), is("circ.q")}));
  law.exclusive("g", {"circ.p", "circ.q"});
  const LawBook book = law.link();
  const Answers answers = ask(book, {});
  EXPECT_EQ(answers.kleene, Truth::kUnknown);
  expect_exact(answers, Truth::kFalse);
}

TEST(Exact, OneOfAnExhaustiveGroupHolds) {
  LawBuilder law = law_of(any({is("act.a"), is("act.b")}));
  law.exhaustive("g", "act.top", {"act.a", "act.b"});
  const LawBook book = law.link();
  const Answers answers = ask(book, {yes("act.top")});
  EXPECT_EQ(answers.kleene, Truth::kUnknown);
  expect_exact(answers, Truth::kTrue);
  expect_exact(ask(book, {}), Truth::kUnknown);
}

TEST(Exact, WhatEveryMemberOfAGroupExcludesFails) {
  // `circ.p` itself is in no exhaustive group; each way to satisfy the group excludes it.
  LawBuilder law = law_of(is("circ.p"));
  law.exhaustive("h", "act.top", {"act.a", "act.b"})
      .exclusive("g1", {"act.a", "circ.p"})
      .exclusive("g2", {"act.b", "circ.p"});
  const LawBook book = law.link();
  const Answers answers = ask(book, {yes("act.top")});
  EXPECT_EQ(answers.kleene, Truth::kUnknown);
  expect_exact(answers, Truth::kFalse);
}

TEST(Exact, PremisesOfOneEntailmentFireTogether) {
  LawBuilder law = law_of(all({is("circ.p"), is("circ.q"), none({is("circ.r")})}));
  law.entails("e", {"circ.p", "circ.q"}, "circ.r");
  const LawBook book = law.link();
  expect_exact(ask(book, {}), Truth::kFalse);
}

TEST(Exact, ThresholdsWithoutAGapHold) {
  LawBuilder law = law_of(any({test::at_least("qty.loss", 5000, "USD"),
                               test::compared("qty.loss", Comparison::kLt, 10000, "USD")}));
  law.quantity("qty.loss");
  const LawBook book = law.link();
  expect_exact(ask(book, {}), Truth::kTrue);
}

/// Under the order in which its atoms appear, all of one kind before all of the other, the diagram
/// of "some pair holds" doubles with every pair.
class LargeDiagram : public testing::Test {
 protected:
  static constexpr int kPairs = 15;

  LargeDiagram() {
    std::vector<Node> firsts;
    std::vector<Node> pairs;
    for (int i = 0; i < kPairs; ++i) {
      const std::string first = "circ.a" + std::to_string(i);
      const std::string second = "circ.b" + std::to_string(i);
      law.term(first);
      law.term(second);
      firsts.push_back(is(first));
      pairs.push_back(all({is(first), is(second)}));
    }
    law.term("act.a");
    some_pair = all({any(firsts), any(pairs)});
  }

  LawBuilder law;
  Node some_pair;
};

TEST_F(LargeDiagram, Overflows) {
  detail::Bdd bdd(kMaxDiagramNodes);
  auto any_pair = detail::Bdd::kFalse;
  for (std::uint32_t i = 0; i < kPairs; ++i) {
    any_pair = bdd.lor(any_pair, bdd.land(bdd.variable(i), bdd.variable(kPairs + i)));
  }
  EXPECT_TRUE(bdd.overflowed());
}

TEST_F(LargeDiagram, IsDecidedBySat) {
  law.offence("i:x", any({some_pair, none({some_pair})}));
  const LawBook book = law.link();
  const Answers answers = ask(book, {});
  EXPECT_EQ(answers.kleene, Truth::kUnknown);
  expect_exact(answers, Truth::kTrue);
}

TEST_F(LargeDiagram, OfADefenceIsDecidedBySat) {
  law.offence("i:x", unless(is("act.a"), Role::kDefence, "d", any({some_pair, none({some_pair})})));
  const LawBook book = law.link();
  expect_exact(ask(book, {yes("act.a")}), Truth::kFalse);
}

TEST(Exact, PlainFormulasNeedNoDiagram) {
  LawBuilder law = law_of(all({is("act.top"), any({is("circ.p"), is("circ.q")})}));
  const LawBook book = law.link();
  EXPECT_FALSE(book.compiled(0).formula.needs_exact);
  expect_exact(ask(book, {yes("act.a")}), Truth::kUnknown);
  expect_exact(ask(book, {yes("act.a"), yes("circ.q")}), Truth::kTrue);
}

TEST(Defences, AreSilentWhileUnknown) {
  LawBuilder law = law_of(unless(is("act.a"), Role::kDefence, "d", is("circ.p")));
  const LawBook book = law.link();
  expect_exact(ask(book, {yes("act.a")}), Truth::kTrue);
  expect_exact(ask(book, {yes("act.a")}, Defences::kAsUnknown), Truth::kUnknown);
  expect_exact(ask(book, {yes("act.a"), yes("circ.p")}), Truth::kFalse);
  expect_exact(ask(book, {yes("act.a"), no("circ.p")}, Defences::kAsUnknown), Truth::kTrue);
}

TEST(Defences, AreHeardWhereOnlyTheExactAnswerSettlesThem) {
  // Either member of the group is a defence; one of them holds, we do not know which.
  LawBuilder law =
      law_of(unless(is("circ.r"), Role::kDefence, "d", any({is("act.a"), is("act.b")})));
  law.exhaustive("g", "act.top", {"act.a", "act.b"});
  const LawBook book = law.link();
  const Answers answers = ask(book, {yes("circ.r"), yes("act.top")});
  EXPECT_EQ(answers.kleene, Truth::kTrue);
  expect_exact(answers, Truth::kFalse);
}

TEST(Exceptions, ExclusionsAndElementsBlockWhileUnknown) {
  for (const Role role : {Role::kExclusion, Role::kElement}) {
    LawBuilder law = law_of(unless(is("act.a"), role, "e", is("circ.p")));
    const LawBook book = law.link();
    expect_exact(ask(book, {yes("act.a")}), Truth::kUnknown);
    expect_exact(ask(book, {yes("act.a"), no("circ.p")}), Truth::kTrue);
    expect_exact(ask(book, {yes("act.a"), yes("circ.p")}), Truth::kFalse);
  }
}

TEST(Exceptions, Nest) {
  LawBuilder law = law_of(unless(is("act.a"), Role::kExclusion, "e",
                                 unless(is("circ.p"), Role::kExclusion, "back", is("circ.q"))));
  const LawBook book = law.link();
  expect_exact(ask(book, {yes("act.a"), yes("circ.p"), no("circ.q")}), Truth::kFalse);
  expect_exact(ask(book, {yes("act.a"), yes("circ.p"), yes("circ.q")}), Truth::kTrue);
  expect_exact(ask(book, {yes("act.a"), yes("circ.p")}), Truth::kUnknown);
}

TEST(Exceptions, SeveralThatApplyDoNotConflict) {
  LawBuilder law = law_of(unless(unless(is("act.a"), Role::kExclusion, "e1", is("circ.p")),
                                 Role::kDefence, "e2", is("circ.q")));
  const LawBook book = law.link();
  expect_exact(ask(book, {yes("act.a"), yes("circ.p"), yes("circ.q")}), Truth::kFalse);
}

TEST(Lists, EmptyOnesAreConstants) {
  LawBuilder law = law_of(all({}));
  expect_exact(ask(law.link(), {}), Truth::kTrue);
  LawBuilder never = law_of(any({}));
  expect_exact(ask(never.link(), {}), Truth::kFalse);
  LawBuilder always = law_of(none({}));
  expect_exact(ask(always.link(), {}), Truth::kTrue);
}

}  // namespace
}  // namespace rogatory::law
