// SPDX-License-Identifier: EUPL-1.2

#include "law/competing.h"

#include <gtest/gtest.h>

#include <optional>

#include "support/cooperation_builder.h"

namespace rogatory::law {
namespace {

using test::CooperationBuilder;
using test::date;
using test::is;
using test::yes;

/// AAA and BBB ask CCC for one person.
class CompetingTest : public testing::Test {
 protected:
  CompetingTest() {
    law.world({"AAA", "BBB", "CCC"});
    law.terms({"act.access", "req.person.national_of_requesting"});
    law.treaty("t", InstrumentClass::kSubject, {"AAA", "CCC"});
    law.basis("t:b", {"extradition"});
    law.treaty("u", InstrumentClass::kSubject, {"AAA", "BBB"});
    law.basis("u:b", {"extradition"});
    Penalty penalty;
    penalty.max_months = 24;
    Penalty life;
    life.max = "life";
    Penalty aggravated;
    aggravated.max_months = 240;
    aggravated.when = {is("act.access")};
    law.offence("AAA:x", is("act.access")).penalties = {penalty};
    law.offence("AAA:y", is("act.access")).penalties = {penalty, aggravated};
    law.offence("AAA:z", is("req.person.national_of_requesting")).penalties = {life};
  }

  CompetingRequest request(std::string_view state, std::vector<Fact> facts) {
    return {.requesting = std::string(state),
            .received = date("2020-02-01"),
            .facts = std::move(facts),
            .dates = {.from = date("2019-01-01"), .until = {}},
            .offences = {}};
  }

  base::Result<CompetingAnswer> ask(std::vector<CompetingRequest> requests) {
    if (!book) book.emplace(law.link());
    question = {.requested = "CCC", .requests = std::move(requests)};
    return compare_requests(*book, question);
  }

  CooperationBuilder law;
  std::optional<LawBook> book;
  CompetingQuestion question;
};

TEST_F(CompetingTest, CriteriaStandSideBySide) {
  const auto out = ask({request("AAA", {yes("act.access")}), request("BBB", {yes("act.access")})});
  ASSERT_TRUE(out.ok()) << out.error().to_string();
  ASSERT_EQ(out->requests.size(), 2U);
  const CompetingCriteria& a = out->requests[0];
  ASSERT_NE(a.gravity.penalty, nullptr);
  EXPECT_EQ(a.gravity.penalty->max_months, 240);
  EXPECT_TRUE(a.gravity.is_open);
  EXPECT_EQ(a.extradition.bases.bases.size(), 1U);
  EXPECT_EQ(a.nationality.front().value, Truth::kUnknown);
  const CompetingCriteria& b = out->requests[1];
  EXPECT_EQ(b.gravity.unknown, "the law of State BBB is not encoded");
  EXPECT_TRUE(b.extradition.bases.bases.empty());
}

TEST_F(CompetingTest, OnwardExtraditionLooksFromOneToTheOther) {
  const auto out = ask({request("AAA", {}), request("BBB", {})});
  ASSERT_TRUE(out.ok());
  ASSERT_EQ(out->requests[0].onward.size(), 1U);
  EXPECT_TRUE(out->requests[0].onward[0].has_basis);
  EXPECT_EQ(out->requests[0].onward[0].to, "BBB");
  EXPECT_EQ(out->requests[0].onward[0].instrument, "u");
}

TEST_F(CompetingTest, LifeIsGraverThanAnyNumber) {
  const auto out =
      ask({request("AAA", {yes("act.access"), yes("req.person.national_of_requesting")}),
           request("BBB", {})});
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(out->requests[0].gravity.penalty->max, "life");
  EXPECT_EQ(out->requests[0].nationality.front().value, Truth::kTrue);
}

TEST_F(CompetingTest, RefusesWhatDoesNotCompete) {
  EXPECT_EQ(ask({request("AAA", {})}).error().code, base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(ask({request("AAA", {}), request("aaa", {})}).error().code,
            base::ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace rogatory::law
