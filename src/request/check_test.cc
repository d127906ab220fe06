// SPDX-License-Identifier: EUPL-1.2

#include "request/check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/sample_request.h"

namespace rogatory::request {
namespace {

using test::CooperationBuilder;
using test::date;
using test::sample_case;
using test::sample_draft;
using test::sample_kinds;

class CheckTest : public testing::Test {
 protected:
  void SetUp() override { test::build_sample(law_); }

  CheckResult check(const Draft& draft, std::string_view on = "2021-01-01") {
    if (!book_) book_.emplace(law_.link());
    auto result = check_request(*book_, kinds_, draft, date(on));
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().to_string());
    return result.take();
  }

  Draft draft(std::string_view kind, std::string_view basis) const {
    return sample_draft(kinds_, kind, basis);
  }

  /// A draft from the sample case with one member replaced.
  Draft with(std::string_view kind, std::string_view basis, std::string_view key,
             std::string_view json) const {
    base::JsonObject document = sample_case();
    document[key] = base::parse_json(json, "member").take();
    return sample_draft(kinds_, kind, basis, std::move(document));
  }

  CooperationBuilder law_;
  KindBook kinds_ = sample_kinds();
  std::optional<law::LawBook> book_;
};

const Remark* find(const CheckResult& result, std::string_view id) {
  const auto found = std::ranges::find(result.remarks, id, &Remark::id);
  return found == result.remarks.end() ? nullptr : &*found;
}

TEST_F(CheckTest, IsCompleteWhenNothingIsMissingOrInTheWay) {
  const CheckResult result = check(draft("preservation", "t:preserve"));
  EXPECT_TRUE(result.is_complete());
  EXPECT_EQ(result.missing(), 0U);
  EXPECT_EQ(result.contents.size(), 3U);
}

TEST_F(CheckTest, AsksWhatTheBasisChosenAsks) {
  Draft made = with("preservation", "t:preserve", "necessity", "\"\"");
  const CheckResult result = check(made);
  EXPECT_FALSE(result.is_complete());
  EXPECT_EQ(result.missing(), 1U);
  const ContentCheck& necessity = result.contents.at(1);
  EXPECT_TRUE(necessity.is_missing());
  ASSERT_EQ(necessity.asked_by.size(), 1U);
  EXPECT_EQ(necessity.asked_by.front()->cite, "Art. 2");
  // Another basis does not ask it.
  made.basis.reset();
  EXPECT_EQ(check(made).missing(), 0U);
}

TEST_F(CheckTest, AUsefulContentMayBeAbsent) {
  Draft made = draft("preservation", "t:preserve");
  std::ranges::find(made.contents, "contact", &ContentText::id)->text.clear();
  EXPECT_TRUE(check(made).is_complete());
}

TEST_F(CheckTest, ARequestWithoutBasisIsBlocked) {
  const CheckResult result = check(draft("preservation", ""));
  ASSERT_NE(find(result, "no_basis"), nullptr);
  EXPECT_EQ(find(result, "no_basis")->weight, Weight::kBlocks);
  EXPECT_FALSE(result.is_complete());
}

TEST_F(CheckTest, ABasisHoldsOnlyWhileBothAreBound) {
  const Draft made = draft("preservation", "t:preserve");
  EXPECT_EQ(find(check(made), "basis_not_available"), nullptr);
  const CheckResult before = check(made, "1999-12-31");
  ASSERT_NE(find(before, "basis_not_available"), nullptr);
  EXPECT_EQ(before.remarks.front().weight, Weight::kBlocks);
  EXPECT_NE(find(before, "basis_not_available")->says.find("1999-12-31"), std::string::npos);
}

TEST_F(CheckTest, SaysThatItRestsOnARecalledFact) {
  std::ranges::find(law_.book().provisions, "t:preserve", &law::Provision::id)
      ->citation.confidence = law::Confidence::kRecalled;
  const CheckResult result = check(draft("preservation", "t:preserve"));
  ASSERT_NE(find(result, "basis_recalled"), nullptr);
  EXPECT_EQ(find(result, "basis_recalled")->confidence, law::Confidence::kRecalled);
  EXPECT_TRUE(result.is_provisional);
  EXPECT_TRUE(result.is_complete()) << "a warning does not block";
}

TEST_F(CheckTest, AnOpenConditionWarnsAndAFailedOneBlocks) {
  const CheckResult open =
      check(with("preservation", "t:preserve", "urgency", R"({"level":"ordinary"})"));
  ASSERT_NE(find(open, "condition_open"), nullptr);
  EXPECT_TRUE(open.is_complete());
  ASSERT_EQ(open.open_conditions.size(), 1U);
  EXPECT_EQ(open.open_conditions.front().id, "follow-up");
  const CheckResult failed =
      check(with("preservation", "t:preserve", "circumstances",
                 R"([{"term":"req.urgent","value":false,"status":"established","by":"police"}])"));
  // A basis whose condition fails serves no longer.
  EXPECT_FALSE(failed.is_complete());
  EXPECT_EQ(failed.remarks.front().weight, Weight::kBlocks);
}

TEST_F(CheckTest, ExaminesDualCriminalityWhereTheBasisAsksIt) {
  EXPECT_TRUE(check(draft("preservation", "t:preserve")).dual.empty());
  const CheckResult undetermined = check(draft("extradition", "t:extradite"));
  ASSERT_EQ(undetermined.dual.size(), 1U);
  EXPECT_EQ(undetermined.dual.front().count, "c");
  EXPECT_NE(find(undetermined, "dual_undetermined"), nullptr);
}

TEST_F(CheckTest, ALawThatIsNotEncodedIsNoAbsenceOfLaw) {
  law_.treaty("t2", law::InstrumentClass::kSubject, {"AAA", "CCC"});
  law_.basis("t2:extradite", {"extradition"});
  const CheckResult result =
      check(with("extradition", "t2:extradite", "requested", R"({"state":"CCC"})"));
  ASSERT_NE(find(result, "dual_not_encoded"), nullptr);
  EXPECT_NE(find(result, "dual_not_encoded")->says.find("CCC"), std::string::npos);
  EXPECT_TRUE(result.dual.empty());
}

TEST_F(CheckTest, AnOffenceOfAnotherStateBlocks) {
  const CheckResult result =
      check(with("preservation", "t:preserve", "offences", R"([{"provision":"BBB:entry"}])"));
  ASSERT_NE(find(result, "offence_of_another_state"), nullptr);
  EXPECT_FALSE(result.is_complete());
  const CheckResult free =
      check(with("preservation", "t:preserve", "offences", R"([{"provision":"Act of 1990"}])"));
  EXPECT_EQ(find(free, "offence_not_encoded")->weight, Weight::kNotes);
}

TEST_F(CheckTest, SaysWhichLanguagesAreAccepted) {
  law_.book().world.languages.push_back({.state = "BBB",
                                         .for_kinds = {"preservation"},
                                         .accepts = {"xx", "yy"},
                                         .citation = test::found("Art. 25")});
  const CheckResult result = check(draft("preservation", "t:preserve"));
  ASSERT_NE(find(result, "language"), nullptr);
  EXPECT_NE(find(result, "language")->says.find("xx, yy"), std::string::npos);
  const CheckResult other = check(with("preservation", "t:preserve", "language", "\"yy\""));
  EXPECT_EQ(find(other, "language"), nullptr);
}

TEST_F(CheckTest, APeriodWithoutEndWarns) {
  const CheckResult result =
      check(with("preservation", "t:preserve", "data", R"([{"id":"d","category":"traffic"}])"));
  ASSERT_NE(find(result, "open_period"), nullptr);
}

TEST_F(CheckTest, NotesAnotherEditionOfTheCorpusAndTheExercise) {
  Draft made = with("preservation", "t:preserve", "exercise", "true");
  made.corpus_digest = "another";
  const CheckResult result = check(made);
  EXPECT_EQ(find(result, "corpus_changed")->weight, Weight::kNotes);
  EXPECT_EQ(find(result, "exercise")->weight, Weight::kNotes);
}

TEST_F(CheckTest, AnUnknownStateIsAnError) {
  const Draft made = with("preservation", "t:preserve", "requested", R"({"state":"ZZZ"})");
  const auto result = check_request(law_.link(), kinds_, made, date("2021-01-01"));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::ErrorCode::kNotFound);
}

