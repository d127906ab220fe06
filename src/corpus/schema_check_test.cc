// SPDX-License-Identifier: EUPL-1.2

#include "corpus/schema_check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "corpus/detail/sample_corpus.h"

namespace rogatory::corpus {
namespace {

constexpr NamedSchema kPerson{"person.schema.json", R"({
  "type": "object", "additionalProperties": false, "required": ["name"],
  "properties": {"name": {"type": "string", "pattern": "^[a-z]+$"}, "age": {"type": "integer"},
                 "friends": {"type": "array", "items": {"$ref": "#"}},
                 "place": {"$ref": "place.schema.json#/definitions/place"}}})"};
constexpr NamedSchema kPlace{"place.schema.json", R"({
  "definitions": {"place": {"type": "object", "required": ["city"]}}})"};

SchemaSet make(std::vector<NamedSchema> schemas) {
  auto set = SchemaSet::make(schemas);
  EXPECT_TRUE(set.ok()) << set.error().to_string();
  return set.take();
}

std::string fault(std::string_view yaml) {
  const SchemaSet set = make({kPerson, kPlace});
  const auto document = read_yaml_document(yaml, "p.yaml").take();
  const auto result = set.check(document, "person.schema.json");
  return result.ok() ? "valid" : result.error().to_string();
}

TEST(SchemaSet, AcceptsWhatIsValid) {
  EXPECT_EQ(fault("name: ann\nage: 5\nfriends: [{name: bob}]\nplace: {city: x}\n"), "valid");
}

TEST(SchemaSet, CompilesOneAloneOnRequest) {
  const std::vector<NamedSchema> schemas{kPerson, kPlace};
  const auto set = SchemaSet::make(schemas, kPerson.name);
  ASSERT_TRUE(set.ok());
  EXPECT_FALSE(set->has(kPlace.name));
  // What it refers to in the others is there all the same.
  const auto document = read_yaml_document("name: ann\nplace: {}\n", "p.yaml").take();
  EXPECT_FALSE(set->check(document, kPerson.name).ok());
}

TEST(SchemaSet, GivesTheInnermostPlace) {
  EXPECT_EQ(fault("name: ann\nfriends:\n  - name: bob\n  - {name: Eve}\n"),
            "p.yaml:4:12 at /friends/1/name: failed to match regex specified by `pattern` "
            "constraint (schema)");
  EXPECT_EQ(fault("name: ann\nage: old\n"),
            "p.yaml:2:6 at /age: value type not permitted by `type` constraint (schema)");
}

TEST(SchemaSet, NamesKeysThatAreMissingOrUnknown) {
  EXPECT_EQ(fault("name: ann\nfriends:\n  - {age: 1}\n"),
            "p.yaml:3:5 at /friends/0: missing required property `name` (schema)");
  EXPECT_EQ(fault("name: ann\ncolour: red\n"),
            "p.yaml:2:9 at /colour: unknown key `colour` (schema)");
}

TEST(SchemaSet, TellsWhenNoAlternativeFits) {
  constexpr NamedSchema kNode{"node.schema.json", R"({"oneOf": [{"required": ["all"]},
                                                                {"required": ["any"]}]})"};
  const SchemaSet set = make({kNode});
  const auto faults = set.find_faults(base::JsonObject{{"none", 1}}, "node.schema.json");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].message,
            "fits none of the allowed forms: missing required property `all`; missing required "
            "property `any`");
}

TEST(SchemaSet, FollowsReferencesToOtherFiles) {
  EXPECT_EQ(fault("name: ann\nplace: {town: x}\n"),
            "p.yaml:2:8 at /place: missing required property `city` (schema)");
}

TEST(SchemaSet, RefusesWhatIsNoSchema) {
  const std::vector<NamedSchema> text = {{"a.schema.json", "{"}};
  EXPECT_EQ(SchemaSet::make(text).error().code, base::ErrorCode::kParse);
  const std::vector<NamedSchema> wrong = {
      {"a.schema.json", R"({"properties": {"a": {"$ref": "absent.json#/b"}}})"}};
  const auto result = SchemaSet::make(wrong);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::ErrorCode::kSchema);
  EXPECT_EQ(result.error().place.file, "a.schema.json");
}

TEST(SchemaSet, KnowsWhichSchemasItHas) {
  const SchemaSet set = make({kPlace});
  EXPECT_TRUE(set.has("place.schema.json"));
  EXPECT_EQ(set.check({}, "person.schema.json").error().code, base::ErrorCode::kNotFound);
}

TEST(EmbeddedSchemas, CoverEveryFormat) {
  for (const std::string_view format :
       {"rogatory.vocabulary/1", "rogatory.instrument/1", "rogatory.state/1",
        "rogatory.state-law/1", "rogatory.mapping/1"}) {
    ASSERT_TRUE(find_format(format)) << format;
    EXPECT_TRUE(detail::schemas().has(find_format(format)->schema)) << format;
  }
  EXPECT_TRUE(detail::schemas().has("conduct.schema.json"));
  EXPECT_FALSE(find_format("rogatory.state/2"));
}

TEST(EmbeddedSchemas, AreSortedByName) {
  EXPECT_TRUE(std::ranges::is_sorted(embedded_schemas(), {}, &NamedSchema::name));
}

TEST(EmbeddedSchemas, AcceptTheSample) {
  for (const auto& fault : detail::read_sample(detail::sample_texts()).faults) {
    ADD_FAILURE() << fault.to_string();
  }
}

}  // namespace
}  // namespace rogatory::corpus
