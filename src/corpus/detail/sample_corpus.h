// SPDX-License-Identifier: EUPL-1.2
//
// A small corpus without faults for tests, to be spoilt one line at a time. Tests only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "corpus/folder.h"
#include "corpus/lint.h"
#include "corpus/schema_check.h"

namespace rogatory::corpus::detail {

inline constexpr std::string_view kSampleVocabulary = R"yaml(format: rogatory.vocabulary/1
terms:
  - {id: act.access, label: access, phrase: "gains access", definition: "d", question: "q?"}
  - {id: act.data, label: act on data, phrase: "acts on data", definition: "d", question: "q?"}
  - {id: act.data.delete, label: delete, phrase: "deletes data", parents: [act.data], definition: "d", question: "q?"}
  - {id: act.data.alter, label: alter, phrase: "alters data", parents: [act.data], definition: "d", question: "q?"}
  - {id: obj.system, label: system, phrase: "a system", definition: "d", question: "q?"}
  - {id: mens.intent, label: intent, phrase: "on purpose", definition: "d", question: "q?"}
  - {id: mens.accident, label: accident, phrase: "by accident", definition: "d", question: "q?"}
  - {id: circ.without_right, label: without right, phrase: "without right", definition: "d", question: "q?", open_texture: true}
  - {id: circ.of_state, label: of the State, phrase: "of the State", definition: "d", question: "q?", transpose: own_state}
groups:
  - {id: g.mind, kind: exclusive, members: [mens.intent, mens.accident], reason: "r"}
  - {id: g.data, kind: exhaustive, of: act.data, members: [act.data.delete, act.data.alter], reason: "r"}
entailments:
  - {id: e.access, if: [act.access], then: obj.system, reason: "r"}
quantities:
  - {id: qty.loss, label: loss, unit: money, question: "q?"}
  - {id: qty.items, label: items, unit: count, question: "q?"}
)yaml";

inline constexpr std::string_view kSampleInstrument = R"yaml(format: rogatory.instrument/1
instrument: conv-2001
title: "A convention"
short: "Conv"
status: in_force
status_as_of: 2026-11-24
opened: 2001-11-23
in_force_from: 2004-07-01
banner: "under the convention"
sources:
  - {id: text, title: "The text", where: "https://example.org", read_on: 2026-11-24}
defaults: {confidence: recalled}
offence_count: {claimed: 2, reading: "articles with offences", confidence: found, source: text, pin: "Arts 2-3"}
options_permitted: {declaration: ["2"], reservation: ["3(2)"]}
safeguards:
  - {id: sg.rights, title: "Rights", says: "rights are kept", cite: "Art. 15"}
)yaml";

inline constexpr std::string_view kSampleProvisions = R"yaml(format: rogatory.instrument/1
instrument: conv-2001
sources:
  - {id: text, title: "The text", where: "https://example.org", read_on: 2026-11-24}
defaults: {confidence: found, source: text}
provisions:
  - id: art-2
    article: "2"
    cite: "Art. 2"
    title: "Access"
    kind: substantive
    pin: "Art. 2"
    penalty_kind: offence
    safeguards: [sg.rights]
    elements:
      all:
        - {id: access, term: act.access, says: "access"}
        - {id: intent, term: mens.intent, says: "on purpose", confidence: derived, note: "how"}
        - {id: right, term: circ.without_right, says: "without right", evaluative: true, pin: "Art. 2, first sentence"}
    options:
      - {id: loss, by: declaration, under: "Art. 40", point: "2", says: "with loss", add: {id: loss, quantity: qty.loss, op: ge, value: 5000, currency: USD, says: "loss"}}
    readings:
      - {id: narrow, says: "systems only", replace: {access: {id: access, term: obj.system, says: "a system"}}}
  - id: art-3
    article: "3"
    cite: "Art. 3"
    title: "Data"
    kind: substantive
    confidence: recalled
    elements:
      id: body
      all:
        - any:
            - {id: delete, term: act.data.delete, says: "deletes"}
            - {id: aiming, refer: [art-2], as: intent_to_commit, says: "to gain access"}
        - {id: intent, term: mens.intent, cite: "Art. 3(1)", says: "on purpose"}
      unless:
        - {id: owner, role: defence, when: {id: own-data, term: circ.of_state, says: "own"}, cite: "Art. 3(3)", says: "own data"}
    options:
      - {id: none, by: reservation, under: "Art. 42", point: "3(2)", drop: true, says: "not at all"}
  - {id: art-4, article: "4", cite: "Art. 4", title: "Help", kind: cooperation, pin: "Art. 4", says: "help one another"}
)yaml";

