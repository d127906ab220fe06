// SPDX-License-Identifier: EUPL-1.2

#include "law/valuation.h"

#include <gtest/gtest.h>

#include <set>

#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::all;
using test::amount;
using test::at_least;
using test::by;
using test::compared;
using test::is;
using test::LawBuilder;
using test::no;
using test::of_state;
using test::yes;

Truth value(const LawBook& book, const Valuation& valuation, std::string_view key) {
  const AtomId atom = book.atoms().find(key);
  EXPECT_NE(atom, kNoAtom) << key;
  return valuation.value(atom);
}

Truth value(const LawBook& book, const std::vector<Fact>& facts, std::string_view key,
            const Perspective& perspective = {}) {
  const auto valuation = Valuation::make(book, facts, perspective);
  EXPECT_TRUE(valuation.ok()) << valuation.error().to_string();
  return valuation.ok() ? value(book, *valuation, key) : Truth::kUnknown;
}

std::string conflict(const LawBook& book, const std::vector<Fact>& facts) {
  const auto valuation = Valuation::make(book, facts);
  if (valuation.ok()) return "no conflict";
  EXPECT_EQ(valuation.error().code, base::ErrorCode::kConflict);
  return valuation.error().message;
}

LawBuilder animals() {
  LawBuilder law;
  law.term("act.top");
  law.term("act.a", {"act.top"});
  law.term("act.b", {"act.top"});
  law.terms({"circ.p", "circ.q", "circ.r"});
  return law;
}

TEST(Propagation, ChildImpliesParentAndBack) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  EXPECT_EQ(value(book, {yes("act.a")}, "act.top"), Truth::kTrue);
  EXPECT_EQ(value(book, {no("act.top")}, "act.a"), Truth::kFalse);
  EXPECT_EQ(value(book, {no("act.a")}, "act.top"), Truth::kUnknown);
  EXPECT_EQ(value(book, {yes("act.top")}, "act.a"), Truth::kUnknown);
}

TEST(Propagation, SeveralPremisesFireTogether) {
  LawBuilder law = animals();
  law.entails("e", {"circ.p", "circ.q"}, "circ.r");
  const LawBook book = law.link();
  EXPECT_EQ(value(book, {yes("circ.p")}, "circ.r"), Truth::kUnknown);
  EXPECT_EQ(value(book, {yes("circ.p"), yes("circ.q")}, "circ.r"), Truth::kTrue);
  EXPECT_EQ(value(book, {yes("circ.p"), no("circ.r")}, "circ.q"), Truth::kFalse);
}

TEST(Propagation, GroupsForceTheLastMember) {
  LawBuilder law = animals();
  law.exclusive("g", {"circ.p", "circ.q"}).exhaustive("h", "act.top", {"act.a", "act.b"});
  const LawBook book = law.link();
  EXPECT_EQ(value(book, {yes("circ.p")}, "circ.q"), Truth::kFalse);
  EXPECT_EQ(value(book, {yes("act.top"), no("act.a")}, "act.b"), Truth::kTrue);
  EXPECT_EQ(value(book, {no("act.a"), no("act.b")}, "act.top"), Truth::kFalse);
}

TEST(Propagation, WorksInEveryScopeInUse) {
  LawBuilder law = animals();
  law.offence("i:x", test::is_in(Scope::kIntended, "act.top"));
  const LawBook book = law.link();
  Fact intended = yes("act.a");
  intended.scope = {Scope::kIntended};
  EXPECT_EQ(value(book, {intended}, "intended:act.top"), Truth::kTrue);
  EXPECT_EQ(value(book, {intended}, "act.top"), Truth::kUnknown);
  EXPECT_EQ(value(book, {yes("act.a")}, "intended:act.top"), Truth::kUnknown);
}

TEST(Propagation, AScopeNobodyAsksForIsNoError) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  Fact designed = yes("act.a");
  designed.scope = {Scope::kDesigned};
  EXPECT_TRUE(Valuation::make(book, std::vector<Fact>{designed}).ok());
}

TEST(Facts, UnknownNamesAreLintErrors) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  Fact fact = yes("act.gone");
  fact.field = "/facts/0";
  const std::vector<Fact> facts{fact};
  const auto refused = Valuation::make(book, facts);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kLint);
  EXPECT_EQ(refused.error().message, "unknown term `act.gone`");
  EXPECT_EQ(refused.error().place.pointer, "/facts/0");
  const std::vector<Fact> amounts{amount("qty.gone", 1)};
  EXPECT_EQ(Valuation::make(book, amounts).error().message, "unknown quantity `qty.gone`");
}

