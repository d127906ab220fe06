// SPDX-License-Identifier: EUPL-1.2

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "conduct/import.h"

namespace rogatory::conduct {
namespace {

std::string conduct_with(std::string_view facts) {
  return R"({"format": "rogatory.conduct/1", "id": "c", "title": "t", "exercise": true,
             "summary": "s", "sources": [{"id": "s1", "title": "T", "where": "W"}],
             "counts": [{"id": "c1", "title": "t1", "date": {"from": "2000-05-04"},
                         "places": [{"state": "PHL", "role": "acted"}],
                         "persons": [{"role": "suspect", "nationality": "PHL",
                                      "age_at_conduct": 23}],
                         "facts": )" +
         std::string(facts) + "}]}";
}

base::Result<Conduct> read(const std::string& text, const PlaceOf& place_of = {}) {
  return read_conduct_json(base::parse_json(text, "test").take(), place_of);
}

TEST(ConductJson, ReadsEveryKindOfFact) {
  const auto conduct = read(conduct_with(R"([
    {"term": "act.access", "in": "intended", "value": true, "status": "alleged", "by": "police",
     "source": "s1", "pin": "p. 3", "note": "n"},
    {"term": "circ.authorised", "of": "USA", "value": false, "status": "established", "by": "court"},
    {"term": "mens.intent", "value": "unknown", "reason": "contested"},
    {"quantity": "qty.loss", "value": 10000, "currency": "USD", "on": "2000-05-31",
     "status": "alleged", "by": "police"},
    {"quantity": "qty.loss", "value": "unknown", "reason": "not_stated"}])"));
  ASSERT_TRUE(conduct.ok()) << conduct.error().to_string();
  EXPECT_TRUE(conduct->is_exercise);
  const Count& count = conduct->counts.front();
  EXPECT_EQ(count.dates.until->to_string(), "2000-05-04");
  EXPECT_EQ(count.persons.front().age_at_conduct, 23);
  ASSERT_EQ(count.facts.size(), 4U);
  EXPECT_EQ(count.facts[0].scope, std::vector<law::Scope>{law::Scope::kIntended});
  EXPECT_EQ(count.facts[0].field, "at /counts/0/facts/0, p. 3");
  EXPECT_EQ(count.facts[0].place.pointer, "/counts/0/facts/0");
  EXPECT_EQ(count.facts[1].of_state, "USA");
  EXPECT_EQ(count.facts[1].value, law::Truth::kFalse);
  EXPECT_EQ(count.facts[1].status, law::FactStatus::kEstablished);
  EXPECT_EQ(count.facts[2].reason, law::UnknownReason::kContested);
  EXPECT_EQ(count.facts[3].quantity->currency, "USD");
}

TEST(ConductJson, TakesPlacesFromTheCaller) {
  const PlaceOf lines = [](std::string_view pointer) {
    return base::Place{.file = "c.yaml", .line = static_cast<int>(pointer.size())};
  };
  const auto conduct = read(
      conduct_with(R"([{"term": "act.access", "value": true, "status": "alleged", "by": "x"}])"),
      lines);
  ASSERT_TRUE(conduct.ok());
  EXPECT_EQ(conduct->counts.front().facts.front().field, "c.yaml:17");
  const auto bad = read(conduct_with(R"([{"value": true}])"), lines);
  EXPECT_EQ(bad.error().place.to_string(), "c.yaml:17");
}

TEST(ConductJson, WritesWhatItReads) {
  const auto conduct = read(conduct_with(R"([
    {"term": "act.access", "in": "designed", "value": true, "status": "alleged", "by": "x"},
    {"term": "mens.intent", "value": "unknown", "reason": "needs_evaluation"},
    {"quantity": "qty.loss", "value": 2.5, "currency": "EUR", "status": "alleged", "by": "x"}])"));
  ASSERT_TRUE(conduct.ok());
  const auto again = read_conduct_json(to_json(*conduct));
  ASSERT_TRUE(again.ok()) << again.error().to_string();
  EXPECT_EQ(again->id, conduct->id);
  EXPECT_EQ(again->sources, conduct->sources);
  ASSERT_EQ(again->counts.front().facts.size(), 3U);
  EXPECT_EQ(again->counts.front().facts[0].scope, conduct->counts.front().facts[0].scope);
  EXPECT_EQ(again->counts.front().facts[2].quantity->value, 2.5);
}

struct BadFact {
  const char* facts;
  const char* message;
};

class RefusedFact : public testing::TestWithParam<BadFact> {};

TEST_P(RefusedFact, SaysWhy) {
  const auto conduct = read(conduct_with(GetParam().facts));
  ASSERT_FALSE(conduct.ok());
  EXPECT_EQ(conduct.error().code, base::ErrorCode::kSchema);
  EXPECT_EQ(conduct.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    ConductJson, RefusedFact,
    testing::Values(
        BadFact{"{}", "a list is expected here"},
        BadFact{R"([{"value": true}])", "a fact has either a `term` or a `quantity`"},
        BadFact{R"([{"term": "a.b", "quantity": "qty.x", "value": 1}])",
                "a fact has either a `term` or a `quantity`"},
        BadFact{R"([{"term": "act.access", "value": "maybe"}])",
                "a value is true, false or unknown"},
        BadFact{R"([{"term": "act.access", "value": "unknown"}])", "`reason` is missing"},
        BadFact{R"([{"term": "act.access", "value": "unknown", "reason": "law_not_encoded"}])",
                "a reason is not_stated, contested or needs_evaluation"},
        BadFact{R"([{"term": "act.access", "value": true}])", "`status` is missing"},
        BadFact{R"([{"term": "act.access", "value": true, "status": "alleged"}])",
                "`by` is missing: who says so"},
        BadFact{R"([{"term": "act.access", "value": true, "status": "rumoured", "by": "x"}])",
                "unknown status `rumoured`"},
        BadFact{R"([{"term": "act.access", "value": true, "status": "alleged", "by": "x",
                     "reason": "contested"}])",
                "only an unknown has a reason"},
        BadFact{R"([{"term": "act.access", "value": true, "status": "alleged", "by": "x",
                     "source": "s2"}])",
                "unknown source `s2`"},
        BadFact{R"([{"term": "act.access", "in": "past", "value": true, "status": "alleged",
                     "by": "x"}])",
                "unknown scope `past`"},
        BadFact{R"([{"quantity": "qty.loss", "value": "much"}])", "a number is expected here"},
        BadFact{R"([{"quantity": "qty.loss", "value": -1, "currency": "EUR", "status": "alleged",
                     "by": "x"}])",
                "an amount is not negative"},
        BadFact{R"([{"quantity": "qty.loss", "value": 1, "currency": "Eur", "status": "alleged",
                     "by": "x"}])",
                "`Eur` is no currency code of ISO 4217, such as EUR"},
        BadFact{R"([{"term": "act.access", "valu": true}])", "unknown key `valu`"}));

