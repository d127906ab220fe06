// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/lint_index.h"

namespace rogatory::corpus::detail {
namespace {

template <class Map, class T>
void fill(Map& map, const std::vector<T>& list) {
  for (const T& item : list) map.emplace(item.id, &item);
}

template <class Map>
auto find_in(const Map& map, std::string_view id) {
  const auto it = map.find(id);
  return it == map.end() ? nullptr : it->second;
}

// The shape was checked before; what is not there adds nothing.
void collect_contents(const base::JsonObject& document, std::set<std::string, std::less<>>& ids) {
  const base::Json* list = document.if_contains("contents");
  if (list == nullptr || !list->is_array()) return;
  for (const base::Json& item : list->get_array()) {
    const auto* content = item.if_object();
    const base::Json* id = content == nullptr ? nullptr : content->if_contains("id");
    if (id != nullptr && id->is_string()) ids.emplace(id->get_string());
  }
}

}  // namespace

LintIndex::LintIndex(const Reading& reading, Findings& findings)
    : book_(reading.book), findings_(findings) {
  const law::LawBook& book = reading.book;
  fill(terms_, book.vocabulary.terms);
  fill(quantities_, book.vocabulary.quantities);
  fill(provisions_, book.provisions);
  fill(instruments_, book.instruments);
  fill(subjects_, book.world.ground_subjects);
  collect_contents(reading.request_contents, contents_);
  if (book.world.states.empty()) return;
  for (const law::WorldState& state : book.world.states) states_.insert(state.iso3);
  for (const law::StateLaw& state : book.states) states_.insert(state.iso3);
  for (const law::Territory& place : book.world.territories) territories_.insert(place.iso3);
}

const law::Quantity* LintIndex::find_quantity(std::string_view id) const {
  return find_in(quantities_, id);
}

const law::Provision* LintIndex::find_provision(std::string_view id) const {
  return find_in(provisions_, id);
}

const law::Instrument* LintIndex::find_instrument(std::string_view id) const {
  return find_in(instruments_, id);
}

const law::GroundSubject* LintIndex::find_subject(std::string_view id) const {
  return find_in(subjects_, id);
}

void LintIndex::check_term(const std::string& term, const base::Place& place) {
  if (!terms_.contains(term)) add(Rule::kUnknownTerm, "unknown term `" + term + "`", place);
}

void LintIndex::check_quantity(const std::string& quantity, const base::Place& place) {
  if (!quantities_.contains(quantity)) {
    add(Rule::kUnknownQuantity, "unknown quantity `" + quantity + "`", place);
  }
}

void LintIndex::check_state(const std::string& code, const base::Place& place) {
  if (states_.empty() || states_.contains(code)) return;
  add(Rule::kUnknownState, "`" + code + "` is no State of the world", place);
}

void LintIndex::check_state_or_territory(const std::string& code, const base::Place& place) {
  if (states_.empty() || states_.contains(code) || territories_.contains(code)) return;
  add(Rule::kUnknownState, "`" + code + "` is no State or territory of the world", place);
}

void LintIndex::check_content(const std::string& id, const base::Place& place) {
  if (!contents_.contains(id)) add(Rule::kUnknownContent, "unknown content `" + id + "`", place);
}

bool LintIndex::descends_from(const std::string& term, const std::string& ancestor) const {
  std::set<std::string_view> seen;
  std::vector<std::string_view> todo{term};
  while (!todo.empty()) {
    const std::string_view id = todo.back();
    todo.pop_back();
    if (id == ancestor) return true;
    const law::Term* at = find_in(terms_, id);
    if (at == nullptr || !seen.insert(id).second) continue;
    todo.insert(todo.end(), at->parents.begin(), at->parents.end());
  }
  return false;
}

void UniqueIds::add(const std::string& id, const base::Place& place) {
  if (id.empty()) return;
  const auto [it, is_new] = seen_.emplace(id, place);
  if (is_new) return;
  index_.add(Rule::kDuplicateId,
             std::string(what_) + " `" + id + "` is there already at " + it->second.to_string(),
             place);
}

}  // namespace rogatory::corpus::detail
