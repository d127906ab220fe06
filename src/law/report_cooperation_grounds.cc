// SPDX-License-Identifier: EUPL-1.2
// Grounds of refusal, for law/report_cooperation.h.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "law/detail/report_words.h"
#include "law/entail.h"
#include "law/report.h"
#include "law/report_cooperation.h"

namespace rogatory::law {
namespace {

using namespace detail;

std::string_view applies_word(Truth value) {
  switch (value) {
    case Truth::kTrue:
      return "applies";
    case Truth::kFalse:
      return "does_not_apply";
    case Truth::kUnknown:
      return "open";
  }
  return "open";
}

/// `conditional` while an assurance can cure it.
std::string_view effect_word(const GroundRule& rule, const GroundAnswer& ground) {
  return ground.is_conditional() ? "conditional" : to_text(rule.effect);
}

std::string subject_label(const LawBook& book, const std::string& id) {
  const auto& subjects = book.world.ground_subjects;
  const auto it = std::ranges::find(subjects, id, &GroundSubject::id);
  return it == subjects.end() || it->label.empty() ? id : it->label;
}

JsonArray outcomes_json(const OutcomeSet& outcomes) {
  JsonArray out;
  for (const Outcome outcome : kOutcomes) {
    if (outcomes.contains(outcome)) out.push_back(name_json(outcome));
  }
  return out;
}

JsonArray open_json(const LawBook& book, const std::vector<AtomId>& atoms) {
  JsonArray out;
  for (const AtomId atom : atoms) {
    out.push_back(JsonObject{{"fact", book.atoms().key(atom)},
                             {"label", atom_text(book, atom)},
                             {"question", atom_question(book, atom)}});
  }
  return out;
}

JsonArray cures_json(const GroundAnswer& ground) {
  JsonArray out;
  for (const CureAnswer& cure : ground.cures) {
    out.push_back(JsonObject{{"term", cure.term},
                             {"given", name_json(cure.given)},
                             {"says", cure.citation.says},
                             {"cite", cure.citation.cite},
                             {"confidence", name_json(cure.citation.confidence)}});
  }
  return out;
}

JsonObject ground_json(const LawBook& book, const BasisAnswer& bases, const GroundAnswer& ground) {
  const Provision& provision = book.provisions[ground.provision];
  const GroundRule& rule = *provision.ground;
  JsonObject out{{"provision", provision.id},
                 {"owner", provision.owner},
                 {"source", name_json(ground.source)},
                 {"subject", rule.subject},
                 {"title", provision.title},
                 {"cite", cite_words(book, provision)},
                 {"says", provision.citation.says},
                 {"applies", text_json(applies_word(ground.applies))},
                 {"effect", text_json(effect_word(rule, ground))},
                 {"effect_without_assurance", name_json(rule.effect)},
                 {"overrides", rule.overrides},
                 {"barred", ground.is_barred},
                 {"barred_by", ids_json(book, ground.bars)},
                 {"cures", cures_json(ground)},
                 {"open", open_json(book, ground.open)},
                 {"instead", text_or_null(rule.instead)},
                 {"confidence", name_json(ground.confidence)},
                 {"provisional", ground.confidence == Confidence::kRecalled},
                 {"citation", to_json(book, provision.citation)}};
  if (ground.instrument != nullptr) {
    out["status"] = status_json(*ground.instrument, bases.requested, ground.requested);
  }
  return out;
}

std::string outcomes_words(const OutcomeSet& outcomes) {
  std::string out;
  for (const Outcome outcome : kOutcomes) {
    if (!outcomes.contains(outcome)) continue;
    out += (out.empty() ? "" : ", ") + std::string(to_text(outcome));
  }
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string_view source_words(GroundSource source) {
  switch (source) {
    case GroundSource::kGoverning:
      return "governing treaty";
    case GroundSource::kOtherBasis:
      return "other basis";
    case GroundSource::kOwnLaw:
      return "own law";
    case GroundSource::kOverriding:
      return "holds whatever a treaty says";
  }
  return "";
}

void write_ground(const LawBook& book, const BasisAnswer& bases, const GroundAnswer& ground,
                  Document& out) {
  const Provision& provision = book.provisions[ground.provision];
  const GroundRule& rule = *provision.ground;
  std::string words(applies_word(ground.applies));
  std::ranges::replace(words, '_', ' ');
  out.item(fmt::format("{}: {}, {} ({}). {} [{}]", provision.title, words,
                       effect_word(rule, ground), source_words(ground.source),
                       cite_words(book, provision), sure_words(ground.confidence)));
  if (ground.applies == Truth::kFalse && !ground.is_barred) return;
  if (!provision.citation.says.empty()) out.item(provision.citation.says, 1);
  if (ground.requested.bound == Bound::kUnknown && ground.instrument != nullptr) {
    out.item(status_words(*ground.instrument, bases.requested, ground.requested), 1);
  }
  for (const ProvisionIndex bar : ground.bars) {
    out.item((ground.is_barred ? "may not be invoked: " : "may not be invoked where this holds: ") +
                 cite_words(book, book.provisions[bar]),
             1);
  }
  for (const CureAnswer& cure : ground.cures) {
    out.item(fmt::format("cured by an assurance ({}): {} ({}) [{}]",
                         cure.given == Truth::kTrue    ? "given"
                         : cure.given == Truth::kFalse ? "not given"
                                                       : "not stated",
                         cure.citation.says, cure.citation.cite, to_text(cure.citation.confidence)),
             1);
  }
  for (const AtomId atom : ground.open) out.item("turns on: " + atom_question(book, atom), 1);
  if (ground.applies == Truth::kUnknown && ground.open.empty() && ground.bars.empty()) {
    out.item("an officer has to look: no facts are encoded that decide it", 1);
  }
  if (!rule.instead.empty()) out.item("instead: " + rule.instead, 1);
}

std::string governing_words(const LawBook& book, const std::string& id) {
  const Instrument* instrument = book.find_instrument(id);
  return instrument == nullptr ? "no treaty" : instrument_name(*instrument);
}

}  // namespace

JsonObject grounds_json(const LawBook& book, const BasisAnswer& bases,
                        const GroundsAnswer& answer) {
  JsonArray grounds;
  for (const GroundAnswer& ground : answer.grounds) {
    grounds.push_back(ground_json(book, bases, ground));
  }
  JsonArray by_basis;
  for (const OutcomesUnder& one : answer.under) {
    by_basis.push_back(JsonObject{{"instrument", text_or_null(one.instrument)},
                                  {"outcomes", outcomes_json(one.outcomes)}});
  }
  return {{"requesting", side_json(bases.requesting)},
          {"requested", side_json(bases.requested)},
          {"kind", bases.kind},
          {"on", bases.on.to_string()},
          {"governing", text_or_null(answer.governing)},
          {"none_known", text_or_null(bases.none_known)},
          {"outcomes", outcomes_json(answer.outcomes)},
          {"by_basis", std::move(by_basis)},
          {"postponement", text_json(applies_word(answer.postponement))},
          {"grounds", std::move(grounds)},
          {"bars", ids_json(book, answer.bars)},
          {"not_binding", texts_json(answer.not_binding)},
          {"not_examined", texts_json(answer.not_examined)},
          {"law_encoded", bases.requested.law != nullptr},
          {"warnings", texts_json(answer.warnings)},
          {"note", text_json(kNotReviewed)}};
}

void write_grounds(const LawBook& book, const BasisAnswer& bases, const GroundsAnswer& answer,
                   Document& out) {
  out.heading(2, fmt::format("Grounds of refusal: {} asks {} for {} on {}", bases.requesting.name,
                             bases.requested.name, bases.kind, bases.on.to_string()));
  out.paragraph(fmt::format(
      "Under {}, what can still come of it: {}. An assessment of grounds, "
      "not a decision; the law of States here was {}.",
      governing_words(book, answer.governing), outcomes_words(answer.outcomes), kNotReviewed));
  for (const OutcomesUnder& one : answer.under) {
    if (one.instrument == answer.governing) continue;
    out.item("Under " + governing_words(book, one.instrument) + ": " +
             outcomes_words(one.outcomes));
  }
  if (answer.governing.empty() && !bases.none_known.empty()) {
    out.item("No treaty is known to govern: " + bases.none_known);
  }
  if (answer.postponement != Truth::kFalse) {
    out.item(answer.postponement == Truth::kTrue ? "Execution may be postponed."
                                                 : "Whether execution may be postponed is open.");
  }
  std::string subject;
  for (const GroundAnswer& ground : answer.grounds) {
    const std::string& own = book.provisions[ground.provision].ground->subject;
    if (own != subject) out.heading(3, subject_label(book, own));
    subject = own;
    write_ground(book, bases, ground, out);
  }
  if (!answer.bars.empty()) out.heading(3, "May not be invoked");
  for (const ProvisionIndex i : answer.bars) {
    const Provision& bar = book.provisions[i];
    out.item(fmt::format("{}: {} {} [{}]", subject_label(book, bar.ground->subject),
                         bar.citation.says, cite_words(book, bar),
                         to_text(bar.citation.confidence)));
  }
  if (!answer.not_binding.empty() || !answer.not_examined.empty()) out.heading(3, "Not counted");
  for (const std::string& one : answer.not_binding) out.item("does not bind: " + one);
  for (const std::string& one : answer.not_examined) out.item("may serve after all: " + one);
  if (bases.requested.law == nullptr) {
    out.item("the law of " + bases.requested.name + " is not encoded: it may hold further grounds");
  }
  if (!answer.warnings.empty()) out.item("Warning: " + base::join(answer.warnings, "; ") + ".");
}

}  // namespace rogatory::law
