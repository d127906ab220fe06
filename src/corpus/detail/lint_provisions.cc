// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <array>
#include <set>

#include "corpus/detail/lint_cooperation.h"
#include "corpus/detail/lint_formula.h"
#include "corpus/detail/lint_index.h"
#include "corpus/detail/walk.h"

namespace rogatory::corpus::detail {
namespace {

constexpr std::array<std::string_view, 4> kPenaltyWords = {"life", "fine_only", "death", "unknown"};

void collect_ids(const law::Node& formula, std::set<std::string>& ids) {
  walk(
      formula, [&](const law::Node& node) { ids.insert(node.id); },
      [&](const law::Exception& exception) { ids.insert(exception.id); });
}

void lint_element_ids(LintIndex& index, const law::Provision& provision) {
  UniqueIds ids(index, "element");
  for (const law::Node& root : provision.elements) {
    walk(
        root, [&](const law::Node& node) { ids.add(node.id, node.citation.place); },
        [&](const law::Exception& exception) { ids.add(exception.id, exception.citation.place); });
  }
}

void lint_elements(LintIndex& index, const law::Provision& provision) {
  if (!provision.elements.empty()) return;
  const base::Place& place = provision.citation.place;
  if (provision.is_offence() && provision.elements_unknown.empty()) {
    index.add(Rule::kMissingElements,
              "the offence " + ticked(provision.id) +
                  " has neither `elements` nor "
                  "`elements_unknown`",
              place);
  }
  if (provision.citation.says.empty()) {
    index.add(Rule::kMissingSays, ticked(provision.id) + " has neither elements nor `says`", place);
  }
}

// Exactly one of: something added, elements dropped, all dropped. A rule without elements may have
// options that only words describe.
void lint_option_shape(LintIndex& index, const law::Provision& provision, const law::Option& option,
                       const std::set<std::string>& elements) {
  const int effects =
      int{!option.add.empty()} + int{option.drops_provision} + int{!option.drop_elements.empty()};
  if (effects > 1 || (effects == 0 && !provision.elements.empty())) {
    index.add(Rule::kOptionShape,
              "option " + ticked(option.id) + " needs one of `add`, `drop`, `drop_elements`",
              option.citation.place);
  }
  for (const std::string& id : option.drop_elements) {
    if (elements.contains(id)) continue;
    index.add(Rule::kUnknownElement,
              "option " + ticked(option.id) + " drops the unknown element " + ticked(id),
              option.citation.place);
  }
}

// The lists of declarations and reservations are closed (Budapest Convention, Arts 40 and 42).
void lint_option_permission(LintIndex& index, const law::Provision& provision,
                            const law::Option& option) {
  const law::Instrument* instrument = index.find_instrument(provision.owner);
  if (instrument == nullptr) {
    index.add(Rule::kOptionNotPermitted, "only an instrument has options", option.citation.place);
    return;
  }
  const bool is_declaration = option.by == law::OptionBy::kDeclaration;
  const auto& permitted =
      is_declaration ? instrument->permitted_declarations : instrument->permitted_reservations;
  if (std::ranges::find(permitted, option.point) != permitted.end()) return;
  index.add(Rule::kOptionNotPermitted,
            "the point " + ticked(option.point) + " of option " + ticked(option.id) +
                " is not among the " + (is_declaration ? "declarations" : "reservations") +
                " that " + ticked(instrument->id) + " permits",
            option.citation.place);
}

void lint_options(LintIndex& index, const law::Provision& provision) {
  std::set<std::string> elements;
  for (const law::Node& root : provision.elements) collect_ids(root, elements);
  UniqueIds ids(index, "option");
  for (const law::Option& option : provision.options) {
    ids.add(option.id, option.citation.place);
    lint_texts(index, "option", option.id, option.citation);
    lint_option_shape(index, provision, option, elements);
    lint_option_permission(index, provision, option);
  }
  UniqueIds reading_ids(index, "reading");
  for (const law::Reading& reading : provision.readings) {
    reading_ids.add(reading.id, reading.citation.place);
    lint_texts(index, "reading", reading.id, reading.citation);
    for (const auto& [id, node] : reading.replace) {
      if (elements.contains(id)) continue;
      index.add(Rule::kUnknownElement,
                "reading " + ticked(reading.id) + " replaces the unknown element " + ticked(id),
                reading.citation.place);
    }
  }
}

void lint_periods(LintIndex& index, const law::Provision& provision) {
  const auto& periods = provision.periods;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    if (periods[i].range.is_empty()) {
      index.add(Rule::kPeriodEmpty,
                "the period " + periods[i].range.to_string() + " ends before it begins",
                periods[i].citation.place);
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (!periods[i].range.overlaps(periods[k].range)) continue;
      index.add(Rule::kPeriodOverlap,
                "the period " + periods[i].range.to_string() + " overlaps " +
                    periods[k].range.to_string(),
                periods[i].citation.place);
    }
  }
}

void lint_penalty(LintIndex& index, const law::Penalty& penalty) {
  const auto fault = [&](std::string message) {
    index.add(Rule::kPenaltyMalformed, std::move(message), penalty.citation.place);
  };
  if (penalty.form.empty()) fault("a penalty needs a `form`");
  if (penalty.max_months.has_value() == !penalty.max.empty()) {
    fault("a penalty needs either `max_months` or `max`");
  }
  if (penalty.max_months && *penalty.max_months < 1) fault("`max_months` must be at least 1");
  if (!penalty.max.empty() &&
      std::ranges::find(kPenaltyWords, penalty.max) == kPenaltyWords.end()) {
    fault("`max` is `life`, `fine_only`, `death` or `unknown`");
  }
  for (const law::Node& when : penalty.when) lint_condition(index, when);
}

void lint_safeguards(LintIndex& index, const law::Provision& provision) {
  const law::Instrument* instrument = index.find_instrument(provision.owner);
  for (const std::string& id : provision.safeguards) {
    const bool is_known =
        instrument != nullptr &&
        std::ranges::any_of(instrument->safeguards, [&](const auto& s) { return s.id == id; });
    if (is_known) continue;
    index.add(Rule::kUnknownSafeguard, "unknown safeguard " + ticked(id), provision.citation.place);
  }
}

void lint_provision(LintIndex& index, const law::Provision& provision) {
  if (provision.citation.cite.empty()) {
    index.add(Rule::kMissingCite, ticked(provision.id) + " has no `cite`",
              provision.citation.place);
  }
  lint_elements(index, provision);
  lint_element_ids(index, provision);
  for_each_formula(provision, [&](const law::Node& formula) { lint_formula(index, formula); });
  lint_options(index, provision);
  lint_periods(index, provision);
  for (const law::Penalty& penalty : provision.penalties) lint_penalty(index, penalty);
  lint_safeguards(index, provision);
  lint_rule(index, provision);
}

}  // namespace

void lint_provisions(LintIndex& index) {
  UniqueIds ids(index, "provision");
  for (const law::Provision& provision : index.book().provisions) {
    ids.add(provision.id, provision.citation.place);
    lint_provision(index, provision);
    for_each_citation(provision, [&](const law::Citation& citation) {
      lint_found(index, citation, provision.citation);
    });
  }
}

}  // namespace rogatory::corpus::detail