TEST(Conflicts, NameBothFacts) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  EXPECT_EQ(conflict(book, {by(yes("act.a"), "police"), by(no("act.top"), "defence")}),
            "facts that cannot all be so: `act.a` is true (police), `act.top` is false (defence)");
}

TEST(Conflicts, NameOnlyTheFactsConcerned) {
  LawBuilder law = animals();
  law.exclusive("g", {"act.a", "circ.r"}).entails("e", {"circ.p", "circ.q"}, "circ.r");
  const LawBook book = law.link();
  EXPECT_EQ(conflict(book, {by(yes("circ.p"), "one"), by(yes("act.b"), "two"),
                            by(yes("act.a"), "three"), by(yes("circ.q"), "four")}),
            "facts that cannot all be so: `circ.p` is true (one), `act.a` is true (three), "
            "`circ.q` is true (four)");
}

TEST(Conflicts, NameWhereTheFactsStand) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  Fact first = by(yes("act.a"), "police");
  first.field = "/report/3";
  EXPECT_NE(conflict(book, {first, no("act.a")}).find("police at /report/3"), std::string::npos);
}

TEST(Conflicts, AreSeenWhereOnlyACaseDistinctionShowsThem) {
  // Whichever member of the group it is, `circ.p` cannot be: unit propagation alone does not see
  // it.
  LawBuilder law = animals();
  law.exhaustive("h", "act.top", {"act.a", "act.b"})
      .exclusive("g1", {"act.a", "circ.p"})
      .exclusive("g2", {"act.b", "circ.p"});
  const LawBook book = law.link();
  EXPECT_EQ(conflict(book, {yes("act.top")}), "no conflict");
  EXPECT_EQ(conflict(book, {by(yes("act.top"), "x"), by(yes("circ.p"), "y")}),
            "facts that cannot all be so: `act.top` is true (x), `circ.p` is true (y)");
}

TEST(Reasons, TheFirstOneSaidStands) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  const std::vector<Fact> facts{test::unknown("circ.p", UnknownReason::kContested),
                                test::unknown("circ.p", UnknownReason::kNeedsEvaluation)};
  const auto valuation = Valuation::make(book, facts);
  EXPECT_EQ(valuation->unknown_reason(book.atoms().find("circ.p")), UnknownReason::kContested);
  EXPECT_EQ(valuation->unknown_reason(book.atoms().find("circ.q")), UnknownReason::kNotStated);
}

LawBuilder losses() {
  LawBuilder law;
  law.quantity("qty.loss");
  law.offence("i:small", at_least("qty.loss", 5000, "USD"));
  law.offence("i:large", at_least("qty.loss", 100000, "USD"));
  law.offence("i:more", compared("qty.loss", Comparison::kGt, 5000, "USD"));
  law.offence("i:less", compared("qty.loss", Comparison::kLt, 5000, "USD"));
  law.offence("i:euro", at_least("qty.loss", 5000, "EUR"));
  return law;
}

TEST(Thresholds, AreDecidedByAnAmount) {
  LawBuilder law = losses();
  const LawBook book = law.link();
  EXPECT_EQ(value(book, {amount("qty.loss", 10000, "USD")}, "qty.loss ge 5000 USD"), Truth::kTrue);
  EXPECT_EQ(value(book, {amount("qty.loss", 10000, "USD")}, "qty.loss ge 100000 USD"),
            Truth::kFalse);
  EXPECT_EQ(value(book, {amount("qty.loss", 5000, "USD")}, "qty.loss ge 5000 USD"), Truth::kTrue);
  EXPECT_EQ(value(book, {amount("qty.loss", 5000, "USD")}, "qty.loss gt 5000 USD"), Truth::kFalse);
  EXPECT_EQ(value(book, {amount("qty.loss", 5000, "USD")}, "qty.loss lt 5000 USD"), Truth::kFalse);
}

