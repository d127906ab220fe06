// SPDX-License-Identifier: EUPL-1.2

#include "conduct/import.h"

#include <gtest/gtest.h>

#include <string>

#include "support/small_mappings.h"

namespace rogatory::conduct {
namespace {

TEST(Import, DetectsByWhatItLooksLike) {
  EXPECT_EQ(detect_format(R"({"action": {}})"), Format::kVeris);
  EXPECT_EQ(detect_format(R"( [{"action": {}}] )"), Format::kVeris);
  EXPECT_EQ(detect_format(R"({"true": ["a"]})"), Format::kVerisFlat);
  EXPECT_EQ(detect_format(R"({"type": "bundle"})"), Format::kStix);
  EXPECT_EQ(detect_format(R"({"Event": {}})"), Format::kMisp);
  EXPECT_EQ(detect_format(R"({"response": []})"), Format::kMisp);
  EXPECT_EQ(detect_format(R"({"info": "x", "Tag": []})"), Format::kMisp);
  EXPECT_EQ(detect_format(R"({"format": "rogatory.conduct/1"})"), Format::kConductJson);
  EXPECT_EQ(detect_format("# c\nformat: rogatory.conduct/1\nid: x\n"), Format::kConductYaml);
  EXPECT_EQ(detect_format("\xEF\xBB\xBFID,incident_type,receiver_country\n"), Format::kEurepocCsv);
  EXPECT_EQ(detect_format(""), Format::kUnknown);
  EXPECT_EQ(detect_format("{broken"), Format::kUnknown);
  EXPECT_EQ(detect_format("[]"), Format::kUnknown);
  EXPECT_EQ(detect_format("[[]]"), Format::kUnknown);
  EXPECT_EQ(detect_format(R"({"action": 7})"), Format::kUnknown);
  EXPECT_EQ(detect_format("a,b\n1,2\n"), Format::kUnknown);
}

TEST(Import, NamesEveryFormat) {
  EXPECT_EQ(to_text(Format::kVerisFlat), "veris-list");
  EXPECT_EQ(to_text(Format::kEurepocCsv), "eurepoc-csv");
}

TEST(Import, ReadsListsRecordByRecord) {
  const auto records = import_text(
      R"([{"incident_id": "1", "action": {"hacking": {}}}, {"incident_id": "2", "action": {}}])",
      "f.json", test::small_mappings());
  ASSERT_TRUE(records.ok()) << records.error().to_string();
  ASSERT_EQ(records->size(), 2U);
  EXPECT_EQ((*records)[1].conduct.id, "veris-2");
}

TEST(Import, PassesOverAByteOrderMark) {
  const std::string text = "\xEF\xBB\xBF{\"incident_id\": \"1\",\n \"action\": {\"hacking\": 7}}";
  EXPECT_EQ(detect_format(text), Format::kVeris);
  const auto refused = import_text(text, "f.json", test::small_mappings());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().place.line, 2);
  EXPECT_EQ(refused.error().place.pointer, "/action/hacking");
  const auto records =
      import_text("\xEF\xBB\xBF{\"action\": {}}", "f.json", test::small_mappings());
  EXPECT_TRUE(records.ok()) << records.error().to_string();
}

TEST(Import, ReadsAServerResponse) {
  const auto records = import_text(R"({"response": [{"Event": {"info": "one"}}]})", "f.json",
                                   test::small_mappings());
  ASSERT_TRUE(records.ok()) << records.error().to_string();
  EXPECT_EQ(records->front().conduct.title, "one");
}

TEST(Import, NamesTheRecordInErrors) {
  const auto records = import_text(R"([{"action": {}}, {"action": {"error": []}}])", "f.json",
                                   test::small_mappings());
  ASSERT_FALSE(records.ok());
  EXPECT_EQ(records.error().to_string(),
            "f.json:1:39 at /1/action/error: an object is expected here (schema)");
}

TEST(Import, RefusesWhatItDoesNotKnow) {
  const auto text = import_text("hello", "f.txt", test::small_mappings());
  EXPECT_EQ(text.error().code, base::ErrorCode::kUnsupported);
  const auto yaml = import_text("format: rogatory.conduct/1\n", "f.yaml", test::small_mappings());
  EXPECT_EQ(yaml.error().code, base::ErrorCode::kUnsupported);
  const auto mixed =
      import_text(R"([{"action": {}}, {"unknown": 1}])", "f.json", test::small_mappings());
  EXPECT_EQ(mixed.error().place.pointer, "/1");
  EXPECT_EQ(import_text("{", "f.json", test::small_mappings()).error().code,
            base::ErrorCode::kParse);
}

TEST(Import, EveryImportCanBeKeptAsConduct) {
  const auto records = import_text(R"([{"incident_id": "1", "action": {"hacking": {}, "misuse": {}},
                      "timeline": {"incident": {"year": 2020}}}])",
                                   "f.json", test::small_mappings());
  ASSERT_TRUE(records.ok());
  const auto again = read_conduct_json(to_json(records->front().conduct));
  ASSERT_TRUE(again.ok()) << again.error().to_string();
  EXPECT_EQ(again->counts.front().facts.size(),
            records->front().conduct.counts.front().facts.size());
}

}  // namespace
}  // namespace rogatory::conduct
