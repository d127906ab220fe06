// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>

#include "corpus/detail/lint_index.h"

namespace rogatory::corpus::detail {
namespace {

void check_text(LintIndex& index, const std::string& id, std::string_view key,
                const std::string& text, const base::Place& place) {
  if (text.empty()) {
    index.add(Rule::kMissingText, '`' + id + "` has no `" + std::string(key) + '`', place);
  }
}

void lint_term(LintIndex& index, const law::Term& term) {
  check_text(index, term.id, "label", term.label, term.place);
  check_text(index, term.id, "phrase", term.phrase, term.place);
  check_text(index, term.id, "definition", term.definition, term.place);
  check_text(index, term.id, "question", term.question, term.place);
  for (const std::string& parent : term.parents) index.check_term(parent, term.place);
}

// Of two members that exclude each other, neither may imply the other.
void lint_exclusive(LintIndex& index, const law::TermGroup& group) {
  for (const std::string& child : group.members) {
    for (const std::string& parent : group.members) {
      if (child == parent || !index.descends_from(child, parent)) continue;
      index.add(Rule::kGroupContradiction,
                '`' + group.id + "` makes `" + child + "` impossible: it implies `" + parent + '`',
                group.place);
    }
  }
}

void lint_exhaustive(LintIndex& index, const law::TermGroup& group) {
  if (group.of.empty()) {
    index.add(Rule::kGroupShape, '`' + group.id + "` is exhaustive of nothing: `of` is missing",
              group.place);
    return;
  }
  index.check_term(group.of, group.place);
  for (const std::string& member : group.members) {
    if (index.descends_from(member, group.of)) continue;
    index.add(Rule::kGroupShape,
              '`' + group.id + "` lists `" + member + "`, which is no child of `" + group.of + '`',
              group.place);
  }
}

void lint_group(LintIndex& index, const law::TermGroup& group) {
  check_text(index, group.id, "reason", group.reason, group.place);
  if (group.members.size() < 2) {
    index.add(Rule::kGroupShape, '`' + group.id + "` has fewer than two members", group.place);
  }
  UniqueIds members(index, "member");
  for (const std::string& member : group.members) {
    index.check_term(member, group.place);
    members.add(member, group.place);
  }
  if (group.is_exclusive) {
    lint_exclusive(index, group);
  } else {
    lint_exhaustive(index, group);
  }
}

void lint_entailment(LintIndex& index, const law::Entailment& entailment) {
  check_text(index, entailment.id, "reason", entailment.reason, entailment.place);
  if (entailment.confidence == law::Confidence::kFound &&
      (entailment.source.empty() || entailment.pin.empty())) {
    index.add(Rule::kFoundUnsourced,
              '`' + entailment.id + "` is `found` without `source` and `pin`", entailment.place);
  }
  if (entailment.premises.empty()) {
    index.add(Rule::kMissingText, '`' + entailment.id + "` has no premise", entailment.place);
  }
  for (const std::string& premise : entailment.premises) {
    index.check_term(premise, entailment.place);
    if (!index.descends_from(premise, entailment.conclusion)) continue;
    index.add(Rule::kEntailmentRedundant,
              '`' + entailment.id + "` says what the parents of `" + premise + "` say already",
              entailment.place);
  }
  index.check_term(entailment.conclusion, entailment.place);
}

void lint_quantity(LintIndex& index, const law::Quantity& quantity) {
  check_text(index, quantity.id, "label", quantity.label, quantity.place);
  check_text(index, quantity.id, "unit", quantity.unit, quantity.place);
  check_text(index, quantity.id, "question", quantity.question, quantity.place);
}

template <class T, class F>
void lint_list(LintIndex& index, std::string_view what, const std::vector<T>& list,
               const F& lint_one) {
  UniqueIds ids(index, what);
  for (const T& item : list) {
    ids.add(item.id, item.place);
    lint_one(index, item);
  }
}

}  // namespace

void lint_vocabulary(LintIndex& index) {
  const law::Vocabulary& vocabulary = index.book().vocabulary;
  lint_list(index, "term", vocabulary.terms, lint_term);
  lint_list(index, "group", vocabulary.groups, lint_group);
  lint_list(index, "entailment", vocabulary.entailments, lint_entailment);
  lint_list(index, "quantity", vocabulary.quantities, lint_quantity);
}

}  // namespace rogatory::corpus::detail
