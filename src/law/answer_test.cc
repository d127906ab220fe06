// SPDX-License-Identifier: EUPL-1.2

#include "law/answer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

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

using Reasons = std::vector<UnknownReason>;

Period period(base::DateRange range, PeriodState state = PeriodState::kInForce,
              Confidence confidence = Confidence::kFound) {
  Period out{.range = range, .state = state, .citation = test::found()};
  out.citation.confidence = confidence;
  return out;
}

/// Two States, each with a law on access; questions in one line.
class AnswerTest : public testing::Test {
 protected:
  AnswerTest() {
    law.terms({"act.access", "act.delete", "circ.p"});
    law.term("obj.own").is_state_bound = true;
  }

  const LawBook& book() {
    if (!linked) linked.emplace(law.link());
    return *linked;
  }

  StateAnswer ask(std::string_view state, std::vector<Fact> stated, std::string_view day) {
    facts = std::move(stated);
    const StateLaw& in = *book().find_state(state);
    auto out = classify_under_state(book(), in, facts, date(day),
                                    {.state = in.iso3, .transposed_from = {}});
    EXPECT_TRUE(out.ok()) << out.error().to_string();
    return out.take();
  }

  DualQuestion question(std::vector<Fact> stated, std::string_view first,
                        std::optional<std::string_view> last = std::nullopt) {
    facts = std::move(stated);
    DualQuestion q;
    q.requesting = book().find_state("AAA");
    q.requested = book().find_state("BBB");
    q.facts = facts;
    q.dates.from = date(first);
    if (last) q.dates.until = date(*last);
    return q;
  }

  DualAnswer dual(const DualQuestion& q) {
    auto out = dual_criminality(book(), q);
    EXPECT_TRUE(out.ok()) << out.error().to_string();
    return out.take();
  }

  LawBuilder law;
  std::optional<LawBook> linked;
  std::vector<Fact> facts;
};

TEST_F(AnswerTest, AMetProvisionIsAYes) {
  law.offence("AAA:x", is("act.access"));
  const StateAnswer out = ask("AAA", {yes("act.access")}, "2010-01-01");
  EXPECT_EQ(out.verdict, Verdict::kMet);
  EXPECT_EQ(out.relied_on, std::vector<ProvisionIndex>{0});
  EXPECT_TRUE(out.reasons.empty());
  EXPECT_EQ(out.confidence, Confidence::kFound);
}

TEST_F(AnswerTest, WithoutAClosureItIsNeverANo) {
  law.offence("AAA:x", is("act.access"));
  const StateAnswer out = ask("AAA", {no("act.access")}, "2010-01-01");
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.reasons, Reasons{UnknownReason::kLawNotEncoded});
  EXPECT_EQ(out.closure, nullptr);
}

TEST_F(AnswerTest, AStateWithoutLawIsNotEncoded) {
  law.state("AAA");
  const StateAnswer out = ask("AAA", {yes("act.access")}, "2010-01-01");
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.reasons, Reasons{UnknownReason::kLawNotEncoded});
}

TEST_F(AnswerTest, AClosureAllowsANo) {
  law.offence("AAA:x", all({is("act.access"), is("circ.p")}));
  law.closure("AAA", is("act.access"), from("2000-01-01"));
  const StateAnswer out = ask("AAA", {yes("act.access"), no("circ.p")}, "2010-01-01");
  EXPECT_EQ(out.verdict, Verdict::kNotMet);
  ASSERT_NE(out.closure, nullptr);
  EXPECT_EQ(out.confidence, Confidence::kFound);
}

TEST_F(AnswerTest, AClosureCountsForItsSubjectAndPeriodOnly) {
  law.offence("AAA:x", all({is("act.access"), is("circ.p")}));
  law.closure("AAA", is("act.access"), test::between("2000-01-01", "2005-01-01"));
  const std::vector<Fact> conduct{yes("act.access"), no("circ.p")};
  EXPECT_EQ(ask("AAA", conduct, "2004-12-31").verdict, Verdict::kNotMet);
  EXPECT_EQ(ask("AAA", conduct, "2005-01-01").verdict, Verdict::kUndetermined);
  EXPECT_EQ(ask("AAA", {yes("act.delete"), no("circ.p")}, "2004-12-31").verdict,
            Verdict::kUndetermined);
}

