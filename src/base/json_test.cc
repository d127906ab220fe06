// SPDX-License-Identifier: EUPL-1.2
//
// Vectors of canonical JSON: RFC 8785, sections 3.2.2 to 3.2.4 and appendix B.

#include "base/json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <bit>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace rogatory::base {
namespace {

Json parse(std::string_view text) {
  auto result = parse_json(text, "test.json");
  EXPECT_TRUE(result.ok()) << result.error().to_string();
  return result.take();
}

std::string refusal(std::string_view text, const JsonLimits& limits = {}) {
  const auto result = parse_json(text, "t", limits);
  return result.ok() ? "accepted" : result.error().to_string();
}

TEST(ParseJson, ReadsEveryKind) {
  const Json value = parse(R"( {"a":[null,true,false,-7,1.5,"x\u00e9\n\ud83d\ude00"],"b":{}} )");
  const JsonArray& array = value.at("a").as_array();
  EXPECT_TRUE(array[0].is_null());
  EXPECT_TRUE(array[1].as_bool());
  EXPECT_FALSE(array[2].as_bool());
  EXPECT_EQ(array[3].as_int64(), -7);
  EXPECT_EQ(array[4].as_double(), 1.5);
  EXPECT_EQ(array[5].as_string(), "x\xC3\xA9\n\xF0\x9F\x98\x80");
  EXPECT_TRUE(value.at("b").as_object().empty());
}

TEST(ParseJson, PutsValuesIntoAnArena) {
  Json copy;
  {
    JsonArena arena;
    const auto value = parse_json(R"({"a":["long enough to be allocated"]})", "t", {}, &arena);
    ASSERT_TRUE(value.ok());
    EXPECT_EQ(value->as_object().storage().get(), &arena);
    copy = *value;
  }
  EXPECT_EQ(copy, parse(R"({"a":["long enough to be allocated"]})"));
}

TEST(ParseJson, KeepsTheOrderOfKeys) {
  const Json value = parse(R"({"z":1,"a":2})");
  EXPECT_EQ(value.as_object().begin()->key(), "z");
}

TEST(ParseJson, RefusesDuplicateKeysAtTheSecond) {
  EXPECT_EQ(refusal("{\"a\": 1,\n  \"a\": 2}"),
            "t:2:3 at /a: a key is used twice in one object (parse)");
  EXPECT_EQ(refusal(R"({"x": [{"b": 1}, {"b": 1, "c": 2, "b": 3}]})"),
            "t:1:35 at /x/1/b: a key is used twice in one object (parse)");
}

TEST(ParseJson, ComparesKeysAfterUnescaping) {
  EXPECT_EQ(refusal(R"({"a\"b/": 1, "\u0061\"b\/": 2})"),
            "t:1:14 at /a\"b~1: a key is used twice in one object (parse)");
  EXPECT_EQ(refusal(R"({"": 1, "": 2})"), "t:1:9 at /: a key is used twice in one object (parse)");
}

TEST(ParseJson, ReadsCheckedTextWithoutComparingKeys) {
  const std::string text = R"({"a":[{"b":{"c":"\u00e9"}},-1,2.5,[]],"d":{}})";
  const auto checked = parse_json(text, "t", {.was_checked = true});
  ASSERT_TRUE(checked.ok());
  EXPECT_EQ(*checked, parse(text));
  // Still no JSON, and no UTF-8.
  EXPECT_FALSE(parse_json(R"({"a":1,})", "t", {.was_checked = true}).ok());
  EXPECT_FALSE(parse_json("[\"\xff\"]", "t", {.was_checked = true}).ok());
}

TEST(ParseJson, AllowsOneKeyInDifferentObjects) {
  EXPECT_EQ(canonical_json(parse(R"([{"a":{"a":1}},{"a":2}])")), R"([{"a":{"a":1}},{"a":2}])");
}

TEST(ParseJson, SaysWhereItStopped) {
  EXPECT_EQ(refusal("{\n  \"a\": tru\n}"), "t:2:8 at /a: this is not valid JSON (parse)");
  EXPECT_EQ(refusal("[1, 2"), "t:1:6 at /1: the JSON ends too early (parse)");
  EXPECT_EQ(refusal(""), "t:1:1: the JSON ends too early (parse)");
  EXPECT_EQ(refusal("[1] x"), "t:1:5: something follows the JSON value (parse)");
  EXPECT_EQ(refusal("{\"d\xC3\xA9\": x}"), "t:1:8 at /d\xC3\xA9: this is not valid JSON (parse)");
}

