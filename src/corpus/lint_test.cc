// SPDX-License-Identifier: EUPL-1.2

#include "corpus/lint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "corpus/detail/sample_corpus.h"

namespace rogatory::corpus {
namespace {

using detail::at;
using detail::findings_of;
using detail::sample_texts;
using detail::sample_with;

// The findings after one passage of one file was replaced.
std::string spoilt(std::string_view file, std::string_view passage, std::string_view replacement) {
  return findings_of(sample_with(file, passage, replacement));
}

constexpr std::string_view kOffences = "instruments/conv-2001/offences.yaml:";
constexpr std::string_view kTerms = "vocabulary/terms.yaml:";
constexpr std::string_view kCode = "states/NOR/code.yaml:";
constexpr std::string_view kState = "states/NOR/state.yaml:";

TEST(Lint, FindsNothingInTheSample) {
  EXPECT_EQ(findings_of(sample_texts()), "");
}

TEST(Lint, TellsFaultsOfFilesAlone) {
  auto texts = sample_with("state.yaml", "state: NOR", "state: &x NOR");
  texts[5].text = "format: rogatory.vocabulary/1\nterms: 12\n";
  EXPECT_EQ(findings_of(texts),
            "states/NOR/state.yaml:2:8: an anchor: write the value out where it is needed [yaml]\n"
            "vocabulary/terms.yaml:2:8: value type not permitted by `type` constraint [schema]\n");
  EXPECT_EQ(spoilt("terms.yaml", "rogatory.vocabulary/1", "rogatory.vocabulary/9"),
            "vocabulary/terms.yaml:1:9: unknown format `rogatory.vocabulary/9` [schema]\n");
}

TEST(Lint, Shape) {
  EXPECT_EQ(spoilt("code.yaml", "from: 2005-01-01", "from: 2005-02-31"),
            at(kCode, 19, "`from` must be a day of the calendar, YYYY-MM-DD [shape]"));
}

TEST(Lint, Link) {
  EXPECT_EQ(
      spoilt("offences.yaml", "refer: [art-2]", "refer: [art-3]"),
      at(kOffences, 35, "`conv-2001:art-3` refers to itself through `conv-2001:art-3` [link]"));
}

TEST(Lint, DuplicateId) {
  EXPECT_EQ(spoilt("terms.yaml", "id: mens.accident", "id: mens.intent")
                    .find("term `mens.intent` is there already at vocabulary/terms.yaml:8 "
                          "[duplicate-id]") != std::string::npos,
            true);
  EXPECT_EQ(spoilt("offences.yaml", "id: intent, term: mens.intent, says",
                   "id: access, term: mens.intent, says"),
            at(kOffences, 18,
               "element `access` is there already at instruments/conv-2001/offences.yaml:17 "
               "[duplicate-id]"));
  EXPECT_EQ(spoilt("offences.yaml", "id: art-4", "id: art-2"),
            at(kOffences, 41,
               "provision `conv-2001:art-2` is there already at "
               "instruments/conv-2001/offences.yaml:7 [duplicate-id]"));
}

TEST(Lint, DuplicateSource) {
  EXPECT_EQ(spoilt("instrument.yaml", "title: \"The text\"", "title: \"Another text\""),
            "instruments/conv-2001/instrument.yaml:1: source `text` of `conv-2001` means two "
            "things [duplicate-id]\n");
}

TEST(Lint, UnknownNames) {
  EXPECT_EQ(spoilt("offences.yaml", "term: act.access", "term: act.acess"),
            at(kOffences, 17, "unknown term `act.acess` [unknown-term]"));
  EXPECT_EQ(spoilt("offences.yaml", "qty.loss", "qty.damage"),
            at(kOffences, 21, "unknown quantity `qty.damage` [unknown-quantity]"));
  EXPECT_EQ(spoilt("offences.yaml", "[sg.rights]", "[sg.right]"),
            at(kOffences, 7, "unknown safeguard `sg.right` [unknown-safeguard]"));
  EXPECT_EQ(
      spoilt("offences.yaml", "replace: {access:", "replace: {acess:"),
      at(kOffences, 23, "reading `narrow` replaces the unknown element `acess` [unknown-element]"));
  EXPECT_EQ(spoilt("offences.yaml", "drop: true", "drop_elements: [right]"),
            at(kOffences, 40,
               "option `none` drops the unknown element `right` "
               "[unknown-element]"));
}

TEST(Lint, UnknownTermsOfTheVocabulary) {
  EXPECT_EQ(spoilt("terms.yaml", "parents: [act.data]", "parents: [act.dta]").substr(0, 52),
            "vocabulary/terms.yaml:5: unknown term `act.dta` [unk");
  EXPECT_EQ(spoilt("terms.yaml", "[mens.intent, mens.accident]", "[mens.intent, mens.error]"),
            at(kTerms, 13, "unknown term `mens.error` [unknown-term]"));
  EXPECT_EQ(spoilt("terms.yaml", "then: obj.system", "then: obj.sytem"),
            at(kTerms, 16, "unknown term `obj.sytem` [unknown-term]"));
}

TEST(Lint, UnknownTermsOfAMapping) {
  EXPECT_EQ(spoilt("veris.yaml", "term: mens.intent", "term: mens.intend"),
            "mappings/veris.yaml:15: unknown term `mens.intend` [unknown-term]\n");
}

TEST(Lint, UnknownProvision) {
  EXPECT_EQ(
      spoilt("offences.yaml", "refer: [art-2]", "refer: [art-9]"),
      at(kOffences, 35, "refers to `conv-2001:art-9`, which does not exist [unknown-provision]"));
  EXPECT_EQ(
      spoilt("offences.yaml", "refer: [art-2]", "refer: [art-4]"),
      at(kOffences, 35, "refers to `conv-2001:art-4`, which has no elements [unknown-provision]"));
  EXPECT_EQ(spoilt("state.yaml", "provision: art-2", "provision: art-9"),
            at(kState, 12, "unknown provision `conv-2001:art-9` [unknown-provision]"));
  EXPECT_EQ(spoilt("state.yaml", "option: loss", "option: lost"),
            at(kState, 12, "`conv-2001:art-2` has no option `lost` [unknown-option]"));
}

TEST(Lint, Sources) {
  EXPECT_EQ(spoilt("offences.yaml", "source: text}", "source: txt}"),
            at(kOffences, 5, "no source `txt` in this file [unknown-source]"));
  EXPECT_EQ(spoilt("state.yaml", ", read_on: 2026-11-24", ""),
            // The law file of the same State has the source in other words now.
            at(kState, 1, "source `code` of `NOR` means two things [duplicate-id]") +
                at(kState, 6, "source `code` has no `read_on` [source-incomplete]"));
}

TEST(Lint, FoundUnsourced) {
  EXPECT_EQ(spoilt("offences.yaml", "    pin: \"Art. 2\"\n", ""),
            at(kOffences, 7, "`found` without `pin` [found-unsourced]"));
  EXPECT_EQ(spoilt("code.yaml", "says: \"helps\"", "says: \"helps\", confidence: found"),
            at(kCode, 17, "`found` without `source` [found-unsourced]"));
  EXPECT_EQ(spoilt("offences.yaml", "says: \"access\"}", "says: \"access\", source: text}"),
            at(kOffences, 17, "`found` without `pin` [found-unsourced]"));
  EXPECT_EQ(spoilt("instrument.yaml", ", pin: \"Arts 2-3\"", ""),
            "instruments/conv-2001/instrument.yaml:13: `found` without `pin` "
            "[found-unsourced]\n");
}

TEST(Lint, DerivedUnexplained) {
  EXPECT_EQ(spoilt("offences.yaml", ", note: \"how\"", ""),
            at(kOffences, 18, "`derived` without a `note` that says how [derived-unexplained]"));
}

TEST(Lint, Closures) {
  EXPECT_EQ(spoilt("state.yaml", "confidence: found, source: code, pin: \"s. 1\"",
                   "confidence: derived, note: \"n\""),
            at(kState, 10,
               "closure `none-before` needs `says`, `source`, `pin` and more than recollection "
               "[closure-unsourced]"));
  EXPECT_EQ(spoilt("state.yaml", "until: 2000-06-14", "until: 1998-01-01"),
            at(kState, 10, "closure `none-before` ends before it begins [period-empty]"));
  EXPECT_EQ(spoilt("state.yaml", "{term: act.access}", "{quantity: qty.items, op: ge, value: 1}"),
            at(kState, 10, "the subject of a closure is made of terms only [closure-leaf]"));
}

TEST(Lint, Options) {
  EXPECT_EQ(spoilt("offences.yaml", "point: \"3(2)\"", "point: \"3(1)\""),
            at(kOffences, 40,
               "the point `3(1)` of option `none` is not among the reservations that `conv-2001` "
               "permits [option-not-permitted]"));
  EXPECT_EQ(spoilt("offences.yaml", "by: declaration", "by: reservation"),
            at(kOffences, 21,
               "the point `2` of option `loss` is not among the reservations that `conv-2001` "
               "permits [option-not-permitted]"));
  EXPECT_EQ(spoilt("offences.yaml", "drop: true, ", ""),
            at(kOffences, 40,
               "option `none` needs one of `add`, `drop`, `drop_elements` [option-shape]"));
  EXPECT_EQ(spoilt("offences.yaml", "drop: true", "drop: true, drop_elements: [intent]"),
            at(kOffences, 40,
               "option `none` needs one of `add`, `drop`, `drop_elements` [option-shape]"));
}

TEST(Lint, Periods) {
  EXPECT_EQ(
      spoilt("code.yaml", "from: 2010-01-01", "from: 2009-12-31"),
      at(kCode, 20, "the period 2009-12-31.. overlaps 2005-01-01..2010-01-01 [period-overlap]"));
  EXPECT_EQ(
      spoilt("code.yaml", "until: 2010-01-01", "until: 2004-01-01"),
      at(kCode, 19, "the period 2005-01-01..2004-01-01 ends before it begins [period-empty]"));
}

TEST(Lint, Penalties) {
  EXPECT_EQ(spoilt("code.yaml", "max_months: 24", "max_months: 0"),
            at(kCode, 22, "`max_months` must be at least 1 [penalty-malformed]"));
  EXPECT_EQ(spoilt("code.yaml", "when: {term: act.data}", "when: {term: act.date}"),
            at(kCode, 23, "unknown term `act.date` [unknown-term]"));
}

TEST(Lint, Thresholds) {
  EXPECT_EQ(spoilt("offences.yaml", "currency: USD, ", ""),
            at(kOffences, 21, "a threshold of `qty.loss` needs a `currency` [threshold-unit]"));
  EXPECT_EQ(spoilt("code.yaml", "value: 2,", "value: 2, currency: EUR,"),
            at(kCode, 16, "a threshold of `qty.items` takes no `currency` [threshold-unit]"));
}

TEST(Lint, Groups) {
  EXPECT_EQ(spoilt("terms.yaml", "[mens.intent, mens.accident]", "[act.data, act.data.alter]"),
            at(kTerms, 13,
               "`g.mind` makes `act.data.alter` impossible: it implies `act.data` "
               "[group-contradiction]"));
  EXPECT_EQ(
      spoilt("terms.yaml", "[act.data.delete, act.data.alter]", "[act.data.delete, act.access]"),
      at(kTerms, 14, "`g.data` lists `act.access`, which is no child of `act.data` [group-shape]"));
  EXPECT_EQ(spoilt("terms.yaml", "[mens.intent, mens.accident]", "[mens.intent, mens.intent]"),
            at(kTerms, 13,
               "member `mens.intent` is there already at vocabulary/terms.yaml:13 "
               "[duplicate-id]"));
}

TEST(Lint, EntailmentRedundant) {
  EXPECT_EQ(spoilt("terms.yaml", "if: [act.access], then: obj.system",
                   "if: [act.data.alter], then: act.data"),
            at(kTerms, 16,
               "`e.access` says what the parents of `act.data.alter` say already "
               "[entailment-redundant]"));
}

TEST(Lint, EntailmentFoundWithoutSource) {
  const std::string rule = "then: obj.system, reason: \"r\"";
  EXPECT_EQ(spoilt("terms.yaml", rule, rule + ", confidence: found"),
            at(kTerms, 16, "`e.access` is `found` without `source` and `pin` [found-unsourced]"));
  EXPECT_EQ(spoilt("terms.yaml", rule, rule + ", confidence: recalled, source: gone"),
            at(kTerms, 16, "no source `gone` in this file [unknown-source]"));
}

TEST(Lint, MissingOwner) {
  auto texts = sample_texts();
  std::erase_if(texts, [](const auto& t) { return t.path == "states/NOR/state.yaml"; });
  EXPECT_EQ(findings_of(texts),
            "states/NOR/code.yaml:1: no file describes the State `NOR` "
            "[missing-owner]\n");
}

TEST(Lint, MisplacedFile) {
  auto texts = sample_texts();
  texts[3].path = "states/SWE/code.yaml";
  EXPECT_EQ(findings_of(texts),
            "states/SWE/code.yaml:1: the file belongs at `states/NOR/` "
            "[misplaced-file]\n");
}

// Faults that the schemas refuse first, met when law comes from elsewhere.
TEST(Lint, ChecksTextsWithoutSchemas) {
  CorpusFiles files = detail::read_sample(sample_texts());
  auto& provision = files.files[1].doc.at("provisions").at(0);
  provision.at("elements").at("all").at(0).as_object().erase("says");
  provision.at("elements").at("all").at(0).as_object().erase("id");
  provision.as_object().erase("cite");
  provision.as_object().erase("readings");
  provision.at("elements").as_object()["in"] = "intended";
  provision.at("options").at(0).as_object().erase("says");
  files.files[1].doc.at("provisions").at(1).as_object().erase("elements");
  files.files[3].doc.at("provisions").at(0).at("penalties").at(0).as_object().erase("max_months");
  files.files[3].doc.at("provisions").at(0).at("penalties").at(1).at("max") = "forever";
  files.files[5].doc.at("terms").at(0).as_object().erase("question");
  std::set<std::string> rules;
  for (const LintFinding& finding : lint(files)) rules.insert(finding.rule);
  EXPECT_EQ(rules, (std::set<std::string>{"missing-cite", "missing-elements", "missing-id",
                                          "missing-says", "missing-text", "penalty-malformed",
                                          "scope-misplaced", "unknown-provision"}));
}

TEST(LintFinding, PrintsLikeACompiler) {
  const LintFinding finding{.severity = Severity::kWarning,
                            .rule = "dead-element",
                            .message = "`a` changes nothing",
                            .place = {.file = "x.yaml", .line = 3}};
  EXPECT_EQ(finding.to_string(), "x.yaml:3: warning: `a` changes nothing [dead-element]");
  EXPECT_EQ(base::canonical_json(finding.to_json()),
            R"({"file":"x.yaml","line":3,"message":"`a` changes nothing","rule":"dead-element",)"
            R"("severity":"warning"})");
}

TEST(LintRules, HaveUniqueIds) {
  std::set<std::string_view> ids;
  for (const RuleInfo& rule : lint_rules()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_TRUE(rule.asks.ends_with('.')) << rule.id;
  }
}

}  // namespace
}  // namespace rogatory::corpus