TEST_F(AnswerTest, UnderAClosureAnOpenFactStaysOpen) {
  law.offence("AAA:x", all({is("act.access"), is("circ.p")}));
  law.closure("AAA", is("act.access"), from("2000-01-01"));
  const StateAnswer out = ask("AAA", {yes("act.access")}, "2010-01-01");
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.reasons, Reasons{UnknownReason::kNotStated});
}

TEST_F(AnswerTest, AProvisionWithoutElementsKeepsItOpenUnderAClosure) {
  law.offence("AAA:x", is("act.delete")).elements.clear();
  law.closure("AAA", is("act.access"), from("2000-01-01"));
  const StateAnswer out = ask("AAA", {yes("act.access")}, "2010-01-01");
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.reasons, Reasons{UnknownReason::kLawNotEncoded});
}

TEST_F(AnswerTest, SuspendedAndAnnulledProvisionsDoNotApply) {
  law.offence("AAA:x", is("act.access")).periods = {
      period(test::between("2000-01-01", "2005-01-01")),
      period(test::between("2005-01-01", "2006-01-01"), PeriodState::kSuspended),
      period(test::between("2006-01-01", "2007-01-01")),
      period(from("2007-01-01"), PeriodState::kAnnulled, Confidence::kDerived)};
  law.closure("AAA", is("act.access"), from("1990-01-01"));
  const std::vector<Fact> conduct{yes("act.access")};
  EXPECT_EQ(ask("AAA", conduct, "2004-12-31").verdict, Verdict::kMet);
  EXPECT_EQ(ask("AAA", conduct, "2006-06-01").verdict, Verdict::kMet);
  const StateAnswer suspended = ask("AAA", conduct, "2005-06-01");
  EXPECT_EQ(suspended.verdict, Verdict::kNotMet);
  ASSERT_EQ(suspended.not_applicable.size(), 1U);
  EXPECT_EQ(suspended.not_applicable.front().period->state, PeriodState::kSuspended);
  EXPECT_EQ(suspended.confidence, Confidence::kFound);
  // The no rests on the annulment, and is no surer.
  const StateAnswer annulled = ask("AAA", conduct, "2010-01-01");
  EXPECT_EQ(annulled.verdict, Verdict::kNotMet);
  EXPECT_EQ(annulled.confidence, Confidence::kDerived);
  const StateAnswer before = ask("AAA", conduct, "1999-12-31");
  EXPECT_EQ(before.verdict, Verdict::kNotMet);
  EXPECT_EQ(before.not_applicable.front().period, nullptr);
}

TEST_F(AnswerTest, AReferenceReachesOnlyWhatWasInForce) {
  law.offence("AAA:x", is("act.access")).periods = {
      period(test::between("2000-01-01", "2005-01-01")),
      period(test::between("2005-01-01", "2006-01-01"), PeriodState::kSuspended),
      period(from("2006-01-01"), PeriodState::kInForce, Confidence::kRecalled)};
  law.offence("AAA:old", is("act.access")).periods = {
      period(test::between("1990-01-01", "1995-01-01"))};
  law.offence("AAA:attempt", test::refer(ReferAs::kAttemptOf, {"AAA:x", "AAA:old"}));
  // Through another reference as well.
  law.offence("AAA:aid", test::refer(ReferAs::kAidingOf, {"AAA:attempt"}));
  law.closure("AAA", is("circ.p"), from("1980-01-01"));
  Fact aimed = yes("act.access");
  aimed.scope = {Scope::kIntended};
  Fact principal = yes("act.access");
  principal.scope = {Scope::kPrincipal, Scope::kIntended};
  const std::vector<Fact> conduct{aimed, principal, no("act.access"), yes("circ.p")};
  for (const auto& [day, verdict] :
       {std::pair("1989-12-31", Verdict::kNotMet), std::pair("1990-01-01", Verdict::kMet),
        std::pair("1995-01-01", Verdict::kNotMet), std::pair("2000-01-01", Verdict::kMet),
        std::pair("2005-06-01", Verdict::kNotMet), std::pair("2006-01-01", Verdict::kMet)}) {
    const StateAnswer out = ask("AAA", conduct, day);
    EXPECT_EQ(out.verdict, verdict) << day;
    EXPECT_EQ(out.relied_on.size(), verdict == Verdict::kMet ? 2U : 0U) << day;
  }
  // The no is no surer than the days of what it does not reach.
  const StateAnswer before = ask("AAA", conduct, "1989-12-31");
  EXPECT_EQ(before.confidence, Confidence::kRecalled);
  const auto attempt = std::ranges::find_if(before.assessments, [&](const Assessment& a) {
    return book().provisions[a.provision].id == "AAA:attempt";
  });
  ASSERT_NE(attempt, before.assessments.end());
  const ProofNode& reference = attempt->proof.children.front();
  ASSERT_NE(reference.citation, nullptr);
  EXPECT_TRUE(reference.citation->says.ends_with("(not in force on that day)"));
}