TEST(ParseJson, RefusesWhatOtherReadersForgive) {
  for (const std::string_view text : {"[1,]",
                                      "{\"a\":1,}",
                                      "[1 /* c */]",
                                      "// c\n1",
                                      "'a'",
                                      "{a:1}",
                                      "01",
                                      "+1",
                                      ".5",
                                      "1.",
                                      "NaN",
                                      "Infinity",
                                      "-",
                                      "\"\t\"",
                                      "\"\\x41\"",
                                      "\"\\u12\"",
                                      "\xEF\xBB\xBF{}",
                                      "[1}",
                                      "nul",
                                      "\"a"}) {
    const auto result = parse_json(text, "t");
    ASSERT_FALSE(result.ok()) << text;
    EXPECT_EQ(result.error().code, ErrorCode::kParse) << text;
  }
}

TEST(ParseJson, RefusesInvalidUtf8) {
  EXPECT_EQ(refusal("[\"ab\xC0\x80\"]"), "t:1:5: this is not valid UTF-8 (parse)");
  EXPECT_EQ(refusal("\"\xED\xA0\x80\""), "t:1:2: this is not valid UTF-8 (parse)");
}

TEST(ParseJson, RefusesLoneSurrogates) {
  for (const std::string_view text :
       {R"("\ud800")", R"("\udc00")", R"("\ud800\ud800")", R"("\ud800x")", R"({"\ud83d":1})"}) {
    EXPECT_FALSE(parse_json(text, "t").ok()) << text;
  }
}

TEST(ParseJson, RefusesNumbersThatDoNotSurvive) {
  EXPECT_EQ(parse("9007199254740991").as_int64(), 9007199254740991);
  EXPECT_EQ(parse("-9007199254740991").as_int64(), -9007199254740991);
  for (const std::string_view text :
       {"9007199254740992", "-9007199254740992", "9223372036854775808", "18446744073709551616",
        "123456789012345678901234567890"}) {
    EXPECT_NE(refusal(text).find("the integer is beyond 2^53 - 1"), std::string::npos) << text;
  }
  for (const std::string_view text : {"1e400", "-1e400", "1.5e999999999999"}) {
    EXPECT_FALSE(parse_json(text, "t").ok()) << text;
  }
}

