// SPDX-License-Identifier: EUPL-1.2
//
// A small corpus without faults for tests, to be spoilt one line at a time. Tests only.
#pragma once

#include <string>
#include <string_view>
#include <utility>
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
name: "State of the sample"
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

inline constexpr std::string_view kSampleTreaty = R"yaml(format: rogatory.instrument/1
instrument: nor-xaa
title: "A treaty of some"
short: "Treaty"
status: in_force
status_as_of: 2026-04-25
class: regional
banner: "under the treaty"
sources:
  - {id: chart, title: "The chart", where: "https://example.org/chart", read_on: 2026-11-24}
defaults: {confidence: found, source: chart, pin: "row"}
parties_complete: true
parties:
  - {state: NOR, from: 2004-07-01}
  - {state: XAA, from: 2004-07-01, until: 2010-01-01, confidence: derived, note: "left"}
  - {state: XAA, from: 2012-01-01}
  - {state: XBB}
signatories:
  - {state: XCC, on: 2002-02-28}
extensions:
  - {territory: XTT, of: XAA, from: 2013-01-01}
statements:
  - {state: NOR, provision: b-extradition, by: reservation, from: 2005-01-01, says: "dual criminality is asked", effect: dual_criminality_required}
provisions:
  - id: b-extradition
    article: "1"
    cite: "Art. 1"
    title: "Extradition"
    kind: basis
    for: [surrender]
    says: "extradition is granted"
    basis:
      by: treaty
      offences: listed
      dual_criminality: required
      threshold: {law: both, op: ge, months: 12}
      remaining: {op: gt, months: 4}
      list: {law: requesting, op: ge, months: 36, terms: [req.list.computer]}
      yields_to: [mutual_recognition]
      conditions:
        - {id: border, says: "it crosses a border", cite: "Art. 1(2)", term: req.offence.transnational}
  - id: g-political
    article: "2"
    cite: "Art. 2"
    title: "Political offences"
    kind: ground
    for: [assistance, extradition]
    says: "no help for political offences"
    ground:
      subject: political_offence
      effect: optional
      overrides: true
      cures:
        - {term: req.assurance.fair, says: "with an assurance", cite: "Art. 2(2)", confidence: recalled}
      instead: "own prosecution"
    elements:
      all:
        - {id: political, term: req.offence.political, says: "it is political"}
      unless:
        - {id: attack, role: exclusion, when: {id: attack-made, term: req.offence.attack, says: "an attack"}, says: "an attack"}
  - id: k-kept
    article: "3"
    cite: "Art. 3"
    title: "Kept"
    kind: clock
    for: [preservation]
    says: "data is kept"
    clock: {starts: preservation_executed, value: 60, unit: days, sense: at_least, then: "it lapses", free_day: {end: next_working_day, cite: "Art. 3(2)", says: "the next working day"}, extend: {value: 90, unit: days, says: "on request"}}
)yaml";

inline constexpr std::string_view kSampleRequestTerms = R"yaml(format: rogatory.vocabulary/1
terms:
  - {id: req.offence.political, label: political, phrase: "it is political", definition: "d", question: "q?"}
  - {id: req.offence.attack, label: attack, phrase: "it is an attack", definition: "d", question: "q?"}
  - {id: req.offence.transnational, label: transnational, phrase: "it crosses a border", definition: "d", question: "q?"}
  - {id: req.assurance.fair, label: assurance, phrase: "an assurance is given", definition: "d", question: "q?"}
  - {id: req.list.computer, label: listed, phrase: "it is listed", definition: "d", question: "q?"}
)yaml";

inline constexpr std::string_view kSampleWorld = R"yaml(format: rogatory.world/1
sources:
  - {id: un, title: "Names", where: "https://example.org/un", read_on: 2026-11-24}
defaults: {confidence: found, source: un, pin: "list"}
states:
  - {state: XCC, alpha2: XC, un: observer, names: {ar: "a", zh: "z", en: "C-land", fr: "f", ru: "r", es: "s"}}
  - {state: XAA, alpha2: XA, un: member, names: {ar: "a", zh: "z", en: "A-land", fr: {text: "f", translation: official, source: un}, ru: "r", es: "s"}}
  - {state: XBB, alpha2: XB, un: member, names: {ar: "a", zh: "z", en: "B-land", fr: "f", ru: "r", es: "s"}}
territories:
  - {territory: XTT, alpha2: XT, of: XAA, names: {ar: "a", zh: "z", en: "T-land", fr: "f", ru: "r", es: "s"}}
authorities:
  - {state: XAA, role: central_authority, for: [assistance], name: "The Ministry", zone: Europe/Oslo, cite: "notice"}
languages:
  - {state: XTT, for: [all], accepts: [en, fr], cite: "notice", confidence: recalled}
holidays:
  - {state: XAA, on: "02-29", name: "Leap day"}
  - {state: XAA, on: "2026-04-06", name: "Easter"}
)yaml";