TEST_F(AnswerTest, AYesIsNoSurerThanThePeriod) {
  law.offence("AAA:x", is("act.access")).periods = {
      period(from("2000-01-01"), PeriodState::kInForce, Confidence::kRecalled)};
  const StateAnswer out = ask("AAA", {yes("act.access")}, "2010-01-01");
  EXPECT_EQ(out.verdict, Verdict::kMet);
  EXPECT_TRUE(out.is_provisional());
}

TEST_F(AnswerTest, ACivilWrongIsNoCrime) {
  for (const Sanction sanction : {Sanction::kCivil, Sanction::kAdministrative}) {
    LawBuilder other;
    other.terms({"act.access"});
    other.offence("AAA:x", is("act.access")).sanction = sanction;
    other.closure("AAA", is("act.access"), from("2000-01-01"));
    const LawBook with_wrong = other.link();
    const std::vector<Fact> conduct{yes("act.access")};
    const auto out = classify_under_state(with_wrong, *with_wrong.find_state("AAA"), conduct,
                                          date("2010-01-01"), {});
    ASSERT_TRUE(out.ok());
    EXPECT_EQ(out->verdict, Verdict::kNotMet);
    EXPECT_TRUE(out->relied_on.empty());
    ASSERT_EQ(out->assessments.size(), 1U);
    EXPECT_EQ(out->assessments.front().verdict, Verdict::kMet);
  }
}

TEST_F(AnswerTest, TheSurestProvisionCarriesAYes) {
  law.offence("AAA:x", test::sure(is("act.access"), Confidence::kRecalled));
  law.offence("AAA:y", is("act.access"));
  const StateAnswer out = ask("AAA", {yes("act.access")}, "2010-01-01");
  EXPECT_EQ(out.confidence, Confidence::kFound);
  EXPECT_EQ(out.relied_on.size(), 2U);
}

TEST_F(AnswerTest, AnInstrumentIsClassifiedInTheOrderOfItsArticles) {
  law.offence("i:2", is("act.access"));
  law.offence("i:4", is("act.delete"));
  law.offence("i:14", is("act.access")).kind = ProvisionKind::kProcedural;
  const std::vector<Fact> conduct{yes("act.access")};
  const auto out = classify_under_instrument(book(), *book().find_instrument("i"), conduct);
  ASSERT_TRUE(out.ok());
  ASSERT_EQ(out->assessments.size(), 2U);
  EXPECT_EQ(out->assessments[0].verdict, Verdict::kMet);
  EXPECT_EQ(out->assessments[1].verdict, Verdict::kUndetermined);
}

TEST_F(AnswerTest, SlicesAreCutWhereTheLawChanges) {
  law.offence("AAA:x", is("act.access")).periods = {
      period(test::between("2005-01-01", "2010-01-01"))};
  law.offence("BBB:x", is("act.access")).periods = {period(from("2007-01-01"))};
  law.closure("AAA", is("act.access"), from("2012-01-01"));
  const std::vector<const StateLaw*> states{book().find_state("AAA"), book().find_state("BBB")};
  const auto cut = [&](std::string_view first, std::optional<std::string_view> last) {
    ConductDates dates{.from = date(first), .until = std::nullopt};
    if (last) dates.until = date(*last);
    std::vector<std::string> out;
    for (const base::DateRange& range : slices(book(), states, dates)) {
      out.push_back(range.to_string());
    }
    return out;
  };
  using Texts = std::vector<std::string>;
  EXPECT_EQ(cut("2006-01-01", std::nullopt), (Texts{"2006-01-01..2006-01-02"}));
  EXPECT_EQ(cut("2006-06-01", "2008-06-01"),
            (Texts{"2006-06-01..2007-01-01", "2007-01-01..2008-06-02"}));
  EXPECT_EQ(cut("2004-01-01", "2013-01-01").size(), 5U);
  EXPECT_TRUE(slices(book(), states, {}).empty());
}

