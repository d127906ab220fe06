// SPDX-License-Identifier: EUPL-1.2

#include "corpus/conduct_yaml.h"

#include <gtest/gtest.h>

#include "corpus/detail/sample_corpus.h"

namespace rogatory::corpus {
namespace {

constexpr std::string_view kConduct = R"(format: rogatory.conduct/1
id: case-1
title: "A case"
counts:
  - id: c1
    title: "Access"
    date: {from: 2000-05-04}
    facts:
      - {term: act.access, value: true, status: alleged, by: "authority"}
      - {term: mens.intent, value: unknown, reason: contested}
)";

std::string fault(const std::string& text) {
  const auto result = read_conduct_document(text, "c.yaml", detail::schemas());
  return result.ok() ? "valid" : result.error().place.to_string();
}

std::string replaced(std::string_view passage, std::string_view by) {
  std::string text(kConduct);
  return text.replace(text.find(passage), passage.size(), by);
}

TEST(ConductYaml, ReadsAConduct) {
  const auto result = read_conduct_document(kConduct, "c.yaml", detail::schemas());
  ASSERT_TRUE(result.ok()) << result.error().to_string();
  const base::Json& facts = result->value.at("counts").at(0).at("facts");
  EXPECT_TRUE(facts.at(0).at("value").as_bool());
  EXPECT_EQ(facts.at(1).at("value").as_string(), "unknown");
  EXPECT_EQ(result->positions.find("/counts/0/facts/1/value")->line, 10);
}

TEST(ConductYaml, PlacesFaults) {
  EXPECT_EQ(fault(replaced("value: true", "value: yes")).substr(0, 8), "c.yaml:9");
  EXPECT_EQ(fault(replaced("alleged", "proved")).substr(0, 40),
            "c.yaml:9:49 at /counts/0/facts/0/status");
  EXPECT_EQ(fault(replaced("id: case-1", "id: &a case-1")), "c.yaml:2:5");
  EXPECT_EQ(fault(replaced("title: \"A case\"\n", "")).substr(0, 10), "c.yaml:1:1");
}

}  // namespace
}  // namespace rogatory::corpus