inline constexpr std::string_view kSampleState = R"yaml(format: rogatory.state/1
state: NOR
alpha2: NO
name: "Norway"
sources:
  - {id: code, title: "The code", where: "https://example.org/no", read_on: 2026-11-24}
defaults: {confidence: recalled}
test_date: {rule: conduct_date, cite: "s. 9", says: "the day of the conduct"}
closures:
  - {id: none-before, subject: {term: act.access}, from: 1998-01-01, until: 2000-06-14, says: "nothing else", confidence: found, source: code, pin: "s. 1"}
options_made:
  - {instrument: conv-2001, provision: art-2, option: loss, from: 2007-01-01, cite: "declaration", says: "with loss"}
)yaml";

inline constexpr std::string_view kSampleStateLaw = R"yaml(format: rogatory.state-law/1
state: NOR
act: {id: code, title: "The penal code", short: "PC"}
sources:
  - {id: code, title: "The code", where: "https://example.org/no", read_on: 2026-11-24}
defaults: {confidence: recalled}
provisions:
  - id: s-204
    article: "204"
    cite: "s. 204"
    title: "Intrusion"
    kind: substantive
    elements:
      all:
        - {id: access, term: act.access, says: "access"}
        - {id: items, quantity: qty.items, op: gt, value: 2, says: "more than two"}
        - {id: other, refer: ["conv-2001:art-3"], as: aiding_of, says: "helps"}
    periods:
      - {from: 2005-01-01, until: 2010-01-01, state: in_force, cite: "s. 1", says: "old"}
      - {from: 2010-01-01, state: suspended, cite: "s. 1", says: "new"}
    penalties:
      - {form: basic, max_months: 24, cite: "s. 204", says: "two years"}
      - {form: grave, when: {term: act.data}, max: life, cite: "s. 205", says: "life"}
)yaml";

inline constexpr std::string_view kSampleMapping = R"yaml(format: rogatory.mapping/1
source: veris
title: "VERIS"
versions: ["1.4"]
asserted_by: "coder"
sources:
  - {id: docs, title: "Documentation", where: "https://example.org", read_on: 2026-11-24}
defaults: {confidence: found}
rules:
  - codes: [action.hacking]
    cite: "actions"
    source: docs
    definition: "hacking"
    facts:
      - {term: mens.intent, value: true}
)yaml";

/// The files of the sample, sorted by path.
inline std::vector<SourceText> sample_texts() {
  return {{"instruments/conv-2001/instrument.yaml", std::string(kSampleInstrument)},
          {"instruments/conv-2001/offences.yaml", std::string(kSampleProvisions)},
          {"mappings/veris.yaml", std::string(kSampleMapping)},
          {"states/NOR/code.yaml", std::string(kSampleStateLaw)},
          {"states/NOR/state.yaml", std::string(kSampleState)},
          {"vocabulary/terms.yaml", std::string(kSampleVocabulary)}};
}

/// The sample with one passage of one file replaced; the passage must be there.
inline std::vector<SourceText> sample_with(std::string_view path_end, std::string_view passage,
                                           std::string_view replacement) {
  auto texts = sample_texts();
  for (SourceText& source : texts) {
    if (!source.path.ends_with(path_end)) continue;
    const auto at = source.text.find(passage);
    ROG_ASSERT(at != std::string::npos);
    source.text.replace(at, passage.size(), replacement);
  }
  return texts;
}

inline const SchemaSet& schemas() {
  static const SchemaSet kSchemas = SchemaSet::make(embedded_schemas()).take();
  return kSchemas;
}

inline CorpusFiles read_sample(const std::vector<SourceText>& texts) {
  return read_texts(texts, schemas());
}

/// The findings, one per line, without the severity.
inline std::string findings_of(const std::vector<SourceText>& texts, bool with_meaning = false) {
  std::string out;
  for (const LintFinding& finding : lint(read_sample(texts), {.with_meaning = with_meaning})) {
    out += finding.place.to_string() + ": " + finding.message + " [" + finding.rule + "]\n";
  }
  return out;
}

}  // namespace rogatory::corpus::detail