TEST_F(AnswerTest, DualCriminalityNeedsBoth) {
  law.offence("AAA:x", is("act.access"));
  law.offence("BBB:x", all({is("act.access"), is("circ.p")}));
  law.closure("BBB", is("act.access"), from("1990-01-01"));
  EXPECT_EQ(dual(question({yes("act.access"), yes("circ.p")}, "2010-01-01")).verdict,
            Verdict::kMet);
  EXPECT_EQ(dual(question({yes("act.access"), no("circ.p")}, "2010-01-01")).verdict,
            Verdict::kNotMet);
  const DualAnswer open = dual(question({yes("act.access")}, "2010-01-01"));
  EXPECT_EQ(open.verdict, Verdict::kUndetermined);
  EXPECT_EQ(open.reasons, Reasons{UnknownReason::kNotStated});
}

TEST_F(AnswerTest, NamesOfOffencesPlayNoPart) {
  law.offence("AAA:hacking", is("act.access")).title = "Hacking";
  law.offence("BBB:trespass", is("act.access")).title = "Trespass to data";
  EXPECT_EQ(dual(question({yes("act.access")}, "2010-01-01")).verdict, Verdict::kMet);
}

TEST_F(AnswerTest, ACivilWrongNeverCountsForDualCriminality) {
  law.offence("AAA:x", is("act.access"));
  law.offence("BBB:x", is("act.access")).sanction = Sanction::kCivil;
  law.closure("BBB", is("act.access"), from("1990-01-01"));
  EXPECT_EQ(dual(question({yes("act.access")}, "2010-01-01")).verdict, Verdict::kNotMet);
}

TEST_F(AnswerTest, FactsAboutAStateAreTransposed) {
  law.offence("AAA:x", all({is("act.access"), is("obj.own")}));
  law.offence("BBB:x", all({is("act.access"), is("obj.own")}));
  EXPECT_EQ(
      dual(question({yes("act.access"), of_state(yes("obj.own"), "AAA")}, "2010-01-01")).verdict,
      Verdict::kMet);
  EXPECT_EQ(
      dual(question({yes("act.access"), of_state(yes("obj.own"), "CCC")}, "2010-01-01")).verdict,
      Verdict::kUndetermined);
}

TEST_F(AnswerTest, AChangeOfLawDuringTheConductGivesSlices) {
  law.offence("AAA:x", is("act.access"));
  law.offence("BBB:x", is("act.access")).periods = {period(from("2007-01-01"))};
  law.closure("BBB", is("act.access"), from("1990-01-01"));
  const DualAnswer out = dual(question({yes("act.access")}, "2006-12-30", "2007-01-02"));
  ASSERT_EQ(out.slices.size(), 2U);
  EXPECT_EQ(out.slices[0].verdict, Verdict::kNotMet);
  EXPECT_EQ(out.slices[1].verdict, Verdict::kMet);
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
}

TEST_F(AnswerTest, WithoutDatesNothingIsApplied) {
  law.offence("AAA:x", is("act.access"));
  law.offence("BBB:x", is("act.access"));
  DualQuestion q = question({yes("act.access")}, "2010-01-01");
  q.dates = {};
  const DualAnswer out = dual(q);
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.reasons, Reasons{UnknownReason::kNotStated});
  ASSERT_EQ(out.slices.size(), 1U);
  EXPECT_FALSE(out.slices.front().conduct.has_value());
}

/// The requested State made the conduct an offence in 2010; the conduct is of 2005.
class TestDate : public AnswerTest {
 protected:
  DualAnswer ask_under(TestDateRule rule, std::optional<base::Date> request,
                       std::optional<base::Date> warrant) {
    law.offence("AAA:x", is("act.access"));
    law.offence("BBB:x", is("act.access")).periods = {period(from("2010-01-01"))};
    law.closure("BBB", is("act.access"), from("1990-01-01"));
    law.state("BBB").test_date = rule;
    DualQuestion q = question({yes("act.access")}, "2005-01-01");
    q.request_date = request;
    q.warrant_date = warrant;
    return dual(q);
  }
};

TEST_F(TestDate, OfTheConduct) {
  EXPECT_EQ(ask_under(TestDateRule::kConductDate, date("2012-01-01"), date("2012-01-01")).verdict,
            Verdict::kNotMet);
}