inline constexpr std::string_view kSampleSubjects = R"yaml(format: rogatory.ground-subjects/1
subjects:
  - {id: political_offence, label: {ar: "a", zh: "z", en: "political offence", fr: "f", ru: "r", es: "s"}, question: "political?"}
  - {id: torture, label: {ar: "a", zh: "z", en: "danger of torture", fr: "f", ru: "r", es: "s"}}
)yaml";

inline constexpr std::string_view kSampleRanking = R"yaml(format: rogatory.ranking/1
defaults: {confidence: recalled}
classes:
  - {id: mutual_recognition, label: "within a union", says: "closest", cite: "practice"}
  - {id: bilateral, label: "of two", says: "special", cite: "practice"}
  - {id: regional, label: "of some", says: "near", cite: "practice"}
)yaml";

inline constexpr std::string_view kSampleContents = R"yaml(format: rogatory.request-contents/1
defaults: {confidence: recalled}
contents:
  - id: authority
    label: {ar: "a", zh: "z", en: "Authority", fr: "f", ru: "r", es: "s"}
    ask: "Who asks?"
    fill: ["/requesting/authority/name", "/offences/*/title"]
    why: "so that one can answer"
    refusal: {known: "yes", says: "sent back", cite: "Art. 5"}
  - id: urgency
    label: {ar: "a", zh: "z", en: "Urgency", fr: "f", ru: "r", es: "s"}
    ask: "How urgent?"
    why: "order of work"
    refusal: {known: unknown}
)yaml";

inline constexpr std::string_view kSampleRequestKind = R"yaml(format: rogatory.request-kind/1
kind: freezing
group: assets
sources:
  - {id: chart, title: "The chart", where: "https://example.org/chart", read_on: 2026-11-24}
defaults: {confidence: recalled}
title: {ar: "a", zh: "z", en: "Freezing", fr: "f", ru: "r", es: "s"}
purpose: {ar: "a", zh: "z", en: "to freeze", fr: "f", ru: "r", es: "s"}
contents:
  - use: authority
    level: basis
    required_by:
      - {instrument: nor-xaa, cite: "Art. 4", confidence: found, source: chart, pin: "Art. 4"}
  - {use: urgency, level: useful}
validity:
  - {says: "until lifted", cite: "Art. 6"}
answers:
  - {id: executed, label: {ar: "a", zh: "z", en: "executed", fr: "f", ru: "r", es: "s"}}
)yaml";

inline constexpr std::string_view kSampleWording = R"yaml(format: rogatory.wording/1
strings:
  - {id: heading.facts, ar: "a", zh: "z", en: "Facts", fr: "f", ru: "r", es: "s"}
  - id: counts
    ar: "{n, plural, zero {0} other {# {what}}}"
    zh: "{n}{what}"
    en: "{n, plural, one {# count of {what}} other {# counts of {what}}}"
    fr: "l'acte '{x}' {n} {what}"
    ru: "{n, number, integer} {what}"
    es: {text: "{n} {what}", translation: unreviewed}
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

/// The sample and what is said of cooperation: a treaty in one file, the world, a kind of request.
inline std::vector<SourceText> cooperation_texts() {
  auto texts = sample_texts();
  for (SourceText& source :
       std::vector<SourceText>{{"instruments/nor-xaa/treaty.yaml", std::string(kSampleTreaty)},
                               {"requests/contents.yaml", std::string(kSampleContents)},
                               {"requests/freezing.yaml", std::string(kSampleRequestKind)},
                               {"requests/grounds.yaml", std::string(kSampleSubjects)},
                               {"requests/ranking.yaml", std::string(kSampleRanking)},
                               {"requests/wording.yaml", std::string(kSampleWording)},
                               {"states/world.yaml", std::string(kSampleWorld)},
                               {"vocabulary/requests.yaml", std::string(kSampleRequestTerms)}}) {
    texts.push_back(std::move(source));
  }
  return texts;
}

/// `texts` with one passage of one file replaced; file and passage must be there.
inline std::vector<SourceText> with_replaced(std::vector<SourceText> texts,
                                             std::string_view path_end, std::string_view passage,
                                             std::string_view replacement) {
  for (SourceText& source : texts) {
    if (!source.path.ends_with(path_end)) continue;
    const auto at = source.text.find(passage);
    ROG_ASSERT(at != std::string::npos);
    source.text.replace(at, passage.size(), replacement);
    return texts;
  }
  ROG_ASSERT(false);
  return texts;
}

/// The sample with one passage of one file replaced; the passage must be there.
inline std::vector<SourceText> sample_with(std::string_view path_end, std::string_view passage,
                                           std::string_view replacement) {
  return with_replaced(sample_texts(), path_end, passage, replacement);
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

/// A line of `findings_of`; `file` ends with a colon.
inline std::string at(std::string_view file, int line, std::string_view rest) {
  return std::string(file) + std::to_string(line) + ": " + std::string(rest) + "\n";
}

}  // namespace rogatory::corpus::detail
