// SPDX-License-Identifier: EUPL-1.2
//
// A draft written as YAML and read by the reader of YAML is the same draft, whatever its texts.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <string>
#include <vector>

#include "corpus/yaml_reader.h"
#include "request/draft.h"

namespace rogatory::request {
namespace {

KindBook kinds() {
  base::JsonObject label;
  for (const std::string_view code : kLanguageCodes) label[code] = "label";
  base::JsonObject content{{"id", "facts"}, {"ask", "What?"}};
  content["label"] = label;
  base::JsonObject kind{{"kind", "preservation"}, {"group", "g"}};
  kind["title"] = label;
  kind["purpose"] = label;
  kind["contents"] = base::JsonArray{base::JsonObject{{"use", "facts"}, {"level", "useful"}}};
  return KindBook::read({{"preservation", kind}}, {{"contents", base::JsonArray{content}}},
                        {{"strings", base::JsonArray{}}})
      .take();
}

Draft draft_with(const KindBook& book, const std::vector<std::string>& texts) {
  base::JsonObject document = base::parse_json(R"({"format":"rogatory.case/1","id":"x","title":"t",
                           "requesting":{"state":"AAA"},"requested":{"state":"BBB"}})",
                                               "case")
                                  .take()
                                  .as_object();
  base::JsonArray questions;
  for (const std::string& text : texts) questions.emplace_back(text);
  document["questions"] = std::move(questions);
  document["purpose"] = texts.front();
  document["persons"] = base::JsonArray{
      base::JsonObject{{"id", "p"}, {"role", "witness"}, {"description", texts.back()}}};
  Draft draft = make_draft(*book.find("preservation"), read_case(base::Json(document)).take(),
                           std::nullopt, "digest");
  draft.contents.front().text = texts.front();
  for (const std::string& text : texts) {
    draft.conditions.push_back({.id = "c", .text = text});
  }
  return draft;
}

/// The draft as read back from its YAML; its canonical form, or what went wrong.
std::string read_back(const KindBook& book, const Draft& draft) {
  const std::string yaml = to_yaml(draft);
  const auto document = corpus::read_yaml_document(yaml, "draft.yaml");
  if (!document.ok()) return document.error().to_string() + "\n" + yaml;
  const auto read = read_draft(document->value, book);
  if (!read.ok()) return read.error().to_string() + "\n" + yaml;
  return base::canonical_json(to_json(*read));
}

// Pieces that a writer of YAML gets wrong.
constexpr std::array kPieces = std::to_array<const char*>({
    "\n",
    "\n\n",
    " ",
    "  ",
    ":",
    ": ",
    "- ",
    "---",
    "\n---\n",
    "...",
    "\n...\n",
    "#",
    " # ",
    "\"",
    "'",
    "\\",
    "|",
    ">",
    "|-",
    "%YAML",
    "&a",
    "*a",
    "!tag",
    "{",
    "}",
    "[",
    "]",
    ",",
    "?",
    "? ",
    "@",
    "`",
    "~",
    "null",
    "true",
    "no",
    "0x1F",
    "1e3",
    "2026-11-24",
    "12:30",
    "word",
    "=",
    "<<",
    "\u0637\u0644\u0628",
    "\u4FDD\u5168",
    "\u0417\u0430\u043F",
    "\U0001F512",
    "\u200F",
    "\u00A0",
    "\u2028",
    "\u2029",
    "\uFEFF",
    "\u00E9",
    "\uFFFD",
});

std::string text_from(const std::vector<std::size_t>& picks) {
  std::string out;
  for (const std::size_t pick : picks) out += kPieces.at(pick % kPieces.size());
  return out;
}

TEST(RoundTrip, EveryTextReadsBack) {
  const KindBook book = kinds();
  const bool is_good = rc::check("texts of all kinds", [&] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 4);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) {
      texts.push_back(text_from(*rc::gen::container<std::vector<std::size_t>>(
          rc::gen::inRange<std::size_t>(0, kPieces.size()))));
    }
    const Draft draft = draft_with(book, texts);
    RC_ASSERT(read_back(book, draft) == base::canonical_json(to_json(draft)));
  });
  EXPECT_TRUE(is_good);
}

TEST(RoundTrip, EdgesOfBlocksReadBack) {
  const KindBook book = kinds();
  for (const char* text :
       {"",         "\n",       "a\n",        "\na",       "a\n\n",      "a \nb",  "a\n b",
        " a\nb",    "a\nb ",    "a\n \nb",    "a\n---\nb", "a\n...\nb",  "a\n# b", "a\n- b",
        "a\nb: c",  "a\n\n\nb", "a\n\uFEFFb", "\uFEFF\na", "a\n\u2028b", "a\n%b",  "a\n    b\n  c",
        "...\n---", "---\n",    "- a\n- b",   "%a\nb"}) {
    const Draft draft = draft_with(book, {text});
    EXPECT_EQ(read_back(book, draft), base::canonical_json(to_json(draft))) << text;
  }
}

}  // namespace
}  // namespace rogatory::request