TEST_F(TestDate, OfTheRequest) {
  const DualAnswer out = ask_under(TestDateRule::kRequestDate, date("2012-01-01"), std::nullopt);
  EXPECT_EQ(out.verdict, Verdict::kMet);
  EXPECT_EQ(out.slices.front().test_date_note, "tested at the date of the request");
  EXPECT_EQ(out.slices.front().requested.on, date("2012-01-01"));
  EXPECT_EQ(out.slices.front().requesting.on, date("2005-01-01"));
}

TEST_F(TestDate, OfTheRequestThatIsNotGiven) {
  const DualAnswer out = ask_under(TestDateRule::kRequestDate, std::nullopt, date("2012-01-01"));
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.reasons, Reasons{UnknownReason::kNotStated});
}

TEST_F(TestDate, OfTheWarrant) {
  EXPECT_EQ(ask_under(TestDateRule::kWarrantDate, date("2005-06-01"), date("2012-01-01")).verdict,
            Verdict::kMet);
}

TEST_F(TestDate, OfTheWarrantThatIsNotGiven) {
  const DualAnswer out = ask_under(TestDateRule::kWarrantDate, date("2012-01-01"), std::nullopt);
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
}

/// The law of 2010 is asked on the day of a decision, or of a request that waits for one.
class DecisionDate : public TestDate {
 protected:
  DualAnswer ask(std::optional<base::Date> request, std::optional<base::Date> decision,
                 std::vector<Period> periods) {
    law.offence("AAA:x", is("act.access"));
    law.offence("BBB:x", is("act.access")).periods = std::move(periods);
    law.closure("BBB", is("act.access"), from("1990-01-01"));
    law.state("BBB").test_date = TestDateRule::kDecisionDate;
    DualQuestion q = question({yes("act.access")}, "2005-01-01");
    q.request_date = request;
    q.decision_date = decision;
    return dual(q);
  }
};

TEST_F(DecisionDate, IsTakenWhereItIsGiven) {
  const DualAnswer out = ask(date("2009-06-01"), date("2010-06-01"), {period(from("2010-01-01"))});
  EXPECT_EQ(out.verdict, Verdict::kMet);
  EXPECT_EQ(out.slices.front().requested.on, date("2010-06-01"));
  EXPECT_EQ(out.slices.front().test_date_note, "tested at the date of the decision");
}

TEST_F(DecisionDate, FallsToTheRequestWhereTheLawDoesNotChangeLater) {
  const DualAnswer out = ask(date("2012-01-01"), std::nullopt, {period(from("2010-01-01"))});
  EXPECT_EQ(out.verdict, Verdict::kMet);
  EXPECT_EQ(out.slices.front().requested.on, date("2012-01-01"));
  EXPECT_NE(out.slices.front().test_date_note.find("not given"), std::string::npos);
}

TEST_F(DecisionDate, StaysOpenWhereTheLawChangesAfterTheRequest) {
  const DualAnswer out = ask(date("2009-06-01"), std::nullopt, {period(from("2010-01-01"))});
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.reasons, Reasons{UnknownReason::kNotStated});
  EXPECT_EQ(out.slices.front().requested.closure, nullptr);
}

TEST_F(DecisionDate, StaysOpenWhereTheLawEndsAfterTheRequest) {
  const DualAnswer out =
      ask(date("2012-01-01"), std::nullopt, {period(test::between("2010-01-01", "2015-01-01"))});
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_TRUE(out.slices.front().requested.relied_on.empty());
}

TEST_F(DecisionDate, IsUndeterminedWithoutAnyDay) {
  const DualAnswer out = ask(std::nullopt, std::nullopt, {period(from("2010-01-01"))});
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.reasons, Reasons{UnknownReason::kNotStated});
}

TEST_F(TestDate, NotEncodedTakesTheConductAndSaysSo) {
  const DualAnswer out = ask_under(TestDateRule::kUnknown, std::nullopt, std::nullopt);
  EXPECT_EQ(out.verdict, Verdict::kNotMet);
  EXPECT_TRUE(out.is_provisional());
  EXPECT_NE(out.slices.front().test_date_note.find("not encoded"), std::string::npos);
  EXPECT_TRUE(out.slices.front().requested_at_other_days.empty());
}