TEST_F(CheckTest, AContentStatesWhatItsKindSays) {
  std::ranges::find(law_.book().provisions, "t:preserve", &law::Provision::id)
      ->basis->conditions.push_back(test::condition("needed", "req.necessity"));
  EXPECT_TRUE(check(draft("preservation", "t:preserve")).open_conditions.empty());
  const CheckResult without = check(with("preservation", "t:preserve", "necessity", "\"\""));
  ASSERT_EQ(without.open_conditions.size(), 1U);
  EXPECT_EQ(without.open_conditions.front().id, "needed");
  // The case goes before the text.
  const CheckResult denied = check(
      with("preservation", "t:preserve", "circumstances",
           R"([{"term":"req.necessity","value":false,"status":"established","by":"police"}])"));
  EXPECT_NE(find(denied, "basis_not_available"), nullptr);
}

TEST_F(CheckTest, SaysInOneLineWhatIsOpen) {
  const auto first_line = [&](const Draft& made) {
    law::Document text;
    write(*book_, made, check(made), text);
    const std::string words = text.to_text();
    return words.substr(0, words.find("Legal basis"));
  };
  const Draft urgent = draft("preservation", "t:preserve");
  const Draft ordinary = with("preservation", "t:preserve", "urgency", R"({"level":"ordinary"})");
  const CheckResult open = check(ordinary);
  EXPECT_NE(first_line(urgent).find("Complete."), std::string::npos);
  EXPECT_NE(first_line(ordinary).find("Complete; one condition of the basis is open."),
            std::string::npos);
  const base::JsonObject json = to_json(*book_, ordinary, open).as_object();
  EXPECT_EQ(json.at("is_complete"), base::Json(true));
  ASSERT_EQ(json.at("open_conditions").as_array().size(), 1U);
  EXPECT_EQ(json.at("open_conditions").at(0).at("term"), base::Json("req.urgent"));
}

