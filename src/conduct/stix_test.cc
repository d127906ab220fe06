// SPDX-License-Identifier: EUPL-1.2

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "conduct/import.h"
#include "support/small_mappings.h"

namespace rogatory::conduct {
namespace {

constexpr std::string_view kBundle = R"({
  "type": "bundle", "id": "bundle--1", "objects": [
    {"type": "identity", "id": "identity--me", "name": "CERT"},
    {"type": "campaign", "id": "campaign--1", "name": "The campaign", "description": "words",
     "created_by_ref": "identity--me", "first_seen": "2017-05-12T00:00:00Z",
     "last_seen": "2017-05-14T00:00:00Z"},
    {"type": "malware", "id": "malware--1", "name": "W"},
    {"type": "attack-pattern", "id": "attack-pattern--1", "external_references":
     [{"source_name": "mitre-attack", "external_id": "T1566.001"},
      {"source_name": "capec", "external_id": "CAPEC-1"}]},
    {"type": "attack-pattern", "id": "attack-pattern--2", "external_references":
     [{"source_name": "mitre-attack", "external_id": "T1486"}]},
    {"type": "identity", "id": "identity--victim", "name": "V"},
    {"type": "location", "id": "location--1", "country": "DE"},
    {"type": "threat-actor", "id": "threat-actor--1", "name": "unknown"},
    {"type": "location", "id": "location--2", "country": "UA"},
    {"type": "relationship", "id": "relationship--1", "relationship_type": "uses",
     "source_ref": "campaign--1", "target_ref": "attack-pattern--1"},
    {"type": "relationship", "id": "relationship--2", "relationship_type": "uses",
     "source_ref": "malware--1", "target_ref": "attack-pattern--2"},
    {"type": "relationship", "id": "relationship--3", "relationship_type": "targets",
     "source_ref": "campaign--1", "target_ref": "identity--victim"},
    {"type": "relationship", "id": "relationship--4", "relationship_type": "located-at",
     "source_ref": "identity--victim", "target_ref": "location--1"},
    {"type": "relationship", "id": "relationship--5", "relationship_type": "located-at",
     "source_ref": "threat-actor--1", "target_ref": "location--2"},
    {"type": "relationship", "id": "relationship--6", "relationship_type": "uses",
     "source_ref": "campaign--1", "target_ref": "malware--elsewhere"}]})";

base::Result<Imported> read(std::string_view text) {
  return import_stix(base::parse_json(text, "test").take(), test::small_mappings());
}

const law::Fact* find(const Imported& record, std::string_view term) {
  const auto& facts = record.conduct.counts.front().facts;
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [term](const law::Fact& fact) { return fact.term == term; });
  return found == facts.end() ? nullptr : &*found;
}

TEST(Stix, ReadsTechniquesAndWhoSaysSo) {
  const auto record = read(kBundle);
  ASSERT_TRUE(record.ok()) << record.error().to_string();
  const Conduct& conduct = record->conduct;
  EXPECT_EQ(conduct.id, "stix-bundle-1");
  EXPECT_EQ(conduct.title, "The campaign");
  EXPECT_EQ(conduct.counts.front().dates.from->to_string(), "2017-05-12");
  EXPECT_EQ(conduct.counts.front().dates.until->to_string(), "2017-05-14");
  const law::Fact* const deceive = find(*record, "act.deceive");
  ASSERT_NE(deceive, nullptr);
  EXPECT_EQ(deceive->asserted_by, "CERT");
  EXPECT_EQ(deceive->field, "/objects/3/external_references/0/external_id");
  EXPECT_TRUE(deceive->scope.empty());
}

TEST(Stix, WhatOnlyAProgramDoesIsWhatItIsMadeFor) {
  const auto record = read(kBundle);
  const law::Fact* const block = find(*record, "act.data.block");
  ASSERT_NE(block, nullptr);
  EXPECT_EQ(block->scope, std::vector<law::Scope>{law::Scope::kDesigned});
  EXPECT_EQ(find(*record, "mens.intent"), nullptr);
  EXPECT_TRUE(find(*record, "obj.tool.malware")->scope.empty());
}

TEST(Stix, PlacesOfTargetsAndActors) {
  const auto record = read(kBundle);
  const auto& places = record->conduct.counts.front().places;
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].state, "DEU");
  EXPECT_EQ(places[0].role, PlaceRole::kVictim);
  EXPECT_EQ(places[1].state, "UKR");
  EXPECT_EQ(places[1].role, PlaceRole::kActed);
}

TEST(Stix, EmptyBundleSaysNothing) {
  const auto record = read(R"({"type": "bundle", "id": "bundle--0"})");
  ASSERT_TRUE(record.ok());
  EXPECT_TRUE(record->conduct.counts.front().facts.empty());
}

TEST(Stix, RefusesOtherShapes) {
  const auto no_bundle = read(R"({"type": "report"})");
  EXPECT_EQ(no_bundle.error().message, "a STIX bundle is expected here");
  const auto no_id = read(R"({"type": "bundle", "objects": [{"type": "malware"}]})");
  EXPECT_EQ(no_id.error().message, "`id` is missing");
  EXPECT_EQ(no_id.error().place.pointer, "/objects/0");
  const auto half = read(R"({"type": "bundle", "objects": [
      {"type": "relationship", "id": "r", "relationship_type": "uses", "source_ref": 1}]})");
  EXPECT_EQ(half.error().message, "a text is expected here");
  EXPECT_EQ(half.error().place.pointer, "/objects/0/source_ref");
  const auto reversed = read(R"({"type": "bundle", "objects": [{"type": "campaign", "id": "c",
      "first_seen": "2020-02-02T00:00:00Z", "last_seen": "2020-01-01T00:00:00Z"}]})");
  EXPECT_EQ(reversed.error().message, "`last_seen` is before `first_seen`");
}

}  // namespace
}  // namespace rogatory::conduct
