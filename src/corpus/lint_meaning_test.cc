// SPDX-License-Identifier: EUPL-1.2

#include <gtest/gtest.h>

#include "corpus/detail/sample_corpus.h"

namespace rogatory::corpus {
namespace {

// The findings about the formula of the first provision of the sample, without readings or options.
std::string meaning_of(std::string_view elements) {
  auto texts = detail::sample_texts();
  std::string& text = texts[1].text;
  const auto start = text.find("      all:\n");
  text.replace(start, text.find("    options:") - start, elements);
  text.erase(text.find("    readings:"), text.find("  - id: art-3") - text.find("    readings:"));
  constexpr std::string_view kReference = "refer: [art-2], as: intent_to_commit";
  text.replace(text.find(kReference), kReference.size(), "term: obj.system");
  const std::string file = texts[1].path;
  std::string out;
  for (const LintFinding& finding : lint(detail::read_sample(texts))) {
    if (finding.place.file == file) {
      out +=
          std::to_string(finding.place.line) + ": " + finding.message + " [" + finding.rule + "]\n";
    }
  }
  return out;
}

constexpr std::string_view kDead =
    "the rule means the same without it; leave it out, or say `redundant: true` where the text "
    "names "
    "it all the same [dead-element]\n";

TEST(LintMeaning, AcceptsWhatIsMarkedRedundant) {
  EXPECT_EQ(meaning_of(R"(      any:
        - {id: data, term: act.data, says: "any act on data"}
        - {id: alter, term: act.data.alter, redundant: true, says: "one of them"}
)"),
            "");
}

TEST(LintMeaning, RefusesAMarkThatIsNotSo) {
  EXPECT_EQ(meaning_of(R"(      all:
        - {id: intent, term: mens.intent, redundant: true, says: "on purpose"}
        - {id: access, term: act.access, says: "access"}
)"),
            "17: `intent` is marked `redundant`, but the rule means another without it "
            "[dead-element]\n");
}

TEST(LintMeaning, FindsNothingInTheSample) {
  EXPECT_EQ(detail::findings_of(detail::sample_texts(), /*with_meaning=*/true), "");
}

TEST(LintMeaning, FindsWhatCannotHold) {
  EXPECT_EQ(meaning_of(R"(      all:
        - {id: intent, term: mens.intent, says: "on purpose"}
        - {id: accident, term: mens.accident, says: "by accident"}
)"),
            "7: no conduct can fall under `conv-2001:art-2` [unsatisfiable]\n");
}

TEST(LintMeaning, FindsAlternativesThatCannotHold) {
  EXPECT_EQ(meaning_of(R"(      all:
        - {id: intent, term: mens.intent, says: "on purpose"}
        - any:
            - {id: accident, term: mens.accident, says: "by accident"}
            - {id: access, term: act.access, says: "access"}
)"),
            "19: the alternative `accident` can never hold here [unreachable-branch]\n");
}

TEST(LintMeaning, FindsElementsThatChangeNothing) {
  EXPECT_EQ(meaning_of(R"(      all:
        - {id: access, term: act.access, says: "access"}
        - {id: system, term: obj.system, says: "follows from access"}
)"),
            "18: `system` changes nothing: " + std::string(kDead));
  EXPECT_EQ(meaning_of(R"(      any:
        - {id: data, term: act.data, says: "any act on data"}
        - {id: alter, term: act.data.alter, says: "one of them"}
)"),
            "18: `alter` changes nothing: " + std::string(kDead));
}

TEST(LintMeaning, FindsExceptionsThatChangeNothing) {
  EXPECT_EQ(meaning_of(R"(      id: body
      all:
        - {id: intent, term: mens.intent, says: "on purpose"}
      unless:
        - {id: mishap, role: exclusion, says: "no mishap", when: {id: accident, term: mens.accident, says: "by accident"}}
)"),
            "20: `mishap` changes nothing: " + std::string(kDead));
}

TEST(LintMeaning, AcceptsExceptionsWithAlternatives) {
  EXPECT_EQ(meaning_of(R"(      id: body
      all:
        - {id: intent, term: mens.intent, says: "on purpose"}
      unless:
        - id: own
          role: exclusion
          says: "own or without access"
          when:
            any:
              - {id: own-data, term: circ.of_state, says: "own"}
              - none:
                  - {id: access, term: act.access, says: "access"}
)"),
            "");
}

TEST(LintMeaning, AcceptsAllChildrenOfAnExhaustiveGroup) {
  EXPECT_EQ(meaning_of(R"(      any:
        - {id: delete, term: act.data.delete, says: "deletes"}
        - {id: alter, term: act.data.alter, says: "alters"}
)"),
            "");
}

}  // namespace
}  // namespace rogatory::corpus
