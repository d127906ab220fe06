// SPDX-License-Identifier: EUPL-1.2
#include "law/vocabulary.h"

#include "law/detail/common.h"

namespace rogatory::law {
namespace {

using detail::lint_error;

/// True when the parents of some term lead back to it.
bool has_cycle(const Vocabulary& vocabulary, TermIndex start) {
  std::vector<TermIndex> todo{start};
  std::vector<bool> seen(vocabulary.terms.size(), false);
  while (!todo.empty()) {
    const TermIndex at = todo.back();
    todo.pop_back();
    for (const std::string& parent : vocabulary.terms[at].parents) {
      const auto index = vocabulary.find_term(parent);
      if (!index) continue;
      if (*index == start) return true;
      if (seen[*index]) continue;
      seen[*index] = true;
      todo.push_back(*index);
    }
  }
  return false;
}

}  // namespace

std::optional<TermKind> kind_of_id(std::string_view id) {
  return from_text<TermKind>(id.substr(0, id.find('.')));
}

base::Result<void> Vocabulary::index() {
  by_id_.clear();
  for (TermIndex i = 0; i < terms.size(); ++i) {
    if (!by_id_.emplace(terms[i].id, i).second) {
      return lint_error("term `" + terms[i].id + "` is declared twice", terms[i].place);
    }
  }
  const auto check = [&](const std::string& id, const std::string& who,
                         const base::Place& place) -> base::Result<void> {
    if (by_id_.contains(id)) return {};
    return lint_error("`" + who + "` names the unknown term `" + id + "`", place);
  };
  for (TermIndex i = 0; i < terms.size(); ++i) {
    for (const std::string& parent : terms[i].parents) {
      ROG_CHECKED(check(parent, terms[i].id, terms[i].place));
    }
    if (has_cycle(*this, i)) {
      return lint_error("term `" + terms[i].id + "` is its own ancestor", terms[i].place);
    }
  }
  for (const TermGroup& group : groups) {
    for (const std::string& member : group.members) {
      ROG_CHECKED(check(member, group.id, group.place));
    }
    if (!group.is_exclusive) ROG_CHECKED(check(group.of, group.id, group.place));
  }
  for (const Entailment& entailment : entailments) {
    for (const std::string& premise : entailment.premises) {
      ROG_CHECKED(check(premise, entailment.id, entailment.place));
    }
    ROG_CHECKED(check(entailment.conclusion, entailment.id, entailment.place));
  }
  return {};
}

std::optional<TermIndex> Vocabulary::find_term(std::string_view id) const {
  const auto it = by_id_.find(std::string(id));
  if (it == by_id_.end()) return std::nullopt;
  return it->second;
}

const Quantity* Vocabulary::find_quantity(std::string_view id) const {
  for (const Quantity& quantity : quantities) {
    if (quantity.id == id) return &quantity;
  }
  return nullptr;
}

}  // namespace rogatory::law
