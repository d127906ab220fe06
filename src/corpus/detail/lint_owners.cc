// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <set>

#include "corpus/detail/lint_cooperation.h"
#include "corpus/detail/lint_formula.h"
#include "corpus/detail/lint_index.h"
#include "corpus/detail/walk.h"

namespace rogatory::corpus::detail {
namespace {

void lint_closure(LintIndex& index, const law::Closure& closure) {
  const law::Citation& citation = closure.citation;
  if (citation.says.empty() || citation.source.empty() || citation.pin.empty() ||
      citation.confidence == law::Confidence::kRecalled) {
    index.add(Rule::kClosureUnsourced,
              "closure " + ticked(closure.id) +
                  " needs `says`, `source`, `pin` and more than recollection",
              citation.place);
  }
  if (closure.range.is_empty()) {
    index.add(Rule::kPeriodEmpty, "closure " + ticked(closure.id) + " ends before it begins",
              citation.place);
  }
  const auto check_leaf = [&](const law::Node& node) {
    lint_node(index, node);
    if (!is_statement(node) || node.kind == law::NodeKind::kTerm) return;
    index.add(Rule::kClosureLeaf, "the subject of a closure is made of terms only",
              node.citation.place);
  };
  for (const law::Node& subject : closure.subject) {
    walk(subject, check_leaf, [](const law::Exception&) {});
  }
}

void lint_option_made(LintIndex& index, const law::OptionMade& made) {
  const base::Place& place = made.citation.place;
  const law::Provision* provision = index.find_provision(made.provision);
  if (provision == nullptr) {
    index.add(Rule::kUnknownProvision, "unknown provision " + ticked(made.provision), place);
    return;
  }
  if (std::ranges::none_of(provision->options,
                           [&](const auto& option) { return option.id == made.option; })) {
    index.add(Rule::kUnknownOption,
              ticked(made.provision) + " has no option " + ticked(made.option), place);
  }
  if (made.range.is_empty()) {
    index.add(Rule::kPeriodEmpty, "the option ends before it begins", place);
  }
}

// Files of one owner may repeat a source, in the same words.
void lint_sources(LintIndex& index, const std::string& owner,
                  const std::vector<law::Source>& sources, const base::Place& place) {
  std::set<std::string_view> ids;
  for (const law::Source& source : sources) {
    if (ids.insert(source.id).second) continue;
    index.add(Rule::kDuplicateId,
              "source " + ticked(source.id) + " of " + ticked(owner) + " means two things", place);
  }
}

template <class Owner>
void lint_owner_citations(LintIndex& index, const Owner& owner) {
  for_each_citation(owner,
                    [&](const law::Citation& citation) { lint_found(index, citation, citation); });
}

void lint_instrument(LintIndex& index, const law::Instrument& instrument) {
  if (instrument.title.empty()) {
    index.add(Rule::kMissingOwner, "no file describes the instrument " + ticked(instrument.id),
              instrument.place);
  }
  UniqueIds ids(index, "safeguard");
  for (const law::Safeguard& safeguard : instrument.safeguards) {
    ids.add(safeguard.id, safeguard.citation.place);
  }
  lint_bound(index, instrument);
  lint_sources(index, instrument.id, instrument.sources, instrument.place);
  lint_owner_citations(index, instrument);
}

void lint_state(LintIndex& index, const law::StateLaw& state) {
  if (state.name.empty()) {
    index.add(Rule::kMissingOwner, "no file describes the State " + ticked(state.iso3),
              state.place);
  }
  UniqueIds ids(index, "closure");
  for (const law::Closure& closure : state.closures) {
    ids.add(closure.id, closure.citation.place);
    lint_closure(index, closure);
  }
  for (const law::OptionMade& made : state.options_made) lint_option_made(index, made);
  lint_sources(index, state.iso3, state.sources, state.place);
  lint_owner_citations(index, state);
}

}  // namespace

void lint_owners(LintIndex& index) {
  for (const auto& instrument : index.book().instruments) lint_instrument(index, instrument);
  for (const auto& state : index.book().states) lint_state(index, state);
}

}  // namespace rogatory::corpus::detail