TEST_F(CheckTest, ReportsAsJsonAndText) {
  const Draft made = with("preservation", "t:preserve", "necessity", "\"\"");
  const CheckResult result = check(made);
  const base::JsonObject json = to_json(*book_, made, result).as_object();
  EXPECT_EQ(json.at("is_complete"), base::Json(false));
  EXPECT_EQ(json.at("missing").to_number<int>(), 1);
  EXPECT_EQ(json.at("basis").at("provision"), base::Json("t:preserve"));
  const base::Json& content = json.at("contents").at(1);
  EXPECT_EQ(content.at("asked_by").at(0).at("confidence"), base::Json("found"));
  EXPECT_EQ(content.at("refusal").at("known"), base::Json("unknown"));
  law::Document text;
  write(*book_, made, result, text);
  const std::string words = text.to_text();
  EXPECT_NE(words.find("Not ready to be sent."), std::string::npos);
  EXPECT_NE(words.find("Necessity?"), std::string::npos);
  EXPECT_NE(words.find("Art. 2 (found)"), std::string::npos);
}

// ask --------------------------------------------------------------------------------------------

class AskTest : public CheckTest {
 protected:
  AskResult ask(const Draft& draft) {
    if (!book_) book_.emplace(law_.link());
    auto result = ask_back(*book_, kinds_, draft, date("2021-01-01"));
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().to_string());
    return result.take();
  }
};

std::vector<std::string> asked(const AskResult& result, std::string_view about) {
  std::vector<std::string> out;
  for (const Question& question : result.questions) {
    if (question.about == about) out.push_back(question.id);
  }
  return out;
}

TEST_F(AskTest, AsksNothingBackOfACompleteRequest) {
  const AskResult result = ask(draft("preservation", "t:preserve"));
  EXPECT_TRUE(result.questions.empty());
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes.front().find("dual criminality"), std::string::npos);
}

TEST_F(AskTest, AsksForMissingContentsWithTheArticle) {
  const AskResult result = ask(with("preservation", "t:preserve", "necessity", "\"\""));
  EXPECT_EQ(asked(result, "content"), std::vector<std::string>{"necessity"});
  EXPECT_EQ(result.questions.front().cite, "Art. 2");
}

TEST_F(AskTest, AsksForOpenConditionsInTheWordsOfTheTerm) {
  const AskResult result =
      ask(with("preservation", "t:preserve", "urgency", R"({"level":"ordinary"})"));
  EXPECT_EQ(asked(result, "condition"), std::vector<std::string>{"follow-up"});
  EXPECT_EQ(result.questions.front().asks, "Is it so: urgent?");
}

TEST_F(AskTest, AChannelHasConditionsToo) {
  for (law::Provision& provision : law_.book().provisions) {
    if (provision.id == "t:preserve") provision.basis->by = law::BasisBy::kDirectChannel;
  }
  const Draft made = with("preservation", "t:preserve", "urgency", R"({"level":"ordinary"})");
  EXPECT_EQ(asked(ask(made), "condition"), std::vector<std::string>{"follow-up"});
  EXPECT_EQ(check(made).open_conditions.size(), 1U);
}

