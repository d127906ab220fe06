// SPDX-License-Identifier: EUPL-1.2
//
// Bases, grounds and clocks beside offences: how they are shown, and that they answer no question
// about conduct.

#include <gtest/gtest.h>

#include <vector>

#include "law/compare.h"
#include "law/cover.h"
#include "law/report.h"
#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::is;
using test::LawBuilder;
using test::yes;

class RuleReportTest : public testing::Test {
 protected:
  RuleReportTest() {
    law.terms({"act.access", "req.offence.political", "req.assurance.fair"});
    law.offence("i:art-2", is("act.access"));
    law.offence("j:art-1", is("act.access"));
    law.offence("AAA:s-1", is("act.access"));
  }

  // A rule with the elements of the offence, in the instrument or State of `id`.
  Provision& rule(std::string_view id, ProvisionKind kind) {
    Provision& out = law.offence(id, is("act.access"));
    out.kind = kind;
    out.for_kinds = {"extradition"};
    return out;
  }

  std::string shown(std::string_view id) {
    const LawBook book = law.link();
    Document out;
    write_provision(book, *book.find_provision(id), out);
    return out.to_text();
  }

  LawBuilder law;
};

TEST_F(RuleReportTest, RulesAnswerNoQuestionAboutConduct) {
  for (const std::string_view owner : {"i", "j", "AAA"}) {
    const std::string prefix = std::string(owner) + ':';
    rule(prefix + "b", ProvisionKind::kBasis).basis.emplace();
    rule(prefix + "g", ProvisionKind::kGround).ground.emplace();
    rule(prefix + "k", ProvisionKind::kClock).clock.emplace();
  }
  const LawBook book = law.link();
  const std::vector<Fact> facts = {yes("act.access")};
  const auto under = classify_under_instrument(book, *book.find_instrument("i"), facts);
  ASSERT_TRUE(under.ok());
  EXPECT_EQ(under->assessments.size(), 1U);
  const auto state = classify_under_state(book, *book.find_state("AAA"), facts,
                                          test::date("2010-01-01"), {.state = "AAA"});
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->assessments.size(), 1U);
  EXPECT_EQ(state->relied_on.size(), 1U);
  EXPECT_EQ(compare(book, "i", "j").paragraphs.size(), 1U);
  const auto covered =
      cover(book, *book.find_instrument("i"), *book.find_state("AAA"), test::date("2010-01-01"));
  ASSERT_EQ(covered.size(), 1U);
  EXPECT_EQ(covered[0].covered_by.size(), 1U);
}

TEST_F(RuleReportTest, ShowsABasis) {
  Provision& p = rule("i:b", ProvisionKind::kBasis);
  p.basis = BasisRule{.by = BasisBy::kTreaty,
                      .offences = BasisOffences::kConvention,
                      .dual_criminality = DualCriminalityRule::kRequired,
                      .threshold = PenaltyThreshold{.op = Comparison::kGe, .months = 12},
                      .remaining = PenaltyThreshold{.op = Comparison::kGt, .months = 4},
                      .list = {},
                      .yields_to = {InstrumentClass::kBilateral},
                      .conditions = {{.id = "c", .term = "", .citation = test::found("Art. 2")}}};
  const std::string text = shown("i:b");
  EXPECT_NE(text.find("For requests of the kind: extradition."), std::string::npos) << text;
  EXPECT_NE(text.find("- By treaty, for the offences of this instrument.\n"
                      "- Dual criminality: required.\n"
                      "- Penalty: a maximum of at least 12 months under both laws.\n"
                      "- Still to be served: more than 4 months.\n"
                      "- Steps back where one of these binds both States: bilateral.\n"
                      "- Condition c: Art. 2 [found]\n"),
            std::string::npos)
      << text;
}

TEST_F(RuleReportTest, ShowsAGroundWithTheLabelOfItsSubject) {
  Provision& p = rule("i:g", ProvisionKind::kGround);
  p.ground = GroundRule{.subject = "political_offence",
                        .effect = GroundEffect::kMandatory,
                        .overrides = true,
                        .cures = {{.term = "req.assurance.fair", .citation = test::found()}},
                        .instead = "own prosecution"};
  GroundSubject subject;
  subject.id = "political_offence";
  subject.label = "offences of politics";
  law.book().world.ground_subjects.push_back(subject);
  const std::string text = shown("i:g");
  EXPECT_NE(text.find("- offences of politics: assistance is refused.\n"
                      "- Holds whatever a treaty says or omits.\n"
                      "- Taken away by req.assurance.fair: Art. 1 [found]\n"
                      "- After a refusal: own prosecution.\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("When it applies"), std::string::npos) << text;
}

TEST_F(RuleReportTest, ShowsAClock) {
  Provision& p = rule("i:k", ProvisionKind::kClock);
  p.clock = ClockRule{.starts = ClockStart::kRequestReceived,
                      .value = 10,
                      .unit = ClockUnit::kWorkingDays,
                      .sense = ClockSense::kAtMost,
                      .then = "it is refused",
                      .extend = ClockExtension{.value = 5, .citation = test::found("Art. 3")},
                      .free_day = FreeDayRule{.end = FreeDayEnd::kNextWorkingDay,
                                              .citation = test::found("Art. 4")}};
  EXPECT_NE(shown("i:k").find("- At most 10 working days from: request received.\n"
                              "- Then: it is refused\n"
                              "- On a free day: ends with the next working day: Art. 4 [found]\n"
                              "- May be extended by 5 days: Art. 3 [found]\n"),
            std::string::npos);
}

TEST_F(RuleReportTest, WritesJsonAsTheCorpusSaysIt) {
  Provision& p = rule("i:k", ProvisionKind::kClock);
  p.clock = ClockRule{.value = 60, .sense = ClockSense::kAtLeast};
  const LawBook book = law.link();
  const base::Json json = provision_full_json(book, *book.find_provision("i:k"));
  EXPECT_EQ(base::canonical_json(json.at("clock")),
            R"({"sense":"at_least","starts":"request_received","unit":"days","value":60})");
  EXPECT_EQ(base::canonical_json(json.at("for")), R"(["extradition"])");
  EXPECT_EQ(json.as_object().if_contains("basis"), nullptr);
  const base::Json offence = provision_full_json(book, *book.find_provision("i:art-2"));
  EXPECT_EQ(offence.as_object().if_contains("for"), nullptr);
}

}  // namespace
}  // namespace rogatory::law
