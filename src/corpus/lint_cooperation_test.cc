// SPDX-License-Identifier: EUPL-1.2

#include <gtest/gtest.h>

#include "corpus/detail/sample_corpus.h"

namespace rogatory::corpus {
namespace {

using detail::at;
using detail::cooperation_texts;
using detail::findings_of;
using detail::with_replaced;

constexpr std::string_view kTreaty = "instruments/nor-xaa/treaty.yaml:";
constexpr std::string_view kWorld = "states/world.yaml:";
constexpr std::string_view kFreezing = "requests/freezing.yaml:";
constexpr std::string_view kWording = "requests/wording.yaml:";

// The findings after one passage of one file was replaced.
std::string spoilt(std::string_view file, std::string_view passage, std::string_view replacement) {
  return findings_of(with_replaced(cooperation_texts(), file, passage, replacement));
}

TEST(LintCooperation, FindsNothingInTheSample) {
  EXPECT_EQ(findings_of(cooperation_texts(), /*with_meaning=*/true), "");
}

TEST(LintCooperation, TheSchemasRefuseUnknownNames) {
  EXPECT_EQ(spoilt("treaty.yaml", "for: [surrender]", "for: [surrendr]"),
            "instruments/nor-xaa/treaty.yaml:30:11: `surrendr` is none of the values allowed here "
            "[schema]\n");
  EXPECT_EQ(spoilt("treaty.yaml", "law: both, op: ge", "law: both, op: le"),
            "instruments/nor-xaa/treaty.yaml:36:34: `le` is none of the values allowed here "
            "[schema]\n");
  EXPECT_EQ(spoilt("treaty.yaml", "value: 60", "value: 0"),
            "instruments/nor-xaa/treaty.yaml:68:51: expected number greater than or equal to "
            "1.000000 [schema]\n");
  EXPECT_EQ(spoilt("ranking.yaml", "id: bilateral", "id: best"),
            "requests/ranking.yaml:5:10: `best` is none of the values allowed here [schema]\n");
  EXPECT_EQ(spoilt("freezing.yaml", "kind: freezing", "kind: frosting"),
            "requests/freezing.yaml:2:7: `frosting` is none of the values allowed here [schema]\n");
  EXPECT_EQ(spoilt("contents.yaml", "\"/offences/*/title\"", "\"offences/0\""),
            "requests/contents.yaml:7:42: failed to match regex specified by `pattern` constraint "
            "[schema]\n");
}

TEST(LintCooperation, TheSchemasAskForSixLanguages) {
  EXPECT_EQ(spoilt("world.yaml", ", ru: \"r\"", ""),
            "states/world.yaml:6:51: missing required property `ru` [schema]\n");
  EXPECT_EQ(spoilt("freezing.yaml", "zh: \"z\", ", ""),
            "requests/freezing.yaml:7:8: missing required property `zh` [schema]\n");
  EXPECT_EQ(spoilt("wording.yaml", ", es: \"s\"", ""),
            "requests/wording.yaml:3:5: missing required property `es` [schema]\n");
}

TEST(LintCooperation, TheSchemaAsksForTheDayOfParties) {
  EXPECT_NE(spoilt("treaty.yaml", "parties_complete: true\n", ""), "");
  EXPECT_NE(spoilt("treaty.yaml", "status_as_of: 2026-04-25\n", ""), "");
}

TEST(LintCooperation, RuleShape) {
  EXPECT_EQ(spoilt("treaty.yaml", "    for: [surrender]\n", ""),
            at(kTreaty, 25,
               "`nor-xaa:b-extradition` does not say for which kinds of request: `for` "
               "[rule-shape]"));
  EXPECT_EQ(spoilt("treaty.yaml", "    kind: clock\n    for: [preservation]\n",
                   "    kind: cooperation\n    for: [preservation]\n"),
            at(kTreaty, 61, "`nor-xaa:k-kept` has `clock`, but is not of that kind [rule-shape]") +
                at(kTreaty, 61,
                   "`nor-xaa:k-kept` has `for`, but is no basis, ground or clock [rule-shape]"));
  EXPECT_EQ(spoilt("treaty.yaml", "    kind: clock\n", "    kind: ground\n"),
            at(kTreaty, 61, "`nor-xaa:k-kept` has `clock`, but is not of that kind [rule-shape]") +
                at(kTreaty, 61,
                   "`nor-xaa:k-kept` is of the kind `ground`, but has no `ground` [rule-shape]"));
}

TEST(LintCooperation, OnlyAStateHasLimitsForOneSide) {
  EXPECT_EQ(spoilt("treaty.yaml", "value: 60", "side: requesting, value: 60"),
            at(kTreaty, 61,
               "`nor-xaa:k-kept` says `side`, which only the law of a State can [rule-shape]"));
  EXPECT_EQ(spoilt("treaty.yaml", "value: 60", "side: neither, value: 60"),
            "instruments/nor-xaa/treaty.yaml:68:50: `neither` is none of the values allowed here "
            "[schema]\n");
}

TEST(LintCooperation, TheSchemaAsksWhatBecomesOfAFreeDay) {
  EXPECT_EQ(spoilt("treaty.yaml", "end: next_working_day", "end: next_day"),
            "instruments/nor-xaa/treaty.yaml:68:119: `next_day` is none of the values allowed here "
            "[schema]\n");
}

TEST(LintCooperation, BasisShape) {
  EXPECT_EQ(spoilt("treaty.yaml",
                   "      list: {law: requesting, op: ge, months: 36, terms: "
                   "[req.list.computer]}\n",
                   ""),
            at(kTreaty, 25,
               "`nor-xaa:b-extradition` reaches listed offences, but has no `list` "
               "[basis-shape]"));
  EXPECT_EQ(spoilt("treaty.yaml", "offences: listed", "offences: by_elements"),
            at(kTreaty, 25,
               "`nor-xaa:b-extradition` reaches offences by elements, but has no `elements` "
               "[basis-shape]"));
  EXPECT_EQ(spoilt("treaty.yaml", "by: treaty\n", "by: treaty\n      requires_treaty: true\n"),
            at(kTreaty, 25,
               "`nor-xaa:b-extradition` says `requires_treaty`, which only the law of a State can "
               "[basis-shape]"));
}

TEST(LintCooperation, UnknownTerms) {
  EXPECT_EQ(spoilt("treaty.yaml", "[req.list.computer]", "[req.list.other]"),
            at(kTreaty, 25, "unknown term `req.list.other` [unknown-term]"));
  EXPECT_EQ(spoilt("treaty.yaml", "term: req.offence.transnational", "term: req.offence.trans"),
            at(kTreaty, 41, "unknown term `req.offence.trans` [unknown-term]"));
  EXPECT_EQ(spoilt("treaty.yaml", "term: req.assurance.fair", "term: req.assurance.fare"),
            at(kTreaty, 54, "unknown term `req.assurance.fare` [unknown-term]"));
  EXPECT_EQ(spoilt("treaty.yaml", "term: req.offence.attack", "term: req.offence.atack"),
            at(kTreaty, 60, "unknown term `req.offence.atack` [unknown-term]"));
}

TEST(LintCooperation, Grounds) {
  EXPECT_EQ(spoilt("treaty.yaml", "subject: political_offence", "subject: politics"),
            at(kTreaty, 42, "unknown subject `politics` [unknown-subject]"));
  EXPECT_EQ(spoilt("treaty.yaml", "effect: optional", "effect: barred"),
            at(kTreaty, 42,
               "`nor-xaa:g-political` may not be invoked, so that no assurance can cure it "
               "[ground-shape]"));
}

TEST(LintCooperation, DeadElementsOfAGround) {
  const auto texts =
      with_replaced(cooperation_texts(), "treaty.yaml", "says: \"it is political\"}\n",
                    "says: \"it is political\"}\n        - any:\n"
                    "            - {id: again, term: req.offence.political, says: \"again\"}\n"
                    "            - {id: crossing, term: req.offence.transnational, says: \"c\"}\n");
  EXPECT_EQ(findings_of(texts, /*with_meaning=*/true),
            at(kTreaty, 61,
               "`crossing` changes nothing: the rule means the same without it; leave it out, or "
               "say `redundant: true` where the text names it all the same [dead-element]"));
}

TEST(LintCooperation, PeriodsOfAParty) {
  EXPECT_EQ(spoilt("treaty.yaml", "until: 2010-01-01", "until: 2013-01-01"),
            at(kTreaty, 16,
               "`XAA` is bound twice at once; see instruments/nor-xaa/treaty.yaml:15 "
               "[period-overlap]"));
  EXPECT_EQ(spoilt("treaty.yaml", "{state: XBB}", "{state: NOR}"),
            at(kTreaty, 17,
               "`NOR` is bound twice at once; see instruments/nor-xaa/treaty.yaml:14 "
               "[period-overlap]"));
  EXPECT_EQ(spoilt("treaty.yaml", "until: 2010-01-01", "until: 2004-07-01"),
            at(kTreaty, 15, "`XAA` ceases to be bound before it is [period-empty]"));
}

TEST(LintCooperation, UnknownStates) {
  EXPECT_EQ(spoilt("treaty.yaml", "{state: XBB}", "{state: XXB}"),
            at(kTreaty, 17, "`XXB` is no State or territory of the world [unknown-state]"));
  EXPECT_EQ(spoilt("treaty.yaml", "{state: XBB}", "{state: XTT}"), "")
      << "some territories make treaties of their own";
  EXPECT_EQ(spoilt("treaty.yaml", "territory: XTT", "territory: XUU"),
            at(kTreaty, 21, "`XUU` is no State or territory of the world [unknown-state]"));
  EXPECT_EQ(spoilt("world.yaml", "of: XAA", "of: XYZ"),
            at(kWorld, 10, "`XYZ` is no State of the world [unknown-state]"));
  EXPECT_EQ(spoilt("world.yaml", "state: XTT", "state: XUU"),
            at(kWorld, 14, "`XUU` is no State or territory of the world [unknown-state]"));
}

TEST(LintCooperation, WithoutAWorldNoStateIsUnknown) {
  auto texts = with_replaced(cooperation_texts(), "treaty.yaml", "{state: XBB}", "{state: XXB}");
  std::erase_if(texts, [](const auto& t) { return t.path == "states/world.yaml"; });
  EXPECT_EQ(findings_of(texts), "");
}

TEST(LintCooperation, Statements) {
  EXPECT_EQ(spoilt("treaty.yaml", "provision: b-extradition", "provision: b-extraditions"),
            at(kTreaty, 23, "unknown provision `nor-xaa:b-extraditions` [unknown-provision]"));
}

TEST(LintCooperation, DuplicateCodes) {
  EXPECT_EQ(spoilt("world.yaml", "state: XBB, alpha2: XB", "state: XBB, alpha2: XA"),
            at(kWorld, 8, "code `XA` is there already at states/world.yaml:7 [duplicate-id]"));
  EXPECT_EQ(spoilt("world.yaml", "territory: XTT, alpha2: XT", "territory: XTT, alpha2: XC"),
            at(kWorld, 10, "code `XC` is there already at states/world.yaml:6 [duplicate-id]"));
}

TEST(LintCooperation, UnrankedClass) {
  EXPECT_EQ(spoilt("treaty.yaml", "class: regional", "class: universal"),
            at(kTreaty, 1,
               "`nor-xaa` has a basis, but its class `universal` is not ranked [unranked-class]"));
  EXPECT_EQ(spoilt("ranking.yaml", "id: mutual_recognition", "id: bilateral"),
            "requests/ranking.yaml:5: class `bilateral` is there already at "
            "requests/ranking.yaml:4 [duplicate-id]\n");
}

TEST(LintCooperation, BilateralSides) {
  EXPECT_EQ(spoilt("treaty.yaml", "class: regional", "class: bilateral"),
            at(kTreaty, 1, "`nor-xaa` is bilateral, but names 3 Parties [bilateral-sides]"));
  EXPECT_EQ(findings_of(with_replaced(with_replaced(cooperation_texts(), "treaty.yaml",
                                                    "class: regional", "class: bilateral"),
                                      "treaty.yaml", "  - {state: XBB}\n", "")),
            "");
}

TEST(LintCooperation, KindsOfRequest) {
  EXPECT_EQ(spoilt("freezing.yaml", "group: assets", "group: stored"),
            at(kFreezing, 1, "`freezing` is of the group `assets`, not `stored` [request-shape]"));
  EXPECT_EQ(spoilt("freezing.yaml",
                   "    required_by:\n      - {instrument: nor-xaa, cite: \"Art. 4\", confidence: "
                   "found, source: chart, pin: \"Art. 4\"}\n",
                   ""),
            at(kFreezing, 10,
               "content `authority` is of the level `basis`, but no instrument is named that asks "
               "it [request-shape]"));
  EXPECT_EQ(spoilt("freezing.yaml", "instrument: nor-xaa", "instrument: nor-xab"),
            at(kFreezing, 13, "unknown instrument `nor-xab` [unknown-instrument]"));
  EXPECT_EQ(spoilt("freezing.yaml", ", source: chart, pin: \"Art. 4\"", ""),
            at(kFreezing, 13, "`found` without `source` [found-unsourced]"));
  EXPECT_EQ(spoilt("freezing.yaml", "use: urgency", "use: authority"),
            at(kFreezing, 14,
               "content `authority` is there already at requests/freezing.yaml:10 "
               "[duplicate-id]"));
  EXPECT_EQ(spoilt("freezing.yaml", "use: urgency", "use: hurry"),
            at(kFreezing, 14, "unknown content `hurry` [unknown-content]"));
}

TEST(LintCooperation, Contents) {
  EXPECT_EQ(spoilt("contents.yaml", "  - id: urgency", "  - id: authority"),
            "requests/contents.yaml:10: content `authority` is there already at "
            "requests/contents.yaml:4 [duplicate-id]\n" +
                at(kFreezing, 14, "unknown content `urgency` [unknown-content]"));
  EXPECT_EQ(spoilt("contents.yaml", "cite: \"Art. 5\"", "cite: \"Art. 5\", confidence: found"),
            "requests/contents.yaml:9: `found` without `source` [found-unsourced]\n");
}

TEST(LintCooperation, NamesOfFiles) {
  auto texts = cooperation_texts();
  for (SourceText& text : texts) {
    if (text.path == "requests/freezing.yaml") text.path = "requests/frozen.yaml";
  }
  EXPECT_EQ(findings_of(texts),
            "requests/frozen.yaml:1: the file belongs at `requests/freezing.yaml` "
            "[misplaced-file]\n");
}

TEST(LintCooperation, Placeholders) {
  EXPECT_EQ(spoilt("wording.yaml", "zh: \"{n}{what}\"", "zh: \"{n}\""),
            at(kWording, 4,
               "`counts` has the placeholders n in `zh`, but n, what in `en` [placeholders]"));
  EXPECT_EQ(spoilt("wording.yaml", "zh: \"z\"", "zh: \"z{x}\""),
            at(kWording, 3,
               "`heading.facts` has the placeholders x in `zh`, but none in `en` "
               "[placeholders]"));
  EXPECT_EQ(spoilt("wording.yaml", "{# {what}}", "{# {what}"),
            at(kWording, 4,
               "`counts` is no message pattern in `ar`: the braces do not match "
               "[placeholders]"));
}

}  // namespace
}  // namespace rogatory::corpus
