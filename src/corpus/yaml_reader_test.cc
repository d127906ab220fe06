// SPDX-License-Identifier: EUPL-1.2

#include "corpus/yaml_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <string>

namespace rogatory::corpus {
namespace {

YamlDocument read(std::string_view text) {
  auto result = read_yaml_document(text, "t.yaml");
  EXPECT_TRUE(result.ok()) << result.error().to_string();
  return result.ok() ? result.take() : YamlDocument{};
}

std::string json(std::string_view text) {
  return base::canonical_json(read(text).value);
}

std::string refusal(std::string_view text, const YamlLimits& limits = {}) {
  const auto result = read_yaml_document(text, "t", limits);
  return result.ok() ? "accepted" : result.error().to_string();
}

std::string at(const YamlDocument& document, std::string_view pointer) {
  const auto found = document.positions.find(pointer);
  if (!found) return "nowhere";
  return std::to_string(found->line) + ":" + std::to_string(found->column);
}

TEST(YamlReader, ReadsMappingsAndLists) {
  EXPECT_EQ(json("a: 1\nb: [x, {c: d}]\ne:\n  - f\n  - g: h\n"),
            R"({"a":1,"b":["x",{"c":"d"}],"e":["f",{"g":"h"}]})");
}

TEST(YamlReader, KeepsWordsOfYaml11AsText) {
  EXPECT_EQ(json("[NO, no, Yes, ON, off, y, n, True, FALSE]"),
            R"(["NO","no","Yes","ON","off","y","n","True","FALSE"])");
  EXPECT_EQ(json("state: NO\nNO: state"), R"({"NO":"state","state":"NO"})");
}

TEST(YamlReader, ReadsBooleansAndNull) {
  EXPECT_EQ(json("[true, false, null, ~, unknown]"), R"([true,false,null,null,"unknown"])");
  EXPECT_EQ(json("a:\nb: ''\n"), R"({"a":null,"b":""})");
}

TEST(YamlReader, ReadsJsonNumbersOnly) {
  EXPECT_EQ(json("[0, -12, 0.5, 5.0, 10000]"), "[0,-12,0.5,5,10000]");
  EXPECT_TRUE(read("5.0").value.is_int64());
  EXPECT_EQ(json("[007, +1, .5, 5., 1e3, 0x1F, 1_000, 0o7, .inf, .nan, 1:30, -]"),
            R"(["007","+1",".5","5.","1e3","0x1F","1_000","0o7",".inf",".nan","1:30","-"])");
}

TEST(YamlReader, KeepsDatesAndQuotedScalarsAsText) {
  EXPECT_EQ(json(R"([2000-06-14, "12", 'true', "null", "~"])"),
            R"(["2000-06-14","12","true","null","~"])");
}

TEST(YamlReader, ReadsBlockScalars) {
  EXPECT_EQ(json("a: |\n  12\nb: >\n  two\n  words\n"), R"({"a":"12\n","b":"two words\n"})");
}

TEST(YamlReader, GivesPositionsInCharacters) {
  const auto document = read("first: 1\nlist:\n  - {id: \xC3\xA9, b: [2, 3]}\n  - x\nnone:\n");
  EXPECT_EQ(at(document, ""), "1:1");
  EXPECT_EQ(at(document, "/first"), "1:8");
  EXPECT_EQ(at(document, "/list"), "3:3");
  EXPECT_EQ(at(document, "/list/0"), "3:5");
  EXPECT_EQ(at(document, "/list/0/id"), "3:10");
  EXPECT_EQ(at(document, "/list/0/b"), "3:16");
  EXPECT_EQ(at(document, "/list/0/b/1"), "3:20");
  EXPECT_EQ(at(document, "/list/1"), "4:5");
  EXPECT_EQ(at(document, "/none"), "5:1");
  EXPECT_EQ(at(document, "/absent"), "nowhere");
}

TEST(YamlReader, PlacesWhatIsAbsentAtWhatIsAroundIt) {
  const auto document = read("a:\n  b: 1\n");
  EXPECT_EQ(document.place("/a/b/c/d").to_string(), "t.yaml:2:6 at /a/b/c/d");
  EXPECT_EQ(document.place("/x").to_string(), "t.yaml:1:1 at /x");
}

TEST(YamlReader, EscapesKeysInPointers) {
  EXPECT_EQ(at(read("a/b:\n  c~d: 1\n"), "/a~1b/c~0d"), "2:8");
}

TEST(YamlReader, CountsLinesWithCarriageReturns) {
  const auto document = read("a: 1\r\nb: 2\r\n");
  EXPECT_EQ(base::canonical_json(document.value), R"({"a":1,"b":2})");
  EXPECT_EQ(at(document, "/b"), "2:4");
}

TEST(YamlReader, RefusesAliasesAndAnchors) {
  EXPECT_EQ(refusal("a: &x 1\nb: *x\n"),
            "t:1:4: an anchor: write the value out where it is needed (lint)");
  EXPECT_EQ(refusal("a: 1\nb: &x\n  c: 2\n"),
            "t:2:4: an anchor: write the value out where it is needed (lint)");
  EXPECT_EQ(refusal("a: [&x [], 2]\n"),
            "t:1:5: an anchor: write the value out where it is needed (lint)");
  EXPECT_EQ(refusal("a: &x\n"), "t:1:4: an anchor: write the value out where it is needed (lint)");
}

TEST(YamlReader, RefusesTags) {
  EXPECT_EQ(refusal("a: !!str 12\n"), "t:1:4: a tag (lint)");
  EXPECT_EQ(refusal("a: ! 12\n"), "t:1:4: a tag (lint)");
  EXPECT_EQ(refusal("a: !<?> 12\n"), "t:1:4: a tag (lint)");
  EXPECT_EQ(refusal("a: !local {b: 1}\n"), "t:1:4: a tag (lint)");
  EXPECT_EQ(refusal("a: !!seq [1]\n"), "t:1:4: a tag (lint)");
}

TEST(YamlReader, RefusesDoubtfulKeys) {
  EXPECT_EQ(refusal("a: 1\nb: 2\na: 3\n"), "t:3:1: the key `a` is used twice (lint)");
  EXPECT_EQ(refusal("{a: 1, \"a\": 2}"), "t:1:8: the key `a` is used twice (lint)");
  EXPECT_EQ(refusal("1: x\n"), "t:1:1: a key must be a string: quote it (lint)");
  EXPECT_EQ(refusal("true: x\n"), "t:1:1: a key must be a string: quote it (lint)");
  EXPECT_EQ(refusal("~: x\n"), "t:1:1: a key must be a string: quote it (lint)");
  EXPECT_EQ(refusal("? [a]\n: x\n"),
            "t:1:3: a list or mapping as a key, or a bracket that is not closed (lint)");
  EXPECT_EQ(refusal("? {a: b}\n: x\n"),
            "t:1:3: a list or mapping as a key, or a bracket that is not closed (lint)");
  EXPECT_EQ(refusal("<<: {a: 1}\n"), "t:1:1: a merge key (lint)");
  EXPECT_EQ(json("\"<<\": 1\n\"2\": 3\n"), R"({"2":3,"<<":1})");
}

TEST(YamlReader, RefusesSeveralAndNoDocuments) {
  EXPECT_EQ(json("---\na: 1\n...\n"), R"({"a":1})");
  EXPECT_EQ(refusal("a: 1\n---\nb: 2\n"), "t:2:1: a second document in one file (parse)");
  EXPECT_EQ(refusal(""), "t:1:1: the file has no document (parse)");
  EXPECT_EQ(refusal("# only a remark\n"), "t:1:1: the file has no document (parse)");
}

TEST(YamlReader, RefusesCharactersThatMislead) {
  EXPECT_EQ(refusal("a:\n\tb: 1\n"), "t:2:1: a tab: use spaces (parse)");
  EXPECT_EQ(refusal("\xEF\xBB\xBF"
                    "a: 1"),
            "t:1:1: a byte order mark (parse)");
  EXPECT_EQ(refusal("%YAML 1.2\n---\na: 1\n"), "t:1:1: a directive (parse)");
  EXPECT_EQ(refusal("a: \x04 1"), "t:1:4: a control character (parse)");
  EXPECT_EQ(refusal("a: \xFF"), "t:1:4: not UTF-8 (parse)");
  EXPECT_EQ(refusal("a: \"\\N\""), "t:1:4: an escape that is not UTF-8 (parse)");
  EXPECT_EQ(refusal("a: 1\rb: 2"), "t:1:5: a lone carriage return (parse)");
}

TEST(YamlReader, RefusesWhatIsNotYaml) {
  EXPECT_EQ(refusal("a: [1, 2\nb: 3\n").substr(0, 14), "t:2:2: not YAM");
  EXPECT_EQ(refusal("a: b: c\n").substr(0, 17), "t:1:5: not YAML: ");
  EXPECT_NE(refusal("- a\nb: 1\n"), "accepted");
  EXPECT_EQ(refusal("[a, b"),
            "t:1:1: a list or mapping as a key, or a bracket that is not closed (lint)");
  EXPECT_EQ(refusal("[a,,b]"), "t:1:4: an empty entry of a list (parse)");
  EXPECT_EQ(refusal("a:\n  -\n  - b\n"), "t:3:3: an empty entry of a list (parse)");
}

// The parser would take the end of the file for the quote.
TEST(YamlReader, RefusesQuotesLeftOpen) {
  const std::string expected =
      ": a quoted text must end on its line: use `>` for a long one (parse)";
  EXPECT_EQ(refusal("a: 'b\n"), "t:1:4" + expected);
  EXPECT_EQ(refusal("a: \"b\\\"\n"), "t:1:4" + expected);
  EXPECT_EQ(refusal("- 'b''\n- 'c'\n"), "t:1:3" + expected);
  EXPECT_EQ(json("['it''s', '', \"a\\\"b\\\\\", '\"']"), R"(["it's","","a\"b\\","\""])");
}

TEST(YamlReader, RefusesNumbersThatCannotBeExact) {
  EXPECT_EQ(json("9007199254740991"), "9007199254740991");
  EXPECT_EQ(refusal("a: 9007199254740993"),
            "t:1:4: a number that is too large to be exact: quote it (parse)");
  EXPECT_EQ(refusal("a: " + std::string(400, '9')),
            "t:1:4: a number that is too large to be exact: quote it (parse)");
}

TEST(YamlReader, ObservesLimits) {
  EXPECT_EQ(refusal("a: 1", {.max_bytes = 3}), "t:1:1: the file has more than 3 bytes (limit)");
  EXPECT_EQ(refusal("[[1]]", {.max_depth = 2}), "accepted");
  EXPECT_EQ(refusal("[[[1]]]", {.max_depth = 2}), "t:1:3: nested deeper than 2 levels (limit)");
  EXPECT_EQ(refusal("abc", {.max_scalar_bytes = 2}), "t:1:1: a text of more than 2 bytes (limit)");
}

std::string repeated(std::string_view part, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += part;
  return out;
}

// Each of these once made a parser slow or its stack overflow.
TEST(YamlReader, SurvivesBombs) {
  const auto start = std::chrono::steady_clock::now();
  for (const std::string_view part : {"[", "{a: ", "{", "- ", "? ", "a: [", "[\n", "- - ", "{a: [",
                                      "\"", "- [", "!a ", "a:\n "}) {
    EXPECT_NE(refusal(repeated(part, 200'000)), "accepted") << part;
  }
  std::string stairs;
  for (std::size_t i = 0; i < 1'500; ++i) stairs += std::string(i, ' ') + "a:\n";
  EXPECT_NE(refusal(stairs), "accepted");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

// Whatever is made of the characters of YAML is read or refused, and what is read is JSON.
TEST(YamlReader, NeverFailsOtherwise) {
  rc::check([] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "a", "b: ", ": ", "- ", "\n", "\n  ", "[", "]", "{", "}", ", ", "'", "\"", "|", ">", "&x ",
        "*x", "!t ", "? ", "# c", "---\n", "...\n", "<<: ", "12", "~", "\\", "%", "@", "`"));
    std::string text;
    for (const auto& piece : pieces) text += piece;
    const auto result = read_yaml_document(text, "t");
    if (!result.ok()) return;
    const auto again = base::parse_json(base::canonical_json(result->value), "t");
    RC_ASSERT(again.ok());
  });
}

}  // namespace
}  // namespace rogatory::corpus