TEST(ParseJson, RefusesTooMuch) {
  EXPECT_EQ(refusal("[[[1]]]", {.max_depth = 2}),
            "t:1:3 at /0: the JSON is nested deeper than 2 levels (limit)");
  EXPECT_EQ(refusal("[[1]]", {.max_depth = 2}), "accepted");
  EXPECT_EQ(refusal("[1]", {.max_bytes = 2}), "t: the JSON has more than 2 bytes (limit)");
  EXPECT_EQ(parse_json(std::string(100'000, '['), "t").error().code, ErrorCode::kLimit);
}

TEST(CanonicalJson, SampleOfTheRfc) {
  // Sections 3.2.2 and 3.2.3.
  const Json value = parse(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })");
  EXPECT_EQ(canonical_json(value),
            "{\"literals\":[null,true,false],"
            "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(CanonicalJson, SortsKeysByUtf16CodeUnits) {
  // Section 3.2.3.
  const Json value = parse(R"({
    "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis"
  })");
  EXPECT_EQ(canonical_json(value),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
            "\"\xC3\xB6\":\"Latin Small Letter O With Diaeresis\",\"\xE2\x82\xAC\":\"Euro Sign\","
            "\"\xF0\x9F\x98\x80\":\"Emoji: Grinning Face\","
            "\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(CanonicalJson, SortsPrefixesFirst) {
  EXPECT_EQ(canonical_json(parse(R"({"aa":1,"":2,"a":3,"B":4})")), R"({"":2,"B":4,"a":3,"aa":1})");
}

TEST(CanonicalJson, PrintsNumbersAsInAppendixB) {
  struct Case {
    std::uint64_t bits;
    std::string_view text;
  };
  for (const Case& c : {
           Case{0x0000000000000000, "0"},
           Case{0x8000000000000000, "0"},
           Case{0x0000000000000001, "5e-324"},
           Case{0x8000000000000001, "-5e-324"},
           Case{0x7fefffffffffffff, "1.7976931348623157e+308"},
           Case{0xffefffffffffffff, "-1.7976931348623157e+308"},
           Case{0x4340000000000000, "9007199254740992"},
           Case{0xc340000000000000, "-9007199254740992"},
           Case{0x4430000000000000, "295147905179352830000"},
           Case{0x44b52d02c7e14af5, "9.999999999999997e+22"},
           Case{0x44b52d02c7e14af6, "1e+23"},
           Case{0x44b52d02c7e14af7, "1.0000000000000001e+23"},
           Case{0x444b1ae4d6e2ef4e, "999999999999999700000"},
           Case{0x444b1ae4d6e2ef4f, "999999999999999900000"},
           Case{0x444b1ae4d6e2ef50, "1e+21"},
           Case{0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
           Case{0x3eb0c6f7a0b5ed8d, "0.000001"},
           Case{0x41b3de4355555553, "333333333.3333332"},
           Case{0x41b3de4355555554, "333333333.33333325"},
           Case{0x41b3de4355555555, "333333333.3333333"},
           Case{0x41b3de4355555556, "333333333.3333334"},
           Case{0x41b3de4355555557, "333333333.33333343"},
           Case{0xbecbf647612f3696, "-0.0000033333333333333333"},
           Case{0x43143ff3c1cb0959, "1424953923781206.2"},
       }) {
    EXPECT_EQ(canonical_json(Json(std::bit_cast<double>(c.bits))), c.text);
  }
}

TEST(CanonicalJson, PrintsIntegersAsDoubles) {
  EXPECT_EQ(canonical_json(Json(0)), "0");
  EXPECT_EQ(canonical_json(Json(-42)), "-42");
  EXPECT_EQ(canonical_json(Json(std::int64_t{9007199254740993})), "9007199254740992");
  EXPECT_EQ(canonical_json(Json(std::uint64_t{18446744073709551615U})), "18446744073709552000");
}

TEST(CanonicalJson, EscapesOnlyWhatItMust) {
  EXPECT_EQ(canonical_json(Json("\b\t\n\f\r\"\\/\x01\x1f\x7f")),
            "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\x7f\"");
  EXPECT_EQ(canonical_json(parse(R"("\u0000")")), R"("\u0000")");
}

TEST(CanonicalJson, DoublesSurviveTheRoundTrip) {
  EXPECT_TRUE(rc::check("parse(canonical(x)) == x", [](std::uint64_t bits) {
    const auto number = std::bit_cast<double>(bits);
    RC_PRE(std::isfinite(number));
    RC_PRE(std::abs(number) < 9e15 || std::abs(number) >= 1e21);  // else printed as an integer
    const Json back = parse(canonical_json(Json(number)));
    RC_ASSERT((back.is_int64() ? static_cast<double>(back.as_int64()) : back.as_double()) ==
              number);
  }));
}

TEST(CanonicalJson, IsStableForAnyStringMap) {
  EXPECT_TRUE(rc::check("canonical(parse(canonical(x))) == canonical(x)",
                        [](const std::vector<std::pair<std::uint32_t, int>>& members) {
                          JsonObject object;
                          for (const auto& [key, value] : members)
                            object[std::to_string(key)] = value;
                          const std::string once = canonical_json(object);
                          RC_ASSERT(canonical_json(parse(once)) == once);
                          RC_ASSERT(canonical_json(parse(pretty_json(object))) == once);
                        }));
}

TEST(PrettyJson, IndentsAndKeepsOrder) {
  EXPECT_EQ(
      pretty_json(parse(R"({"b":[1,{"c":null}],"a":{},"d":[]})")),
      "{\n  \"b\": [\n    1,\n    {\n      \"c\": null\n    }\n  ],\n  \"a\": {},\n  \"d\": []\n}");
  EXPECT_EQ(pretty_json(Json(std::uint64_t{18446744073709551615U})), "18446744073709551615");
}

TEST(PointerToken, Escapes) {
  EXPECT_EQ(pointer_token("a/b~c"), "a~1b~0c");
}

}  // namespace
}  // namespace rogatory::base
