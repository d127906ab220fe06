// SPDX-License-Identifier: EUPL-1.2

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "conduct/import.h"
#include "support/small_mappings.h"

namespace rogatory::conduct {
namespace {

using law::Truth;

class Veris : public testing::Test {
 protected:
  static base::Result<Imported> read(std::string_view text) {
    return import_veris(base::parse_json(text, "test").take(), test::small_mappings());
  }
  static base::Result<Imported> read_flat(std::string_view text) {
    return import_veris_flat(base::parse_json(text, "test").take(), test::small_mappings());
  }
  static const law::Fact* find(const Imported& record, std::string_view term) {
    const auto& facts = record.conduct.counts.front().facts;
    const auto found = std::find_if(facts.begin(), facts.end(), [term](const law::Fact& fact) {
      return fact.quantity ? fact.quantity->quantity == term : fact.term == term;
    });
    return found == facts.end() ? nullptr : &*found;
  }
};

TEST_F(Veris, SaysWhereAFactWasReadAndOnWhat) {
  const auto record = read(R"({"incident_id": "ABC 1", "summary": "what happened",
                               "action": {"hacking": {"variety": ["SQLi"]}}})");
  ASSERT_TRUE(record.ok()) << record.error().to_string();
  EXPECT_EQ(record->conduct.id, "veris-abc-1");
  EXPECT_EQ(record->conduct.counts.front().title, "what happened");
  const law::Fact* const fact = find(*record, "obj.system");
  ASSERT_NE(fact, nullptr);
  EXPECT_EQ(fact->value, Truth::kTrue);
  EXPECT_EQ(fact->status, law::FactStatus::kAlleged);
  EXPECT_EQ(fact->asserted_by, "coder");
  EXPECT_EQ(fact->field, "/action/hacking");
  EXPECT_EQ(fact->note, "H: an attack; derived; why");
  const std::vector<UnmappedCode> unmapped = {
      {.code = "action.hacking.variety.SQLi", .field = "/action/hacking/variety/0"}};
  EXPECT_EQ(record->unmapped, unmapped);
}

TEST_F(Veris, ErrorExcludesIntentOnlyAlone) {
  const auto alone = read(R"({"action": {"error": {"variety": ["Loss"]}}})");
  EXPECT_EQ(find(*alone, "mens.intent")->value, Truth::kFalse);
  const auto beside = read(R"({"action": {"error": {"variety": ["Loss"]}, "hacking": {}}})");
  EXPECT_EQ(find(*beside, "mens.intent")->value, Truth::kTrue);
}

TEST_F(Veris, KnownStandsAgainstUnknown) {
  const auto record = read(R"({"action": {"misuse": {}, "hacking": {}}})");
  EXPECT_EQ(find(*record, "mens.intent")->value, Truth::kTrue);
  const auto misuse = read(R"({"action": {"misuse": {}}})");
  EXPECT_EQ(find(*misuse, "mens.intent")->value, Truth::kUnknown);
  EXPECT_EQ(find(*misuse, "mens.intent")->reason, law::UnknownReason::kContested);
}

TEST_F(Veris, ContradictionIsContestedAndNamesBothCodes) {
  const auto record = read(R"({"action": {"hacking": {}, "social": {}, "misuse": {}}})");
  const law::Fact* const fact = find(*record, "mens.intent");
  EXPECT_EQ(fact->value, Truth::kUnknown);
  EXPECT_EQ(fact->reason, law::UnknownReason::kContested);
  EXPECT_EQ(fact->note, "`action.hacking` and `action.social` say opposite things");
}

TEST_F(Veris, ConditionsAndScopes) {
  const auto record = read(R"({"action": {"malware": {"variety": ["ransomware"]}},
                               "attribute": {"availability": {"variety": ["Interruption"]}}})");
  EXPECT_EQ(find(*record, "act.hinder")->value, Truth::kTrue);
  ASSERT_NE(find(*record, "act.data.block"), nullptr);
  EXPECT_EQ(find(*record, "act.data.block")->scope, std::vector<law::Scope>{law::Scope::kDesigned});
  const auto error = read(R"({"action": {"error": {}},
                              "attribute": {"availability": {"variety": ["Interruption"]}}})");
  EXPECT_EQ(find(*error, "act.hinder"), nullptr);
}

TEST_F(Veris, PlacesDatesAndAmounts) {
  const auto record = read(R"({"action": {"hacking": {}}, "actor": {"external": {}},
      "victim": {"country": ["DE", "Unknown", "XX"], "state": "BY"},
      "timeline": {"incident": {"year": 2020, "month": 2}},
      "impact": {"overall_amount": 12.5, "iso_currency_code": "EUR"}})");
  ASSERT_TRUE(record.ok()) << record.error().to_string();
  const Count& count = record->conduct.counts.front();
  ASSERT_EQ(count.places.size(), 1U);
  EXPECT_EQ(count.places.front().state, "DEU");
  EXPECT_EQ(count.places.front().field, "/victim/country/0");
  EXPECT_EQ(count.dates.from->to_string(), "2020-02-01");
  EXPECT_EQ(count.dates.until->to_string(), "2020-02-29");
  EXPECT_EQ(count.persons, std::vector<Person>{{.role = "external actor"}});
  EXPECT_EQ(find(*record, "qty.loss")->quantity->value, 12.5);
  EXPECT_EQ(find(*record, "qty.loss")->quantity->currency, "EUR");
  EXPECT_EQ(record->remarks, std::vector<std::string>{"`XX` names no State"});
}

