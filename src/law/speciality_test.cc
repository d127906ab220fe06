// SPDX-License-Identifier: EUPL-1.2

#include "law/speciality.h"

#include <gtest/gtest.h>

#include <optional>

#include "support/cooperation_builder.h"

namespace rogatory::law {
namespace {

using test::CooperationBuilder;
using test::date;
using test::no;
using test::yes;

class NoZones final : public ZoneRules {
 public:
  std::optional<std::chrono::seconds> offset_at(std::string_view /*zone*/,
                                                std::chrono::sys_seconds /*at*/) const override {
    return std::nullopt;
  }
};

base::Instant at(std::string_view text) {
  return base::Instant::parse(text).value();
}

/// BBB surrendered a person to AAA for `AAA:one`; AAA would try for `AAA:two` as well.
class SpecialityTest : public testing::Test {
 protected:
  SpecialityTest() {
    law.world({"AAA", "BBB"});
    for (const std::string_view term : {kStateConsentsToTrial, kSpecialityRenounced, kCameBack,
                                        kCouldNotLeave, kLeftInTime, kStateConsentsToUse}) {
      law.term(term);
    }
    law.treaty("t", InstrumentClass::kSubject, {"AAA", "BBB"});
    law.basis("t:b", {"extradition", "stored_content"});
  }

  BasisAnswer bases(std::string_view kind) {
    if (!book) book.emplace(law.link());
    auto out = find_bases(*book, {.requesting = "AAA",
                                  .requested = "BBB",
                                  .kind = std::string(kind),
                                  .on = date("2020-01-01"),
                                  .facts = {}});
    EXPECT_TRUE(out.ok());
    return out.take();
  }

  SpecialityAnswer ask(std::vector<Fact> stated = {}, std::string_view now = {},
                       std::string_view discharged = {}) {
    const BasisAnswer found = bases("extradition");
    facts = std::move(stated);
    const auto valuation = Valuation::make(*book, facts);
    EXPECT_TRUE(valuation.ok());
    SpecialityQuestion question{.granted = {"AAA:one"}, .asked = {"AAA:one", "AAA:two"}};
    if (!now.empty()) question.now = at(now);
    if (!discharged.empty()) {
      question.events = {{.start = ClockStart::kDischarge, .at = at(discharged)}};
    }
    auto out = trial_after_surrender(*valuation, found, question, NoZones());
    EXPECT_TRUE(out.ok());
    EXPECT_EQ(out->answers.at(0).permission, Permission::kGranted);
    return out.take();
  }

  Permission second(std::vector<Fact> stated = {}, std::string_view now = {},
                    std::string_view discharged = {}) {
    return ask(std::move(stated), now, discharged).answers.at(1).permission;
  }

  static std::vector<Fact> stayed_though_free() { return {no(kCouldNotLeave), no(kLeftInTime)}; }

  void add_time_to_leave() {
    law.clock("t:k", {"extradition"}, ClockStart::kDischarge, 45, ClockUnit::kDays);
  }

