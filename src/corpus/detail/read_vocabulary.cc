// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/read_vocabulary.h"

#include <string>
#include <utility>

namespace rogatory::corpus::detail {
namespace {

law::Term read_term(const Cursor& at) {
  law::Term term;
  term.id = at.text("id");
  const auto kind = law::kind_of_id(term.id);
  if (!kind) at.fail("the first word of `" + term.id + "` is no kind of term");
  term.kind = kind.value_or(law::TermKind::kAct);
  term.label = at.text("label");
  term.phrase = at.text("phrase");
  term.parents = at.texts("parents");
  term.definition = at.text("definition");
  term.question = at.text("question");
  term.is_open_texture = at.flag("open_texture");
  term.is_state_bound = at.text("transpose") == "own_state";
  term.is_typical = at.flag("typical");
  term.place = at.place();
  return term;
}

law::TermGroup read_group(const Cursor& at) {
  const std::string kind = at.text("kind");
  if (kind != "exclusive" && kind != "exhaustive") {
    at.fail("`kind` of a group is `exclusive` or `exhaustive`");
  }
  return {.id = at.text("id"),
          .is_exclusive = kind != "exhaustive",
          .of = at.text("of"),
          .members = at.texts("members"),
          .reason = at.text("reason"),
          .place = at.place()};
}

law::Entailment read_entailment(const Cursor& at) {
  return {.id = at.text("id"),
          .premises = at.texts("if"),
          .conclusion = at.text("then"),
          .reason = at.text("reason"),
          .confidence = at.choice("confidence", law::Confidence::kDerived),
          .source = at.text("source"),
          .pin = at.text("pin"),
          .place = at.place()};
}

law::Quantity read_quantity(const Cursor& at) {
  return {.id = at.text("id"),
          .label = at.text("label"),
          .unit = at.text("unit"),
          .question = at.text("question"),
          .place = at.place()};
}

}  // namespace

void read_vocabulary(const Cursor& root, law::Vocabulary& vocabulary) {
  for (const Cursor& at : root.items("terms")) vocabulary.terms.push_back(read_term(at));
  for (const Cursor& at : root.items("groups")) vocabulary.groups.push_back(read_group(at));
  for (const Cursor& at : root.items("entailments")) {
    vocabulary.entailments.push_back(read_entailment(at));
  }
  for (const Cursor& at : root.items("quantities")) {
    vocabulary.quantities.push_back(read_quantity(at));
  }
}

}  // namespace rogatory::corpus::detail