TEST(Thresholds, AreOrdered) {
  LawBuilder law = losses();
  const LawBook book = law.link();
  const std::vector<Fact> large{yes("qty.loss ge 100000 USD")};
  EXPECT_EQ(value(book, large, "qty.loss ge 5000 USD"), Truth::kTrue);
  EXPECT_EQ(value(book, large, "qty.loss gt 5000 USD"), Truth::kTrue);
  EXPECT_EQ(value(book, large, "qty.loss lt 5000 USD"), Truth::kFalse);
  EXPECT_EQ(value(book, large, "qty.loss ge 5000 EUR"), Truth::kUnknown);
  const std::vector<Fact> small{no("qty.loss ge 5000 USD")};
  EXPECT_EQ(value(book, small, "qty.loss lt 5000 USD"), Truth::kTrue);
  EXPECT_EQ(value(book, small, "qty.loss ge 100000 USD"), Truth::kFalse);
}

TEST(Thresholds, AnotherCurrencyIsUnknownForThatReason) {
  LawBuilder law = losses();
  const LawBook book = law.link();
  const std::vector<Fact> facts{amount("qty.loss", 10000, "USD")};
  const auto valuation = Valuation::make(book, facts);
  const AtomId euro = book.atoms().find("qty.loss ge 5000 EUR");
  EXPECT_EQ(valuation->value(euro), Truth::kUnknown);
  EXPECT_EQ(valuation->unknown_reason(euro), UnknownReason::kOtherUnit);
}

TEST(Thresholds, AmountsThatDisagreeAreContestedInAnyOrder) {
  LawBuilder law = losses();
  const LawBook book = law.link();
  std::vector<Fact> facts{amount("qty.loss", 10000, "USD"), amount("qty.loss", 3000, "USD")};
  for (int turn = 0; turn < 2; ++turn) {
    const auto valuation = Valuation::make(book, facts);
    ASSERT_TRUE(valuation.ok());
    const AtomId small = book.atoms().find("qty.loss ge 5000 USD");
    EXPECT_EQ(valuation->value(small), Truth::kUnknown);
    EXPECT_EQ(valuation->unknown_reason(small), UnknownReason::kContested);
    EXPECT_EQ(value(book, *valuation, "qty.loss ge 100000 USD"), Truth::kFalse);
    std::swap(facts[0], facts[1]);
  }
}

TEST(Thresholds, OfAnotherScopeAreNotTouched) {
  LawBuilder law = losses();
  Node intended = at_least("qty.loss", 5000, "USD");
  intended.scope = {Scope::kIntended};
  law.offence("i:intended", intended);
  const LawBook book = law.link();
  const std::vector<Fact> facts{amount("qty.loss", 10000, "USD")};
  EXPECT_EQ(value(book, facts, "intended:qty.loss ge 5000 USD"), Truth::kUnknown);
  Fact hoped_for = facts.front();
  hoped_for.scope = {Scope::kIntended};
  EXPECT_EQ(value(book, {hoped_for}, "intended:qty.loss ge 5000 USD"), Truth::kTrue);
  EXPECT_EQ(value(book, {hoped_for}, "qty.loss ge 5000 USD"), Truth::kUnknown);
}

LawBuilder government() {
  LawBuilder law;
  law.term("obj.own_government").is_state_bound = true;
  law.terms({"act.access"});
  law.offence("FRA:x", all({is("act.access"), is("obj.own_government")}));
  return law;
}

TEST(StateBound, HoldsOnlyOfTheStateNamed) {
  LawBuilder law = government();
  const LawBook book = law.link();
  const std::vector<Fact> facts{of_state(yes("obj.own_government"), "DEU")};
  EXPECT_EQ(value(book, facts, "obj.own_government", {.state = "DEU", .transposed_from = {}}),
            Truth::kTrue);
  EXPECT_EQ(value(book, facts, "obj.own_government", {.state = "FRA", .transposed_from = {}}),
            Truth::kUnknown);
}

TEST(StateBound, IsMirroredForTheRequestedState) {
  LawBuilder law = government();
  const LawBook book = law.link();
  const std::vector<Fact> facts{of_state(yes("obj.own_government"), "DEU")};
  EXPECT_EQ(value(book, facts, "obj.own_government", {.state = "FRA", .transposed_from = "DEU"}),
            Truth::kTrue);
  EXPECT_EQ(value(book, facts, "obj.own_government", {.state = "FRA", .transposed_from = "ITA"}),
            Truth::kUnknown);
}