TEST_F(Veris, AnAmountWithoutCurrencyIsNoFact) {
  const auto record = read(R"({"action": {"hacking": {}}, "impact": {"overall_amount": 9}})");
  EXPECT_EQ(find(*record, "qty.loss"), nullptr);
  EXPECT_EQ(record->remarks.front(), "an amount is given without a currency, so it is not taken");
}

TEST_F(Veris, ANegativeAmountIsNoFact) {
  const auto record = read(R"({"action": {"hacking": {}},
      "impact": {"overall_amount": -9, "iso_currency_code": "EUR"}})");
  EXPECT_EQ(find(*record, "qty.loss"), nullptr);
  EXPECT_EQ(record->remarks.front(), "an amount is negative, so it is not taken");
}

TEST_F(Veris, NoIncidentNoFacts) {
  const auto record = read(R"({"action": {"hacking": {}}, "security_incident": "False positive"})");
  EXPECT_TRUE(record->conduct.counts.front().facts.empty());
  EXPECT_EQ(record->remarks.size(), 1U);
}

TEST_F(Veris, ListOfCodesGivesTheSameFacts) {
  const auto record = read_flat(R"({"incident_id": "f", "timeline.incident.year": 2013.0,
      "timeline.incident.month": 3, "timeline.incident.day": 5, "impact.overall_amount": 4,
      "true": ["action.Hacking", "action.hacking.variety.DoS", "impact.iso_currency_code.USD",
               "attribute.availability.variety.Interruption", "victim.country.KR",
               "discovery_method.Unknown"]})");
  ASSERT_TRUE(record.ok()) << record.error().to_string();
  EXPECT_EQ(find(*record, "mens.intent")->value, Truth::kTrue);
  EXPECT_EQ(find(*record, "act.hinder")->field, "/true/3");
  EXPECT_EQ(find(*record, "qty.loss")->quantity->currency, "USD");
  EXPECT_EQ(record->conduct.counts.front().dates.from->to_string(), "2013-03-05");
  EXPECT_EQ(record->conduct.counts.front().places.front().state, "KOR");
}

struct BadRecord {
  const char* text;
  const char* message;
  const char* pointer;
};

class RefusedVeris : public testing::TestWithParam<BadRecord> {};

TEST_P(RefusedVeris, NamesThePlace) {
  const auto record =
      import_veris(base::parse_json(GetParam().text, "test").take(), test::small_mappings());
  ASSERT_FALSE(record.ok());
  EXPECT_EQ(record.error().code, base::ErrorCode::kSchema);
  EXPECT_EQ(record.error().message, GetParam().message);
  EXPECT_EQ(record.error().place.pointer, GetParam().pointer);
}

INSTANTIATE_TEST_SUITE_P(
    Veris, RefusedVeris,
    testing::Values(BadRecord{"[]", "an object is expected here", ""},
                    BadRecord{"{}", "`action` is missing", ""},
                    BadRecord{R"({"action": []})", "an object is expected here", "/action"},
                    BadRecord{R"({"action": {"hacking": "yes"}})", "an object is expected here",
                              "/action/hacking"},
                    BadRecord{R"({"action": {}, "attribute": {"integrity": 1}})",
                              "an object is expected here", "/attribute/integrity"},
                    BadRecord{R"({"action": {}, "timeline": {"incident": []}})",
                              "an object is expected here", "/timeline/incident"},
                    BadRecord{R"({"action": {}, "summary": 5})", "a text is expected here",
                              "/summary"}));

TEST(VerisLimit, TooManyCodes) {
  base::JsonArray list;
  for (std::size_t i = 0; i <= kMaxCodes; ++i)
    list.push_back(base::Json("action." + std::to_string(i)));
  const auto record = import_veris_flat(base::JsonObject{{"true", list}}, test::small_mappings());
  ASSERT_FALSE(record.ok());
  EXPECT_EQ(record.error().code, base::ErrorCode::kLimit);
}

TEST(VerisDates, AYearThatIsOutOfRangeIsUnknown) {
  const auto record = import_veris(
      base::parse_json(R"({"action": {}, "timeline": {"incident": {"year": 99999}}})", "t").take(),
      test::small_mappings());
  ASSERT_TRUE(record.ok());
  EXPECT_FALSE(record->conduct.counts.front().dates.from.has_value());
}

TEST(VerisDates, ADayThatDoesNotExistLeavesTheMonth) {
  const auto record = import_veris_flat(
      base::parse_json(R"({"true": [], "timeline.incident.year": 2013, "timeline.incident.month": 6,
                           "timeline.incident.day": 31})",
                       "t")
          .take(),
      test::small_mappings());
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(record->conduct.counts.front().dates.from->to_string(), "2013-06-01");
  EXPECT_EQ(record->conduct.counts.front().dates.until->to_string(), "2013-06-30");
  EXPECT_EQ(record->remarks.front(),
            "the recorded date is no day of the calendar; only its year or month is taken");
}

}  // namespace
}  // namespace rogatory::conduct