  CooperationBuilder law;
  std::optional<LawBook> book;
  std::vector<Fact> facts;
};

TEST_F(SpecialityTest, WithoutAnEncodedRuleItIsUnknown) {
  EXPECT_EQ(second(), Permission::kUnknown);
}

TEST_F(SpecialityTest, ARuleProtectsUntilSomethingOpensIt) {
  add_time_to_leave();
  const SpecialityAnswer out = ask();
  EXPECT_EQ(out.answers.at(1).permission, Permission::kNeedsConsent);
  EXPECT_EQ(out.answers.at(1).open.size(), 3U);
  EXPECT_EQ(second({yes(kStateConsentsToTrial)}), Permission::kFree);
  EXPECT_EQ(second({yes(kSpecialityRenounced)}), Permission::kFree);
  EXPECT_EQ(second({yes(kCameBack)}), Permission::kFree);
  EXPECT_EQ(second({no(kStateConsentsToTrial), no(kSpecialityRenounced), no(kCameBack)}),
            Permission::kNeedsConsent);
}

TEST_F(SpecialityTest, TimeToLeaveOpensItForWhomStayedThoughFree) {
  add_time_to_leave();
  const char* discharged = "2020-01-01T12:00:00Z";
  // The forty-fifth day is 15 February.
  EXPECT_EQ(second(stayed_though_free(), "2020-02-15T23:59:59Z", discharged),
            Permission::kNeedsConsent);
  const char* after = "2020-02-16T00:00:00Z";
  EXPECT_EQ(second(stayed_though_free(), after, discharged), Permission::kFree);
  EXPECT_EQ(second({yes(kCouldNotLeave), no(kLeftInTime)}, after, discharged),
            Permission::kNeedsConsent);
  EXPECT_EQ(second({no(kCouldNotLeave), yes(kLeftInTime)}, after, discharged),
            Permission::kNeedsConsent);
  // Who left and came back is no longer protected.
  EXPECT_EQ(second({no(kCouldNotLeave), yes(kLeftInTime), yes(kCameBack)}, after, discharged),
            Permission::kFree);
  for (const auto& [known, open] :
       {std::pair(kCouldNotLeave, kLeftInTime), std::pair(kLeftInTime, kCouldNotLeave)}) {
    const SpecialityAnswer half = ask({no(known)}, after, discharged);
    EXPECT_EQ(half.answers.at(1).permission, Permission::kNeedsConsent);
    EXPECT_EQ(half.answers.at(1).open.back(), open) << "what is not known is not presumed";
  }
}

TEST_F(SpecialityTest, ClocksOfOtherEventsAreNoTimeToLeave) {
  law.clock("t:k", {"extradition"}, ClockStart::kArrest, 40, ClockUnit::kDays);
  EXPECT_EQ(second(), Permission::kUnknown);
}

TEST_F(SpecialityTest, LimitsOnUseAreReadFromTheBasis) {
  const auto use = [&](std::vector<Fact> stated) {
    const BasisAnswer found = bases("stored_content");
    facts = std::move(stated);
    const auto valuation = Valuation::make(*book, facts);
    EXPECT_TRUE(valuation.ok());
    return use_of_evidence(*valuation, found, {.granted = {"this case"}, .asked = {"tax matters"}})
        .answers.at(0)
        .permission;
  };
  EXPECT_EQ(use({}), Permission::kUnknown);
  CooperationBuilder other;
  std::swap(law, other);
  law.world({"AAA", "BBB"});
  law.term(kStateConsentsToUse);
  law.treaty("t", InstrumentClass::kSubject, {"AAA", "BBB"});
  law.basis("t:b", {"stored_content"}).basis->conditions = {test::condition("use-limits")};
  book.reset();
  EXPECT_EQ(use({}), Permission::kNeedsConsent);
  EXPECT_EQ(use({yes(kStateConsentsToUse)}), Permission::kFree);
}

TEST_F(SpecialityTest, TheRequestingStatesOwnLawIsShownButFreesNobody) {
  law.clock("AAA:leave", {"extradition"}, ClockStart::kDischarge, 45, ClockUnit::kDays)
      .clock->side = WhoseLaw::kRequesting;
  const SpecialityAnswer out =
      ask(stayed_though_free(), "2020-06-01T12:00:00Z", "2020-01-01T12:00:00Z");
  ASSERT_EQ(out.clocks.size(), 1U);
  EXPECT_EQ(out.clocks[0].deadline->last_day.to_string(), "2020-02-15");
  EXPECT_EQ(out.answers.at(1).permission, Permission::kUnknown);
}

TEST_F(SpecialityTest, TheLongerTimeToLeaveCounts) {
  law.clock("t:k", {"extradition"}, ClockStart::kDischarge, 45, ClockUnit::kDays);
  law.clock("BBB:k", {"extradition"}, ClockStart::kDischarge, 30, ClockUnit::kDays);
  EXPECT_EQ(second(stayed_though_free(), "2020-02-05T12:00:00Z", "2020-01-01T12:00:00Z"),
            Permission::kNeedsConsent);
  EXPECT_EQ(second(stayed_though_free(), "2020-02-16T12:00:00Z", "2020-01-01T12:00:00Z"),
            Permission::kFree);
}

}  // namespace
}  // namespace rogatory::law
