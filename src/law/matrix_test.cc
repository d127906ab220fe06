// SPDX-License-Identifier: EUPL-1.2

#include "law/matrix.h"

#include <gtest/gtest.h>

#include <optional>

#include "law/answer.h"
#include "support/law_builder.h"

namespace rogatory::law {
namespace {

using test::all;
using test::date;
using test::from;
using test::is;
using test::LawBuilder;
using test::no;
using test::of_state;
using test::yes;

/// Three States: AAA knows the offence with a high penalty, BBB with a low one, CCC not (and its
/// list is exhaustive).
class MatrixTest : public testing::Test {
 protected:
  MatrixTest() {
    law.terms({"act.access", "act.delete", "obj.data"});
    law.term("obj.own").is_state_bound = true;
    law.offence("i:2", all({is("act.access"), is("obj.data")}));
    law.offence("AAA:x", all({is("act.access"), is("obj.data")})).penalties = {penalty(60)};
    law.offence("AAA:own", all({is("act.delete"), is("obj.own")}));
    law.offence("BBB:x", is("act.access")).penalties = {penalty(6)};
    law.offence("BBB:own", all({is("act.delete"), is("obj.own")}));
    law.state("CCC");
    law.closure("CCC", is("act.access"), from("1990-01-01"));
    law.offence("i:4", all({is("act.delete"), is("obj.own")}));
  }

  static Penalty penalty(int months) {
    Penalty out;
    out.form = "basic";
    out.max_months = months;
    return out;
  }

  const DualMatrix& ask(std::vector<Fact> facts) {
    if (!book) book.emplace(law.link());
    states.clear();
    for (const StateLaw& state : book->states) states.push_back(&state);
    offences = {*book->find_provision_index("i:2"), *book->find_provision_index("i:4")};
    stated = std::move(facts);
    const OffenceLinks links = link_offences(*book, states, offences);
    auto out = compute_matrix(*book,
                              {.states = states,
                               .offences = offences,
                               .rules = rules,
                               .facts = stated,
                               .on = date("2010-01-01")},
                              links);
    EXPECT_TRUE(out.ok()) << out.error().to_string();
    matrix.emplace(out.take());
    return *matrix;
  }

  static constexpr std::size_t kA = 0;
  static constexpr std::size_t kB = 1;
  static constexpr std::size_t kC = 2;
  LawBuilder law;
  std::optional<LawBook> book;
  std::vector<const StateLaw*> states;
  std::vector<ProvisionIndex> offences;
  const std::vector<RequestRule> rules{
      {.kind = "search", .needs_dual_criminality = true, .min_months = std::nullopt},
      {.kind = "preservation", .needs_dual_criminality = false, .min_months = std::nullopt},
      {.kind = "extradition", .needs_dual_criminality = true, .min_months = 12}};
  std::vector<Fact> stated;
  std::optional<DualMatrix> matrix;
};

TEST_F(MatrixTest, EachKindHasItsRule) {
  const DualMatrix& out = ask({yes("act.access"), yes("obj.data")});
  EXPECT_EQ(out.size(), 3U * 3U * 2U * 3U);
  EXPECT_EQ(out.at(kA, kB, 0, 0), Verdict::kMet);
  // Six months are not enough; that there is no other offence in BBB nobody has said.
  EXPECT_EQ(out.at(kA, kB, 0, 2), Verdict::kUndetermined);
  EXPECT_EQ(out.at(kA, kA, 0, 2), Verdict::kMet);
  EXPECT_EQ(out.at(kA, kC, 0, 0), Verdict::kNotMet);
  EXPECT_EQ(out.at(kA, kC, 0, 1), Verdict::kMet);
  EXPECT_EQ(out.at(kC, kA, 0, 1), Verdict::kNotMet);
}

TEST_F(MatrixTest, WithoutAClosureThereIsNoNo) {
  const DualMatrix& out = ask({no("act.access")});
  EXPECT_EQ(out.at(kA, kB, 0, 0), Verdict::kUndetermined);
}

TEST_F(MatrixTest, FactsAboutAStateAreTransposed) {
  const DualMatrix& out = ask({yes("act.delete"), of_state(yes("obj.own"), "AAA")});
  EXPECT_EQ(out.at(kA, kB, 1, 0), Verdict::kMet);
  EXPECT_EQ(out.at(kB, kA, 1, 0), Verdict::kUndetermined);
}

TEST_F(MatrixTest, AgreesWithTheAnswerForOnePair) {
  for (const auto& facts :
       {std::vector{yes("act.access"), yes("obj.data"), no("act.delete")},
        std::vector{yes("act.access"), no("obj.data"), no("act.delete")},
        std::vector{of_state(yes("obj.own"), "AAA"), yes("act.delete"), no("act.access")}}) {
    const DualMatrix& out = ask(facts);
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t q = 0; q < 3; ++q) {
        const auto whole =
            dual_criminality(*book, {.requesting = states[r],
                                     .requested = states[q],
                                     .facts = stated,
                                     .dates = {.from = date("2010-01-01"), .until = {}},
                                     .request_date = {},
                                     .warrant_date = {},
                                     .decision_date = {}});
        ASSERT_TRUE(whole.ok());
        EXPECT_EQ(std::max(out.at(r, q, 0, 0), out.at(r, q, 1, 0)), whole->verdict) << r << q;
      }
    }
  }
}

TEST_F(MatrixTest, RefusesLinksThatDoNotFit) {
  ask({});
  const auto out = compute_matrix(*book,
                                  {.states = states,
                                   .offences = offences,
                                   .rules = rules,
                                   .facts = stated,
                                   .on = date("2010-01-01")},
                                  {});
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, base::ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace rogatory::law