TEST(Quantities, AreNumbersFromZeroOnHoweverTheyCome) {
  law::Vocabulary vocabulary;
  vocabulary.quantities = {{.id = "qty.devices", .unit = "count"}};
  const auto fault = [&](double value) {
    return fault_of_quantity(
        {.quantity = "qty.devices", .value = value, .currency = {}, .on = std::nullopt},
        vocabulary);
  };
  EXPECT_EQ(fault(0), "");
  for (const double value : {-1.0, std::nan(""), HUGE_VAL}) {
    EXPECT_EQ(fault(value), "an amount of `qty.devices` is a number from 0 on");
  }
}

TEST(ConductJson, QuantitiesAreOfTheirUnit) {
  law::Vocabulary vocabulary;
  vocabulary.quantities = {{.id = "qty.loss", .unit = "money"},
                           {.id = "qty.devices", .unit = "count"}};
  const auto fault = [&](const std::string& quantity) {
    const auto conduct = read(
        conduct_with(R"([{"quantity": )" + quantity + R"(, "status": "alleged", "by": "x"}])"));
    EXPECT_TRUE(conduct.ok()) << conduct.error().to_string();
    const auto checked = check_quantities(*conduct, vocabulary);
    if (checked.ok()) return std::string();
    EXPECT_EQ(checked.error().code, base::ErrorCode::kSchema);
    EXPECT_EQ(checked.error().place.pointer, "/counts/0/facts/0");
    return checked.error().message;
  };
  EXPECT_EQ(fault(R"("qty.loss", "value": 1, "currency": "EUR")"), "");
  EXPECT_EQ(fault(R"("qty.devices", "value": 1)"), "");
  EXPECT_EQ(fault(R"("qty.loss", "value": 1)"),
            "an amount of money needs a `currency`, such as EUR");
  EXPECT_EQ(fault(R"("qty.devices", "value": 1, "currency": "EUR")"),
            "`qty.devices` is no amount of money: it has no `currency`");
  EXPECT_EQ(fault(R"("qty.none", "value": 1)"), "unknown quantity `qty.none`");
}

TEST(ConductJson, RefusesOtherShapes) {
  EXPECT_EQ(read("[]").error().message, "an object is expected here");
  EXPECT_EQ(read(R"({"format": "rogatory.conduct/2"})").error().message,
            "unknown format `rogatory.conduct/2`");
  EXPECT_EQ(read(R"({"format": "rogatory.conduct/1", "id": "x", "title": "t", "counts": []})")
                .error()
                .message,
            "a conduct has at least one count");
  std::string text = conduct_with("[]");
  text.replace(text.find("2000-05-04\""), 11, "2000-05-04\", \"until\": \"2000-05-03\"");
  EXPECT_EQ(read(text).error().message, "the last day is before the first");
  text = conduct_with("[]");
  text.replace(text.find("\"PHL\""), 5, "\"Phl\"");
  EXPECT_EQ(read(text).error().message, "`Phl` is no alpha-3 code");
  text = conduct_with("[]");
  text.replace(text.find("23"), 2, "203");
  EXPECT_EQ(read(text).error().message, "an age is between 0 and 150 years");
}

}  // namespace
}  // namespace rogatory::conduct