TEST(StateBound, OtherTermsDoNotDependOnTheState) {
  LawBuilder law = government();
  const LawBook book = law.link();
  EXPECT_EQ(value(book, {of_state(yes("act.access"), "DEU")}, "act.access",
                  {.state = "FRA", .transposed_from = {}}),
            Truth::kTrue);
}

TEST(Support, GoesBackToTheFacts) {
  LawBuilder law = animals();
  law.entails("e", {"act.top", "circ.q"}, "circ.r");
  const LawBook book = law.link();
  const std::vector<Fact> facts{yes("act.a"), yes("circ.p"), yes("circ.q")};
  const auto valuation = Valuation::make(book, facts);
  const auto support = valuation->supporting_facts(book.atoms().find("circ.r"));
  ASSERT_EQ(support.size(), 2U);
  EXPECT_EQ(std::set<std::string>({support[0]->term, support[1]->term}),
            (std::set<std::string>{"act.a", "circ.q"}));
  EXPECT_EQ(valuation->fact_of(book.atoms().find("circ.r")), nullptr);
  EXPECT_EQ(valuation->fact_of(book.atoms().find("circ.p")), &facts[1]);
}

TEST(Assuming, AddsOrContradicts) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  const std::vector<Fact> facts{no("act.top")};
  const auto valuation = Valuation::make(book, facts);
  const AtomId a = book.atoms().find("act.a");
  const AtomId p = book.atoms().find("circ.p");
  EXPECT_FALSE(valuation->assuming(std::vector{positive(a)}).has_value());
  ASSERT_TRUE(valuation->assuming(std::vector{positive(p)}));
  EXPECT_EQ(valuation->assuming(std::vector{positive(p)})->value(p), Truth::kTrue);
  EXPECT_EQ(valuation->value(p), Truth::kUnknown);
}

TEST(TestCompletion, TakesWhatIsPreferredWhereItCanBe) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  const std::vector<Fact> facts{no("act.top")};
  Valuation trial = Valuation::make(book, facts).take().scratch();
  const AtomId a = book.atoms().find("act.a");
  const AtomId p = book.atoms().find("circ.p");
  const std::vector<Literal> preferred{positive(a), positive(p)};
  const auto sees = [&](Truth of_a, Truth of_p) {
    return trial.test_completion(preferred, [&](std::span<const Truth> values) {
      return values[a] == of_a && values[p] == of_p;
    });
  };
  EXPECT_TRUE(sees(Truth::kFalse, Truth::kTrue));
  EXPECT_FALSE(sees(Truth::kTrue, Truth::kTrue));
  EXPECT_EQ(trial.value(p), Truth::kUnknown);
}

TEST(TestCompletion, FindsNoneWhereAnExhaustiveGroupIsClosed) {
  LawBuilder law;
  law.terms({"act.top"});
  law.term("act.a", {"act.top"});
  law.term("act.b", {"act.top"});
  law.exhaustive("g", "act.top", {"act.a", "act.b"});
  law.offence("i:x", test::is("act.top"));
  const LawBook book = law.link();
  const std::vector<Fact> facts{yes("act.top"), no("act.a")};
  Valuation trial = Valuation::make(book, facts).take().scratch();
  const AtomId b = book.atoms().find("act.b");
  const auto any = [](std::span<const Truth>) { return true; };
  EXPECT_TRUE(trial.test_completion(std::vector{negative(b)}, any));
  EXPECT_EQ(trial.value(b), Truth::kTrue);
}

TEST(Overriding, LeavesOutTheFactsThatContradict) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  const std::vector<Fact> facts{no("act.top"), yes("circ.p")};
  const auto valuation = Valuation::make(book, facts);
  const auto other = valuation->overriding(std::vector{positive(book.atoms().find("act.a"))});
  ASSERT_TRUE(other.has_value());
  EXPECT_EQ(value(book, *other, "act.top"), Truth::kTrue);
  EXPECT_EQ(value(book, *other, "circ.p"), Truth::kTrue);
}

TEST(Overriding, GivesNothingForLiteralsThatContradictEachOther) {
  LawBuilder law = animals();
  const LawBook book = law.link();
  const std::vector<Fact> facts;
  const auto valuation = Valuation::make(book, facts);
  const std::vector<Literal> literals{positive(book.atoms().find("act.a")),
                                      negative(book.atoms().find("act.top"))};
  EXPECT_FALSE(valuation->overriding(literals).has_value());
}

}  // namespace
}  // namespace rogatory::law
