// SPDX-License-Identifier: EUPL-1.2

#include "law/grounds.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <optional>
#include <set>

#include "law/evaluate.h"
#include "support/cooperation_builder.h"

namespace rogatory::law {
namespace {

using test::all;
using test::any;
using test::CooperationBuilder;
using test::cure;
using test::date;
using test::is;
using test::no;
using test::none;
using test::yes;

using Names = std::set<std::string>;

Names names(const OutcomeSet& outcomes) {
  Names out;
  for (const Outcome outcome : kOutcomes) {
    if (outcomes.contains(outcome)) out.insert(std::string(to_text(outcome)));
  }
  return out;
}

/// AAA asks BBB for extradition under the treaty `t`.
class GroundsTest : public testing::Test {
 protected:
  GroundsTest() {
    law.world({"AAA", "BBB"});
    law.terms({"req.political", "req.attentat", "req.death", "req.assurance", "req.torture",
               "req.fiscal", "req.pending", "circ.open"});
    law.treaty("t", InstrumentClass::kSubject, {"AAA", "BBB"});
    law.basis("t:b", {"extradition"});
  }

  Provision& ground(std::string_view id, std::string_view subject, GroundEffect effect,
                    Node elements) {
    return law.ground(id, {"extradition"}, subject, effect, std::move(elements));
  }

  const GroundsAnswer& ask(std::vector<Fact> stated = {}, GroundsOptions options = {}) {
    if (!book) book.emplace(law.link());
    facts = std::move(stated);
    auto found = find_bases(*book, {.requesting = "AAA",
                                    .requested = "BBB",
                                    .kind = "extradition",
                                    .on = date("2020-01-01"),
                                    .facts = facts});
    EXPECT_TRUE(found.ok()) << found.error().to_string();
    bases.emplace(found.take());
    auto valued = Valuation::make(*book, facts);
    EXPECT_TRUE(valued.ok()) << valued.error().to_string();
    valuation.emplace(valued.take());
    auto out = find_grounds(*valuation, *bases, options);
    EXPECT_TRUE(out.ok()) << out.error().to_string();
    answer.emplace(out.take());
    return *answer;
  }

  Names outcomes(std::vector<Fact> stated = {}) { return names(ask(std::move(stated)).outcomes); }

  const GroundAnswer& named(std::string_view id) const {
    for (const GroundAnswer& one : answer->grounds) {
      if (book->provisions[one.provision].id == id) return one;
    }
    ADD_FAILURE() << "no ground " << id;
    return answer->grounds.front();
  }

