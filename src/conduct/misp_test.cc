// SPDX-License-Identifier: EUPL-1.2

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "conduct/import.h"
#include "support/small_mappings.h"

namespace rogatory::conduct {
namespace {

constexpr std::string_view kEvent = R"({"Event": {
  "uuid": "0A", "info": "An event", "date": "2024-04-17", "Orgc": {"name": "Team"},
  "Tag": [{"name": "rsit:fraud=\"phishing\""}, {"name": "tlp:clear"},
          {"name": "misp-galaxy:target-information=\"Germany\""},
          {"name": "veris:action:hacking:variety=\"DoS\""}],
  "Galaxy": [{"GalaxyCluster":
    [{"tag_name": "misp-galaxy:mitre-attack-pattern=\"Data Encrypted for Impact - T1486\""}]}],
  "Attribute": [{"type": "ip-src", "value": "203.0.113.1",
    "Tag": [{"name": "misp-galaxy:mitre-attack-pattern=\"Attachment - T1566.001\""}]}],
  "Object": [{"name": "ransom-negotiation", "Attribute":
    [{"object_relation": "data_stolen", "value": "True"},
     {"object_relation": "Remarks", "value": "x"}]}]}})";

base::Result<Imported> read(std::string_view text) {
  return import_misp(base::parse_json(text, "test").take(), test::small_mappings());
}

const law::Fact* find(const Imported& record, std::string_view term) {
  const auto& facts = record.conduct.counts.front().facts;
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [term](const law::Fact& fact) { return fact.term == term; });
  return found == facts.end() ? nullptr : &*found;
}

TEST(Misp, ReadsTagsGalaxiesAndObjects) {
  const auto record = read(kEvent);
  ASSERT_TRUE(record.ok()) << record.error().to_string();
  EXPECT_EQ(record->conduct.id, "misp-0a");
  EXPECT_EQ(find(*record, "act.deceive")->field, "/Event/Tag/0/name");
  EXPECT_EQ(find(*record, "act.deceive")->asserted_by, "Team");
  EXPECT_EQ(find(*record, "act.data.block")->field, "/Event/Galaxy/0/GalaxyCluster/0/tag_name");
  EXPECT_EQ(find(*record, "act.data.copy")->field, "/Event/Object/0/Attribute/0/value");
  EXPECT_EQ(find(*record, "obj.system")->field, "/Event/Tag/3/name");
  EXPECT_EQ(record->conduct.counts.front().places.front().state, "DEU");
  EXPECT_EQ(record->conduct.counts.front().dates.from->to_string(), "2024-04-17");
  EXPECT_EQ(record->remarks.front(),
            "the date is the event's date of reference; check when the acts were done");
}

TEST(Misp, ListsTagsThatSayNothing) {
  const auto record = read(kEvent);
  const bool lists_tlp =
      std::any_of(record->unmapped.begin(), record->unmapped.end(),
                  [](const UnmappedCode& one) { return one.code == "tlp:clear"; });
  EXPECT_TRUE(lists_tlp);
  const bool lists_values = std::any_of(
      record->unmapped.begin(), record->unmapped.end(),
      [](const UnmappedCode& one) { return one.code == "object.ransom-negotiation.Remarks.x"; });
  EXPECT_FALSE(lists_values);
}

TEST(Misp, ReadsABareEvent) {
  const auto record = read(R"({"info": "bare", "Tag": [{"name": "rsit:fraud=\"phishing\""}]})");
  ASSERT_TRUE(record.ok()) << record.error().to_string();
  EXPECT_EQ(find(*record, "act.deceive")->asserted_by, "organisation");
}

TEST(Misp, RefusesOtherShapes) {
  EXPECT_EQ(read(R"({"Event": []})").error().message, "an object is expected here");
  EXPECT_EQ(read(R"({"Event": {}})").error().message, "`info` is missing");
  const auto date = read(R"({"Event": {"info": "x", "date": "17.4.2024"}})");
  EXPECT_EQ(date.error().place.pointer, "/Event/date");
  const auto tag = read(R"({"Event": {"info": "x", "Tag": [{"name": 3}]}})");
  EXPECT_EQ(tag.error().message, "a text is expected here");
  EXPECT_EQ(tag.error().place.pointer, "/Event/Tag/0/name");
  const auto object = read(R"({"Event": {"info": "x", "Object": [{}]}})");
  EXPECT_EQ(object.error().message, "`name` is missing");
  const auto attribute = read(R"({"Event": {"info": "x", "Attribute": [1]}})");
  EXPECT_EQ(attribute.error().place.pointer, "/Event/Attribute/0");
}

TEST(Misp, OddTagsAreOnlyTags) {
  const auto record = read(R"({"info": "x", "Tag": [{"name": "veris:"}, {"name": "veris:=\"\""},
      {"name": "misp-galaxy:mitre-attack-pattern=\"no id\""}, {"name": ""},
      {"name": "misp-galaxy:mitre-attack-pattern=\" - T"}]})");
  ASSERT_TRUE(record.ok()) << record.error().to_string();
  EXPECT_TRUE(record->conduct.counts.front().facts.empty());
}

}  // namespace
}  // namespace rogatory::conduct
