// SPDX-License-Identifier: EUPL-1.2

#include "conduct/mapping.h"

#include <gtest/gtest.h>

#include <string>

#include "support/small_mappings.h"

namespace rogatory::conduct {
namespace {

using base::ErrorCode;

base::Json mapping_with(std::string_view rules) {
  const std::string text =
      R"({"format": "rogatory.mapping/1", "source": "x", "title": "t", "versions": ["1"],
          "asserted_by": "a", "sources": [{"id": "s"}], "defaults": {"confidence": "found"},
          "sets": {"one": ["A", "b*"]}, "rules": )" +
      std::string(rules) + "}";
  return base::parse_json(text, "test").take();
}

TEST(Mapping, ReadsTheSmallOne) {
  const Mappings mappings = test::small_mappings();
  EXPECT_EQ(mappings.veris.rules.size(), 6U);
  EXPECT_EQ(mappings.states.find("germany"), "DEU");
  EXPECT_EQ(mappings.states.find("de"), "DEU");
  EXPECT_EQ(mappings.states.find("DEU "), "DEU");
  EXPECT_EQ(mappings.states.find("Atlantis"), std::nullopt);
}

TEST(Mapping, ExpandsSetsAndPrefixes) {
  const auto mapping = parse_mapping(mapping_with(
      R"([{"codes": ["@one", "C"], "cite": "c", "definition": "d",
           "facts": [{"term": "act.access", "value": true}]}])"));
  ASSERT_TRUE(mapping.ok()) << mapping.error().to_string();
  const std::vector<CodePattern> expected = {{.text = "a", .is_prefix = false},
                                             {.text = "b", .is_prefix = true},
                                             {.text = "c", .is_prefix = false}};
  EXPECT_EQ(mapping->rules.front().codes, expected);
}

struct BadMapping {
  const char* rules;
  const char* message;
  const char* pointer;
};

class RefusedMapping : public testing::TestWithParam<BadMapping> {};

TEST_P(RefusedMapping, NamesThePlace) {
  const auto mapping = parse_mapping(mapping_with(GetParam().rules));
  ASSERT_FALSE(mapping.ok());
  EXPECT_EQ(mapping.error().code, ErrorCode::kSchema);
  EXPECT_EQ(mapping.error().message, GetParam().message);
  EXPECT_EQ(mapping.error().place.pointer, GetParam().pointer);
}

INSTANTIATE_TEST_SUITE_P(
    Mapping, RefusedMapping,
    testing::Values(
        BadMapping{"7", "a list is expected here", "/rules"},
        BadMapping{R"([{"cite": "c"}])", "`codes` is missing", "/rules/0"},
        BadMapping{R"([{"codes": ["@two"]}])", "unknown set `@two`", "/rules/0/codes/0"},
        BadMapping{R"([{"codes": ["*"]}])", "a code is empty", "/rules/0/codes/0"},
        BadMapping{R"([{"codes": ["a"], "cite": "c", "definition": "d", "source": "t"}])",
                   "unknown source `t`", "/rules/0"},
        BadMapping{R"([{"codes": ["a"], "cite": "c", "definition": "d", "surprise": 1}])",
                   "unknown key `surprise`", "/rules/0/surprise"},
        BadMapping{R"([{"codes": ["a"], "cite": "c", "definition": "d",
                        "facts": [{"term": "act.access", "value": "unknown"}]}])",
                   "an unknown needs a reason: not_stated, contested, needs_evaluation",
                   "/rules/0/facts/0"},
        BadMapping{R"([{"codes": ["a"], "cite": "c", "definition": "d",
                        "facts": [{"term": "act.access", "value": 1}]}])",
                   "a value is true, false or unknown", "/rules/0/facts/0/value"},
        BadMapping{R"([{"codes": ["a"], "cite": "c", "definition": "d",
                        "facts": [{"term": "act.access", "value": true, "in": "dreamt"}]}])",
                   "unknown scope `dreamt`", "/rules/0/facts/0"}));

TEST(Mapping, RefusesASetInASet) {
  const auto mapping = parse_mapping(
      base::parse_json(R"({"format": "rogatory.mapping/1", "source": "x", "title": "t",
                           "versions": ["1"], "asserted_by": "a", "sources": [{"id": "s"}],
                           "sets": {"one": ["a"], "two": ["@one"]}})",
                       "test")
          .take());
  ASSERT_FALSE(mapping.ok());
  EXPECT_EQ(mapping.error().message, "unknown set `@one`");
}

TEST(Mapping, RefusesANameOfTwoStates) {
  const auto names =
      parse_state_names(base::parse_json(R"({"format": "rogatory.mapping/1", "states": [
                           {"alpha3": "COG", "alpha2": "CG", "names": ["Congo"]},
                           {"alpha3": "COD", "alpha2": "CD", "names": ["congo"]}]})",
                                         "test")
                            .take());
  ASSERT_FALSE(names.ok());
  EXPECT_EQ(names.error().message, "`congo` names both COG and COD");
}

TEST(Mapping, NamesAMissingDocument) {
  const auto mappings = parse_mappings({});
  ASSERT_FALSE(mappings.ok());
  EXPECT_EQ(mappings.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(mappings.error().message, "no mapping `veris` in the corpus");
}

}  // namespace
}  // namespace rogatory::conduct