TEST_F(AskTest, WhereTheDayOfTheTestIsNotEncodedItAsksForThatOfTheConduct) {
  law_.state("BBB").test_date = law::TestDateRule::kUnknown;
  for (law::Provision& provision : law_.book().provisions) {
    if (provision.id == "BBB:entry") {
      provision.periods = {{.range = test::from("2020-12-01"), .citation = test::found()}};
    }
  }
  const AskResult result = ask(with("extradition", "t:extradite", "counts",
                                    R"([{"id":"c","title":"t","date":{"from":"2020-05-01"},"facts":[
        {"term":"act.access","value":true,"status":"alleged","by":"x"},
        {"term":"circ.without_right","value":true,"status":"alleged","by":"x"}]}])"));
  EXPECT_TRUE(asked(result, "conduct").empty());
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes.front().find("can be met by further facts"), std::string::npos);
}

TEST_F(AskTest, EachPartOfASpanIsTestedByTheLawOfItsDay) {
  for (law::Provision& provision : law_.book().provisions) {
    if (provision.id == "BBB:entry") {
      provision.periods = {{.range = test::from("2020-12-01"), .citation = test::found()}};
    }
  }
  law_.state("BBB").test_date = law::TestDateRule::kConductDate;
  const AskResult result =
      ask(with("extradition", "t:extradite", "counts",
               R"([{"id":"c","title":"t","date":{"from":"2020-05-01","until":"2020-12-31"},"facts":[
        {"term":"act.access","value":true,"status":"alleged","by":"x"},
        {"term":"circ.without_right","value":true,"status":"alleged","by":"x"}]}])"));
  EXPECT_TRUE(asked(result, "conduct").empty());
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(
      result.notes.front().find("from 2020-12-01 on; that from 2020-05-01 on is not shown to"),
      std::string::npos)
      << result.notes.front();
}

TEST_F(AskTest, AsksForTheFewestFactsOfTheRequestedStatesLaw) {
  // A second offence of the requested State that needs more than the first.
  law_.offence("BBB:other", test::all({test::is("act.access"), test::is("circ.without_right"),
                                       test::is("req.emergency")}));
  const AskResult result = ask(draft("extradition", "t:extradite"));
  EXPECT_EQ(asked(result, "conduct"), std::vector<std::string>{"circ.without_right"});
  EXPECT_EQ(result.questions.back().count, "c");
}

TEST_F(AskTest, AsksNothingAboutConductThatIsAnOffenceAlready) {
  const AskResult result = ask(with("extradition", "t:extradite", "counts",
                                    R"([{"id":"c","title":"t","date":{"from":"2020-05-01"},"facts":[
        {"term":"act.access","value":true,"status":"alleged","by":"x"},
        {"term":"circ.without_right","value":true,"status":"alleged","by":"x"}]}])"));
  EXPECT_TRUE(asked(result, "conduct").empty());
  EXPECT_TRUE(result.notes.empty());
}

TEST_F(AskTest, SaysWhenNoFurtherFactCanHelp) {
  const AskResult result = ask(with("extradition", "t:extradite", "counts",
                                    R"([{"id":"c","title":"t","date":{"from":"2020-05-01"},"facts":[
        {"term":"act.access","value":false,"status":"alleged","by":"x"}]}])"));
  EXPECT_TRUE(asked(result, "conduct").empty());
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes.front().find("`c`"), std::string::npos);
}

TEST_F(AskTest, SaysWhichLawIsNotEncoded) {
  law_.treaty("t2", law::InstrumentClass::kSubject, {"AAA", "CCC"});
  law_.basis("t2:extradite", {"extradition"});
  const AskResult result =
      ask(with("extradition", "t2:extradite", "requested", R"({"state":"CCC"})"));
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes.front().find("CCC is not encoded"), std::string::npos);
}

TEST_F(AskTest, ReportsAsJsonAndText) {
  const AskResult result = ask(with("preservation", "t:preserve", "necessity", "\"\""));
  const base::Json json = to_json(result);
  EXPECT_EQ(json.at("questions").at(0).at("id"), base::Json("necessity"));
  law::Document text;
  write(result, text);
  EXPECT_NE(text.to_text().find("Necessity?"), std::string::npos);
  law::Document none;
  write(AskResult{}, none);
  EXPECT_NE(none.to_text().find("Nothing that is known here."), std::string::npos);
}

}  // namespace
}  // namespace rogatory::request
