// SPDX-License-Identifier: EUPL-1.2

#include "request/draft.h"

#include <gtest/gtest.h>

#include "request/detail/clean_text.h"
#include "request/detail/yaml_writer.h"

namespace rogatory::request {
namespace {

base::JsonObject six(std::string_view en) {
  base::JsonObject out;
  for (const std::string_view code : kLanguageCodes)
    out[code] = std::string(en) + " " + std::string(code);
  return out;
}

KindBook sample_kinds() {
  base::JsonObject kind{{"kind", "preservation"}, {"group", "preservation"}};
  kind["title"] = six("Preservation");
  kind["purpose"] = six("Keep data");
  kind["contents"] = base::parse_json(R"json([{"use":"authority","level":"essential",
      "required_by":[{"instrument":"conv","cite":"Art. 29(2)(a)","confidence":"found","source":"s","pin":"p"
}]
},
      {"use":"necessity","level":"basis","required_by":[{"instrument":"conv","cite":"Art. 29(2)(e)"}]}])json",
                                      "k")
                         .take();
  base::JsonObject authority{{"id", "authority"}, {"ask", "Who asks?"}, {"why", "w"}};
  authority["label"] = six("Authority");
  authority["fill"] = base::JsonArray{"/requesting/authority/name"};
  base::JsonObject necessity{{"id", "necessity"}, {"ask", "Why?"}, {"why", "w"}};
  necessity["label"] = six("Necessity");
  necessity["fill"] = base::JsonArray{"/necessity"};
  necessity["refusal"] =
      base::JsonObject{{"known", "yes"}, {"says", "returned"}, {"cite", "practice"}};
  const base::JsonObject contents{{"contents", base::JsonArray{authority, necessity}}};
  base::JsonObject word = six("Facts");
  word["id"] = "heading.facts";
  const base::JsonObject wording{{"strings", base::JsonArray{word}}};
  auto book = KindBook::read({{"preservation", kind}}, contents, wording);
  EXPECT_TRUE(book.ok()) << (book.ok() ? "" : book.error().to_string());
  return book.take();
}

CaseFile sample_case() {
  return read_case(base::parse_json(R"({"format":"rogatory.case/1","id":"ex","title":"t",
    "requesting":{"state":"PHL","authority":{"name":"Department of Justice"}},"requested":{"state":"DEU"}})",
                                    "c")
                       .take())
      .take();
}

TEST(KindBook, ReadsKindsContentsAndWording) {
  const KindBook kinds = sample_kinds();
  const Kind* kind = kinds.find("preservation");
  ASSERT_NE(kind, nullptr);
  EXPECT_EQ(kind->title.in("fr").text, "Preservation fr");
  EXPECT_EQ(kind->contents.at(0).required_by.at(0).confidence, law::Confidence::kFound);
  EXPECT_EQ(kind->contents.at(1).required_by.at(0).confidence, law::Confidence::kRecalled);
  EXPECT_EQ(kinds.find_content("necessity")->refusal, KnownCause::kYes);
  EXPECT_EQ(kinds.find_wording("heading.facts")->in("ru").text, "Facts ru");
  EXPECT_EQ(kinds.find("nothing"), nullptr);
}

TEST(Draft, IsFilledFromTheCase) {
  const KindBook kinds = sample_kinds();
  const Draft draft = make_draft(*kinds.find("preservation"), sample_case(), std::nullopt, "d");
  EXPECT_EQ(draft.id, "ex-preservation");
  EXPECT_EQ(draft.find_content("authority")->text, "Department of Justice");
  EXPECT_TRUE(draft.find_content("authority")->is_from_case);
  EXPECT_EQ(draft.find_content("necessity")->text, "");
}

TEST(Draft, ATextOfTheCaseGoesBeforeItsFields) {
  const KindBook kinds = sample_kinds();
  base::JsonObject document = sample_case().document;
  document["necessity"] = "a field";
  document["texts"] = base::JsonObject{{"necessity", "a text of its own"}};
  CaseFile file = read_case(base::Json(document)).take();
  EXPECT_TRUE(check_content_texts(file, kinds).ok());
  const Draft draft = make_draft(*kinds.find("preservation"), file, std::nullopt, "d");
  EXPECT_EQ(draft.find_content("necessity")->text, "a text of its own");
  EXPECT_TRUE(draft.find_content("necessity")->is_from_case);
  file.texts.front().content = "colour";
  const auto refused = check_content_texts(file, kinds);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().place.pointer, "/texts/necessity");
}

TEST(Draft, TheLongestNameOfACaseMakesANameOfARequest) {
  constexpr std::string_view kLongestKind = "spontaneous_information";
  EXPECT_LE(detail::kMaxCaseId + 1 + kLongestKind.size(), detail::kMaxRequestId);
}

TEST(Draft, ReadsBackToTheSame) {
  const KindBook kinds = sample_kinds();
  Draft draft = make_draft(*kinds.find("preservation"), sample_case(),
                           BasisChosen{.instrument = "conv",
                                       .provision = "conv:b",
                                       .on = base::Date::parse("2026-11-24").take()},
                           "d");
  draft.conditions.push_back({.id = "confidentiality", .text = "kept\nconfidential"});
  draft.history.push_back({.of = "earlier", .relation = "extends"});
  const base::JsonObject json = to_json(draft);
  const auto read = read_draft(json, kinds);
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  EXPECT_EQ(base::canonical_json(to_json(*read)), base::canonical_json(json));
}

TEST(Draft, RefusesWhatItDoesNotKnow) {
  const KindBook kinds = sample_kinds();
  const base::JsonObject good =
      to_json(make_draft(*kinds.find("preservation"), sample_case(), std::nullopt, "d"));
  const auto refuse = [&](std::string_view key, base::Json value, std::string_view words) {
    base::JsonObject bad = good;
    bad[key] = std::move(value);
    const auto read = read_draft(bad, kinds);
    ASSERT_FALSE(read.ok()) << words;
    EXPECT_NE(read.error().message.find(words), std::string::npos) << read.error().to_string();
  };
  refuse("colour", "red", "colour");
  refuse("kind", "unknown", "no kind of request");
  refuse("contents", base::JsonArray{base::JsonObject{{"id", "nothing"}}}, "no content `nothing`");
  refuse("history", base::JsonArray{base::JsonObject{{"of", "x"}, {"relation", "near"}}},
         "extends, lapses or follows");
  base::JsonObject bad_case = good.at("case").as_object();
  bad_case["requested"] = base::JsonObject{{"state", "xx"}};
  base::JsonObject bad = good;
  bad["case"] = bad_case;
  EXPECT_EQ(read_draft(bad, kinds).error().place.pointer, "/case/requested");
}

TEST(YamlWriter, KeepsWhatYamlWouldChange) {
  const base::JsonObject value{{"no", "no"},
                               {"text", "a: b"},
                               {"lines", "one\n  two"},
                               {"count", 3},
                               {"none", base::JsonArray{}}};
  EXPECT_EQ(detail::write_yaml(value),
            "\"no\": \"no\"\ntext: \"a: b\"\nlines: |-\n  one\n    two\ncount: 3\nnone: []\n");
}

}  // namespace
}  // namespace rogatory::request