TEST_F(TestDate, NotEncodedIsUndeterminedWhereTheDaysDiffer) {
  const DualAnswer out = ask_under(TestDateRule::kUnknown, date("2012-01-01"), date("2006-01-01"));
  EXPECT_EQ(out.verdict, Verdict::kUndetermined);
  EXPECT_EQ(out.reasons, Reasons{UnknownReason::kLawNotEncoded});
  ASSERT_EQ(out.slices.front().requested_at_other_days.size(), 2U);
  EXPECT_EQ(out.slices.front().test_date_note,
            "the requested State's rule on the date of the test is not encoded, and the answer "
            "depends on it: no offence at the date of the conduct (2005-01-01), no offence at the "
            "date of the warrant (2006-01-01), an offence at the date of the request (2012-01-01)");
}

TEST_F(TestDate, NotEncodedStaysTheSameWhereTheDaysAgree) {
  const DualAnswer out = ask_under(TestDateRule::kUnknown, date("2006-01-01"), date("2006-01-01"));
  EXPECT_EQ(out.verdict, Verdict::kNotMet);
  EXPECT_TRUE(out.is_provisional());
  EXPECT_NE(out.slices.front().test_date_note.find(
                "the same at each day that is known: no offence at the date of the conduct "
                "(2005-01-01), no offence at the date of the request and the warrant"),
            std::string::npos)
      << out.slices.front().test_date_note;
}

TEST_F(TestDate, NotEncodedDoesNotMatterWhereTheRequestingStateSaysNo) {
  law.closure("AAA", is("act.access"), from("1990-01-01"));
  law.offence("BBB:x", is("act.access")).periods = {period(from("2010-01-01"))};
  law.closure("BBB", is("act.access"), from("1990-01-01"));
  law.state("BBB").test_date = TestDateRule::kUnknown;
  DualQuestion q = question({yes("act.access")}, "2005-01-01");
  q.request_date = date("2012-01-01");
  EXPECT_EQ(dual(q).verdict, Verdict::kNotMet);
}

TEST_F(AnswerTest, AbstractDualCriminality) {
  law.offence("AAA:x", all({is("act.access"), is("circ.p")}));
  law.offence("AAA:y", is("act.delete"));
  law.offence("BBB:x", is("act.access"));
  law.offence("BBB:y", is("act.delete")).sanction = Sanction::kCivil;
  law.offence("BBB:z", is("act.access")).periods = {period(from("2020-01-01"))};
  const auto ask_of = [&](std::string_view offence) {
    return dual_criminality_of(book(), *book().find_provision_index(offence),
                               *book().find_state("BBB"), date("2010-01-01"));
  };
  const AbstractDualAnswer covered = ask_of("AAA:x");
  EXPECT_EQ(covered.verdict, Verdict::kMet);
  EXPECT_EQ(covered.relied_on, std::vector<ProvisionIndex>{2});
  const AbstractDualAnswer open = ask_of("AAA:y");
  EXPECT_EQ(open.verdict, Verdict::kUndetermined);
  EXPECT_EQ(open.reasons, Reasons{UnknownReason::kLawNotEncoded});
  EXPECT_EQ(open.story, "A person who delete.");
}

TEST_F(AnswerTest, AnAbstractYesIsAsSureAsElementsAndPeriods) {
  law.offence("AAA:x", is("act.access"));
  law.offence("AAA:y", test::sure(is("act.delete"), Confidence::kRecalled));
  law.offence("BBB:x", is("act.access")).periods = {
      {.range = from("2000-01-01"), .citation = test::found()}};
  law.offence("BBB:y", is("act.delete"));
  const auto confidence_of = [&](std::string_view offence) {
    const auto answer = dual_criminality_of(book(), *book().find_provision_index(offence),
                                            *book().find_state("BBB"), date("2010-01-01"));
    EXPECT_EQ(answer.verdict, Verdict::kMet);
    return answer.confidence;
  };
  EXPECT_EQ(confidence_of("AAA:x"), Confidence::kFound);
  EXPECT_EQ(confidence_of("AAA:y"), Confidence::kRecalled);
}

TEST_F(AnswerTest, AnAbstractYesCountsHowSureThePeriodIs) {
  law.offence("AAA:x", is("act.access"));
  Period recalled{.range = from("2000-01-01"), .citation = test::found()};
  recalled.citation.confidence = Confidence::kRecalled;
  law.offence("BBB:x", is("act.access")).periods = {recalled};
  const auto answer = dual_criminality_of(book(), *book().find_provision_index("AAA:x"),
                                          *book().find_state("BBB"), date("2010-01-01"));
  EXPECT_EQ(answer.verdict, Verdict::kMet);
  EXPECT_EQ(answer.confidence, Confidence::kRecalled);
}

}  // namespace
}  // namespace rogatory::law
