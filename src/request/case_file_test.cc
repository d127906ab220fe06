// SPDX-License-Identifier: EUPL-1.2

#include "request/case_file.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace rogatory::request {
namespace {

constexpr std::string_view kCase = R"({
  "format": "rogatory.case/1", "id": "exercise-1", "title": "An exercise", "exercise": true,
  "requesting": {"state": "PHL", "authority": {"name": "Department of Justice", "role": "central_authority"}},
  "requested": {"state": "DEU"},
  "proceedings": {"stage": "investigation", "authority": "a prosecutor", "nature": "criminal"},
  "offences": [{"provision": "PHL:ra-10175-s4-a-1", "max_months": 144}],
  "persons": [{"id": "p1", "role": "suspect", "nationality": ["DEU"], "residence": "DEU", "age_at_conduct": 17}],
  "accounts": [{"id": "a1", "provider": "a provider", "kind": "e-mail", "value": "x@example.org"}],
  "data": [{"id": "d1", "account": "a1", "category": "traffic", "from": "2026-03-01T00:00:00+08:00", "until": "2026-03-31T23:59:59Z"}],
  "urgency": {"level": "emergency", "reason": "r"},
  "counts": [{"id": "c1", "title": "t", "date": {"from": "2026-03-01"}, "facts": [
    {"term": "act.access", "value": true, "status": "alleged", "by": "a prosecutor"}]}],
  "circumstances": [{"term": "req.penalty.death", "value": false, "status": "established", "by": "a prosecutor"}],
  "sentence": {"months": 36, "remaining_months": 30, "in_absentia": false},
  "assurances": [{"term": "req.assurance.speciality", "says": "speciality is kept"}]
})";

base::Json sample() {
  return base::parse_json(kCase, "case.json").take();
}

/// The sample with one member replaced, as read.
base::Result<CaseFile> with(std::string_view key, std::string_view json) {
  base::Json document = sample();
  document.as_object()[key] = base::parse_json(json, "member").take();
  return read_case(document);
}

const law::Fact* find(const std::vector<law::Fact>& facts, std::string_view term) {
  const auto found = std::ranges::find(facts, term, &law::Fact::term);
  return found == facts.end() ? nullptr : &*found;
}

void expect_refused(const base::Result<CaseFile>& result, std::string_view words) {
  ASSERT_FALSE(result.ok()) << words;
  EXPECT_EQ(result.error().code, base::ErrorCode::kSchema);
  EXPECT_NE(result.error().message.find(words), std::string::npos) << result.error().to_string();
}

TEST(CaseFile, ReadsWhatRulesLookAt) {
  const auto read = read_case(sample());
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  EXPECT_TRUE(read->is_exercise);
  EXPECT_EQ(read->requesting.name, "Department of Justice");
  EXPECT_EQ(read->requested.state, "DEU");
  EXPECT_EQ(read->offences.at(0).max_months, 144);
  EXPECT_EQ(read->conduct.counts.at(0).facts.size(), 1U);
  EXPECT_EQ(read->circumstances.size(), 1U);
}

TEST(CaseFile, DerivesCircumstancesButPresumesNothing) {
  const CaseFile file = read_case(sample()).take();
  const std::vector<law::Fact> facts = facts_of_request(file);
  ASSERT_NE(find(facts, "req.person.national_of_requested"), nullptr);
  EXPECT_EQ(find(facts, "req.person.national_of_requested")->value, law::Truth::kTrue);
  // A nationality that is not listed is unknown, not absent.
  EXPECT_EQ(find(facts, "req.person.national_of_requesting"), nullptr);
  EXPECT_EQ(find(facts, "req.person.minor")->value, law::Truth::kTrue);
  EXPECT_EQ(find(facts, "req.emergency")->value, law::Truth::kTrue);
  EXPECT_EQ(find(facts, "req.offence.serious_crime")->value, law::Truth::kTrue);
  EXPECT_EQ(find(facts, "req.assurance.speciality")->value, law::Truth::kTrue);
  EXPECT_EQ(find(facts, "req.proceedings.in_absentia")->value, law::Truth::kFalse);
}

TEST(CaseFile, WhatIsStatedGoesBeforeWhatIsDerived) {
  base::Json document = sample();
  document.as_object()["circumstances"] =
      base::parse_json(
          R"([{"term":"req.person.minor","value":"unknown","reason":"contested","by":"defence"}])",
          "x")
          .take();
  const CaseFile file = read_case(document).take();
  EXPECT_EQ(find(facts_of_request(file), "req.person.minor")->value, law::Truth::kUnknown);
}

TEST(CaseFile, RefusesWithThePlace) {
  expect_refused(with("colour", R"("red")"), "colour");
  expect_refused(with("requested", R"({"state": "PHL"})"), "are the same");
  expect_refused(with("requested", R"({"state": "de"})"), "alpha-3");
  expect_refused(with("data", R"([{"id":"d","category":"traffic","from":"2026-03-01T00:00:00"}])"),
                 "offset");
  expect_refused(with("data", R"([{"id":"d","category":"traffic","account":"zz"}])"),
                 "no account `zz`");
  expect_refused(with("data", R"([{"id":"d","category":"secrets"}])"), "is one of");
  expect_refused(with("persons", R"([{"id":"p","role":"suspect"},{"id":"p","role":"victim"}])"),
                 "twice");
  expect_refused(with("assets", R"([{"id":"s","kind":"virtual_asset","seed_phrase":"a b c"}])"),
                 "does not belong");
  expect_refused(with("assets", R"([{"id":"s","kind":"cash","held_by":"p9"}])"), "no person `p9`");
  expect_refused(with("assurances", R"([{"term":"req.penalty.death","says":"x"}])"),
                 "no assurance");
  expect_refused(with("conduct", R"("conduct.yaml")"), "names a file");
  const auto refused = with(
      "circumstances", R"([{"term":"req.penalty.death","value":1,"status":"alleged","by":"x"}])");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().place.pointer, "/circumstances/0/value");
}

TEST(CaseFile, TakesTheConductOfAFile) {
  base::JsonObject document = sample().as_object();
  document.erase("counts");
  document["conduct"] = "conduct.yaml";
  const base::Json conduct =
      base::parse_json(
          R"({"counts":[{"id":"c9","title":"t","date":{"from":"2026-01-01"},"facts":[]}],"sources":[]})",
          "c")
          .take();
  const auto read = read_case(put_conduct(document, conduct.as_object()));
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  EXPECT_EQ(read->conduct.counts.at(0).id, "c9");
}

}  // namespace
}  // namespace rogatory::request