  CooperationBuilder law;
  std::optional<LawBook> book;
  std::vector<Fact> facts;
  std::optional<BasisAnswer> bases;
  std::optional<Valuation> valuation;
  std::optional<GroundsAnswer> answer;
};

TEST_F(GroundsTest, WithoutGroundsItIsGranted) {
  EXPECT_EQ(outcomes(), Names{"grant"});
}

TEST_F(GroundsTest, AnOpenGroundLeavesBothWays) {
  ground("t:g", "political_offence", GroundEffect::kMandatory, is("req.political"));
  EXPECT_EQ(outcomes(), (Names{"grant", "must_refuse"}));
  ASSERT_EQ(named("t:g").open.size(), 1U);
  EXPECT_EQ(book->atoms().key(named("t:g").open.front()), "req.political");
  EXPECT_EQ(outcomes({yes("req.political")}), Names{"must_refuse"});
  EXPECT_EQ(named("t:g").applies, Truth::kTrue);
  EXPECT_EQ(outcomes({no("req.political")}), Names{"grant"});
}

TEST_F(GroundsTest, TheStrictestGroundDecides) {
  ground("t:g1", "political_offence", GroundEffect::kOptional, is("req.political"));
  ground("t:g2", "torture", GroundEffect::kMandatory, is("req.torture"));
  EXPECT_EQ(outcomes({yes("req.political")}), (Names{"may_refuse", "must_refuse"}));
  EXPECT_EQ(outcomes({yes("req.political"), yes("req.torture")}), Names{"must_refuse"});
  EXPECT_EQ(answer->grounds.size(), 2U);
}

TEST_F(GroundsTest, AnAssuranceCures) {
  ground("t:g", "death_penalty", GroundEffect::kOptional, is("req.death")).ground->cures = {
      cure("req.assurance")};
  EXPECT_EQ(outcomes({yes("req.death")}), (Names{"grant_on_condition", "may_refuse"}));
  EXPECT_TRUE(named("t:g").is_conditional());
  EXPECT_EQ(outcomes({yes("req.death"), yes("req.assurance")}), Names{"grant_on_condition"});
  EXPECT_TRUE(named("t:g").is_cured());
  EXPECT_EQ(outcomes({yes("req.death"), no("req.assurance")}), Names{"may_refuse"});
  EXPECT_FALSE(named("t:g").is_conditional());
  EXPECT_EQ(outcomes(), (Names{"grant", "grant_on_condition", "may_refuse"}));
}

TEST_F(GroundsTest, AnExclusionTakesItsGroundAway) {
  ground("t:g", "political_offence", GroundEffect::kMandatory,
         test::unless(is("req.political"), Role::kExclusion, "attentat", is("req.attentat")));
  EXPECT_EQ(outcomes({yes("req.political")}), (Names{"grant", "must_refuse"}));
  EXPECT_EQ(outcomes({yes("req.political"), yes("req.attentat")}), Names{"grant"});
}

TEST_F(GroundsTest, PostponementIsNoRefusal) {
  ground("t:g", "own_investigation", GroundEffect::kPostpone, is("req.pending"));
  EXPECT_EQ(outcomes({yes("req.pending")}), Names{"grant"});
  EXPECT_EQ(answer->postponement, Truth::kTrue);
  EXPECT_EQ(ask().postponement, Truth::kUnknown);
  EXPECT_EQ(ask({no("req.pending")}).postponement, Truth::kFalse);
}

TEST_F(GroundsTest, ABarOfTheGoverningTreatyReachesNationalLaw) {
  ground("t:bar", "fiscal_offence", GroundEffect::kBarred, is("req.fiscal"));
  ground("BBB:g", "fiscal_offence", GroundEffect::kMandatory, is("req.fiscal"));
  EXPECT_EQ(outcomes({yes("req.fiscal")}), Names{"grant"});
  EXPECT_TRUE(named("BBB:g").is_barred);
  EXPECT_EQ(named("BBB:g").source, GroundSource::kOwnLaw);
  EXPECT_EQ(answer->bars.size(), 1U);
  // Whatever the fact: the bar holds in just the same case, which only an exact answer sees.
  EXPECT_EQ(outcomes(), Names{"grant"});
}

TEST_F(GroundsTest, ABarReachesItsOwnSubjectOnly) {
  ground("t:bar", "fiscal_offence", GroundEffect::kBarred, is("req.fiscal"));
  ground("BBB:g", "political_offence", GroundEffect::kMandatory, is("req.fiscal"));
  EXPECT_EQ(outcomes({yes("req.fiscal")}), Names{"must_refuse"});
}

TEST_F(GroundsTest, ABarOfATreatyThatDoesNotGovernReachesNothingElse) {
  law.treaty("u", InstrumentClass::kUniversal, {"AAA", "BBB"});
  law.basis("u:b", {"extradition"});
  ground("u:bar", "fiscal_offence", GroundEffect::kBarred, is("req.fiscal"));
  ground("BBB:g", "fiscal_offence", GroundEffect::kMandatory, is("req.fiscal"));
  ask({yes("req.fiscal")});
  EXPECT_EQ(answer->governing, "t");
  EXPECT_EQ(names(answer->outcomes), Names{"must_refuse"});
  ASSERT_EQ(answer->under.size(), 2U);
  EXPECT_EQ(answer->under[1].instrument, "u");
  EXPECT_EQ(names(answer->under[1].outcomes), Names{"grant"});
  EXPECT_EQ(names(ask({yes("req.fiscal")}, {.governing = "u"}).outcomes), Names{"grant"});
}

TEST_F(GroundsTest, GroundsOfAnotherBasisAreShownAndDoNotCount) {
  law.treaty("u", InstrumentClass::kUniversal, {"AAA", "BBB"});
  law.basis("u:b", {"extradition"});
  ground("u:g", "political_offence", GroundEffect::kMandatory, is("req.political"));
  EXPECT_EQ(outcomes({yes("req.political")}), Names{"grant"});
  EXPECT_EQ(named("u:g").source, GroundSource::kOtherBasis);
  EXPECT_EQ(named("u:g").applies, Truth::kTrue);
}

TEST_F(GroundsTest, HumanRightsHoldWhateverATreatySays) {
  law.treaty("hr", InstrumentClass::kHumanRights, {"BBB"});
  ground("hr:g", "torture", GroundEffect::kMandatory, is("req.torture")).ground->overrides = true;
  ground("t:bar", "torture", GroundEffect::kBarred, is("req.torture"));
  EXPECT_EQ(outcomes({yes("req.torture")}), Names{"must_refuse"});
  EXPECT_EQ(named("hr:g").source, GroundSource::kOverriding);
  EXPECT_FALSE(named("hr:g").is_barred);
}

TEST_F(GroundsTest, AnOverridingGroundOfAnotherUnionIsNotOwedHere) {
  law.treaty("union", InstrumentClass::kMutualRecognition, {"BBB"});
  law.basis("union:b", {"extradition"});
  ground("union:g", "torture", GroundEffect::kMandatory, is("req.torture")).ground->overrides =
      true;
  EXPECT_EQ(outcomes({yes("req.torture")}), Names{"grant"});
  EXPECT_TRUE(answer->grounds.empty());
}

TEST_F(GroundsTest, AnOverridingGroundOfTheBasisCannotBeBarred) {
  ground("t:bar", "torture", GroundEffect::kBarred, is("req.torture"));
  ground("t:g", "torture", GroundEffect::kMandatory, is("req.torture")).ground->overrides = true;
  EXPECT_EQ(outcomes({yes("req.torture")}), Names{"must_refuse"});
}

TEST_F(GroundsTest, WhetherAHumanRightsTreatyBindsMayBeUnknown) {
  law.treaty("hr", InstrumentClass::kHumanRights, {}).are_parties_complete = false;
  ground("hr:g", "torture", GroundEffect::kMandatory, is("req.torture")).ground->overrides = true;
  EXPECT_EQ(outcomes({yes("req.torture")}), (Names{"grant", "must_refuse"}));
  EXPECT_EQ(named("hr:g").requested.bound, Bound::kUnknown);
  EXPECT_EQ(named("hr:g").applies, Truth::kUnknown);
}

TEST_F(GroundsTest, OneThatDoesNotBindIsNamed) {
  law.treaty("hr", InstrumentClass::kHumanRights, {"AAA"});
  ground("hr:g", "torture", GroundEffect::kMandatory, is("req.torture")).ground->overrides = true;
  ask({yes("req.torture")});
  EXPECT_EQ(names(answer->outcomes), Names{"grant"});
  ASSERT_EQ(answer->not_binding.size(), 1U);
  EXPECT_NE(answer->not_binding.front().find("State BBB is not among the Parties"),
            std::string::npos);
}

TEST_F(GroundsTest, LawOfTheRequestingStateIsNotAsked) {
  ground("AAA:g", "political_offence", GroundEffect::kMandatory, is("req.political"));
  EXPECT_EQ(outcomes({yes("req.political")}), Names{"grant"});
}

TEST_F(GroundsTest, AGroundWithoutElementsIsUndecided) {
  ground("t:g", "essential_interests", GroundEffect::kOptional, all({})).elements.clear();
  EXPECT_EQ(outcomes(), (Names{"grant", "may_refuse"}));
  EXPECT_EQ(named("t:g").applies, Truth::kUnknown);
}

TEST_F(GroundsTest, DualCriminalityIsDecidedElsewhere) {
  ground("t:g", "dual_criminality", GroundEffect::kMandatory, all({})).elements.clear();
  const auto with = [&](std::optional<Truth> dual) {
    return names(
        ask({}, {.governing = {}, .dual_criminality = dual, .threshold_reached = {}}).outcomes);
  };
  EXPECT_EQ(with(Truth::kTrue), Names{"grant"});
  EXPECT_EQ(with(Truth::kFalse), Names{"must_refuse"});
  EXPECT_EQ(with(Truth::kUnknown), (Names{"grant", "must_refuse"}));
  EXPECT_EQ(with(std::nullopt), (Names{"grant", "must_refuse"}));
}

TEST_F(GroundsTest, WhereTwoGroundsLackDualCriminalityTheyFallTogether) {
  ground("t:g1", "dual_criminality", GroundEffect::kMandatory, is("req.political"));
  ground("t:g2", "dual_criminality", GroundEffect::kOptional, none({is("req.political")}));
  const auto& out =
      ask({}, {.governing = {}, .dual_criminality = Truth::kUnknown, .threshold_reached = {}});
  EXPECT_EQ(names(out.outcomes), (Names{"grant", "may_refuse", "must_refuse"}));
  const auto& never =
      ask({}, {.governing = {}, .dual_criminality = Truth::kFalse, .threshold_reached = {}});
  EXPECT_EQ(names(never.outcomes), (Names{"may_refuse", "must_refuse"}));
}

TEST_F(GroundsTest, AnInstrumentThatDoesNotServeCannotGovern) {
  ask();
  const auto out = find_grounds(*valuation, *bases, {.governing = "x"});
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, base::ErrorCode::kInvalidArgument);
}

TEST_F(GroundsTest, TreatiesThatMayServeAfterAllAreNamed) {
  law.treaty("u", InstrumentClass::kUniversal, {"AAA"}).are_parties_complete = false;
  law.basis("u:b", {"extradition"});
  ASSERT_EQ(ask().not_examined.size(), 1U);
  EXPECT_TRUE(answer->not_examined.front().starts_with("u: whether State BBB is bound is unknown"));
}

// Properties --------------------------------------------------------------------------------------

constexpr std::size_t kTerms = 5;

std::string term_name(std::size_t i) {
  return "req.p" + std::to_string(i);
}

rc::Gen<Node> node(int depth) {
  const auto leaf = rc::gen::map(rc::gen::inRange<std::size_t>(0, kTerms),
                                 [](std::size_t i) { return is(term_name(i)); });
  if (depth == 0) return leaf;
  const auto list = rc::gen::apply(
      [](int kind, std::vector<Node> children) {
        return kind == 0 ? all(std::move(children))
                         : (kind == 1 ? any(std::move(children)) : none(std::move(children)));
      },
      rc::gen::inRange(0, 3),
      rc::gen::resize(3,
                      rc::gen::nonEmpty(rc::gen::container<std::vector<Node>>(node(depth - 1)))));
  return rc::gen::oneOf(leaf, list);
}

/// What the answer would be if all facts were known, straight from the rules.
Outcome outcome_of(const LawBook& book, const GroundsAnswer& answer,
                   const std::vector<Truth>& values) {
  Outcome out = Outcome::kGrant;
  const auto holds = [&](ProvisionIndex i) {
    return evaluate_kleene(book.formulas(), book.compiled(i).formula.root, values,
                           Defences::kAsUnknown) == Truth::kTrue;
  };
  for (const GroundAnswer& ground : answer.grounds) {
    const GroundRule& rule = *book.provisions[ground.provision].ground;
    if (ground.source == GroundSource::kOtherBasis || !holds(ground.provision)) continue;
    if (std::ranges::any_of(ground.bars, holds)) continue;
    const bool is_cured = std::ranges::any_of(rule.cures, [&](const Cure& c) {
      return values[book.atoms().find_term({}, c.term)] == Truth::kTrue;
    });
    const Outcome one = is_cured                                  ? Outcome::kGrantOnCondition
                        : rule.effect == GroundEffect::kMandatory ? Outcome::kMustRefuse
                                                                  : Outcome::kMayRefuse;
    out = std::max(out, one);
  }
  return out;
}

/// Every completion of the open terms that the theory allows.
std::vector<std::vector<Truth>> completions(const LawBook& book, const Valuation& valuation) {
  std::vector<std::vector<Truth>> out;
  for (unsigned bits = 0; bits < (1U << kTerms); ++bits) {
    std::vector<Literal> literals;
    for (std::size_t i = 0; i < kTerms; ++i) {
      const AtomId atom = book.atoms().find_term({}, term_name(i));
      literals.push_back((bits >> i & 1U) != 0 ? positive(atom) : negative(atom));
    }
    const auto whole = valuation.assuming(literals);
    if (whole) out.emplace_back(whole->values().begin(), whole->values().end());
  }
  return out;
}

TEST(GroundsProperty, OutcomesAreJustThoseThatComeTrue) {
  rc::check([] {
    CooperationBuilder law;
    law.world({"AAA", "BBB"});
    for (std::size_t i = 0; i < kTerms; ++i) law.term(term_name(i));
    if (*rc::gen::arbitrary<bool>()) law.entails("e", {term_name(0), term_name(1)}, term_name(2));
    if (*rc::gen::arbitrary<bool>()) law.exclusive("x", {term_name(2), term_name(3)});
    law.treaty("t", InstrumentClass::kSubject, {"AAA", "BBB"});
    law.basis("t:b", {"extradition"});
    law.treaty("hr", InstrumentClass::kHumanRights, {"BBB"});
    const int count = *rc::gen::inRange(1, 6);
    for (int i = 0; i < count; ++i) {
      const std::string owner = *rc::gen::element<std::string>("t", "BBB", "hr");
      const auto effect = *rc::gen::element(GroundEffect::kMandatory, GroundEffect::kOptional,
                                            GroundEffect::kBarred);
      const auto subject = *rc::gen::element<std::string>("s1", "s2");
      Provision& ground =
          law.ground(owner + ":g" + std::to_string(i), {"extradition"}, subject, effect, *node(2));
      if (*rc::gen::arbitrary<bool>()) {
        ground.ground->cures = {cure(term_name(*rc::gen::inRange<std::size_t>(0, kTerms)))};
      }
    }
    const LawBook book = law.link();
    std::vector<Fact> facts;
    for (std::size_t i = 0; i < kTerms; ++i) {
      const int said = *rc::gen::inRange(0, 8);
      if (said == 0) facts.push_back(yes(term_name(i)));
      if (said == 1) facts.push_back(no(term_name(i)));
    }
    const auto valuation = Valuation::make(book, facts);
    RC_PRE(valuation.ok());
    const auto bases = find_bases(book, {.requesting = "AAA",
                                         .requested = "BBB",
                                         .kind = "extradition",
                                         .on = date("2020-01-01"),
                                         .facts = facts});
    RC_ASSERT(bases.ok());
    const auto answer = find_grounds(*valuation, *bases);
    RC_ASSERT(answer.ok());
    OutcomeSet expected;
    const auto all_completions = completions(book, *valuation);
    RC_ASSERT(!all_completions.empty());
    for (const auto& values : all_completions) {
      const Outcome outcome = outcome_of(book, *answer, values);
      RC_ASSERT(answer->outcomes.contains(outcome));
      expected.insert(outcome);
    }
    RC_ASSERT(expected == answer->outcomes);
    RC_CLASSIFY(answer->outcomes.is_settled(), "settled");
  });
}

}  // namespace
}  // namespace rogatory::law
