// SPDX-License-Identifier: EUPL-1.2
//
// Walks over formulas and over everything in a law book that carries a citation. Pure.
#pragma once

#include "law/law_book.h"
#include "law/provision.h"

namespace rogatory::corpus::detail {

/// True where a formula says something itself: a term, threshold, open reference or `refer`.
inline bool is_statement(const law::Node& node) {
  return node.is_leaf() || node.kind == law::NodeKind::kRefer;
}

/// `on_node` for every node from the top down, `on_exception` for every exception.
template <class OnNode, class OnException>
void walk(const law::Node& node, const OnNode& on_node, const OnException& on_exception) {
  on_node(node);
  for (const law::Node& child : node.children) walk(child, on_node, on_exception);
  for (const law::Exception& exception : node.unless) {
    on_exception(exception);
    for (const law::Node& when : exception.when) walk(when, on_node, on_exception);
  }
}

/// The formulas of a provision that need an id and a paraphrase at each leaf.
template <class F>
void for_each_formula(const law::Provision& provision, const F& visit) {
  for (const law::Node& node : provision.elements) visit(node);
  for (const law::Option& option : provision.options) {
    for (const law::Node& node : option.add) visit(node);
  }
  for (const law::Reading& reading : provision.readings) {
    for (const auto& [element, node] : reading.replace) visit(node);
  }
}

/// The citations of a provision: its own, those of its leaves and exceptions, and those of its
/// options, readings, periods, penalties, conditions, cures and the extension of a clock.
template <class F>
void for_each_citation(const law::Provision& provision, const F& visit) {
  visit(provision.citation);
  for_each_formula(provision, [&](const law::Node& formula) {
    walk(
        formula,
        [&](const law::Node& node) {
          if (is_statement(node)) visit(node.citation);
        },
        [&](const law::Exception& exception) { visit(exception.citation); });
  });
  for (const law::Option& option : provision.options) visit(option.citation);
  for (const law::Reading& reading : provision.readings) visit(reading.citation);
  for (const law::Period& period : provision.periods) visit(period.citation);
  for (const law::Penalty& penalty : provision.penalties) visit(penalty.citation);
  if (provision.basis) {
    for (const law::BasisCondition& condition : provision.basis->conditions) {
      visit(condition.citation);
    }
  }
  if (provision.ground) {
    for (const law::Cure& cure : provision.ground->cures) visit(cure.citation);
  }
  if (provision.clock && provision.clock->extend) visit(provision.clock->extend->citation);
  if (provision.clock && provision.clock->free_day) visit(provision.clock->free_day->citation);
}

/// What an instrument says of itself beside its provisions. What it does not say has no paraphrase.
template <class F>
void for_each_own_citation(const law::Instrument& instrument, const F& visit) {
  if (!instrument.offence_reading.says.empty()) visit(instrument.offence_reading);
  for (const law::Safeguard& safeguard : instrument.safeguards) visit(safeguard.citation);
}

/// Who is bound by an instrument, and who signed it.
template <class F>
void for_each_bound_citation(const law::Instrument& instrument, const F& visit) {
  for (const law::Party& party : instrument.parties) visit(party.citation);
  for (const law::Signatory& signatory : instrument.signatories) visit(signatory.citation);
  for (const auto& extension : instrument.extensions) visit(extension.citation);
}

/// The citations of an instrument beside its provisions.
template <class F>
void for_each_citation(const law::Instrument& instrument, const F& visit) {
  for_each_own_citation(instrument, visit);
  for_each_bound_citation(instrument, visit);
  for (const law::Statement& statement : instrument.statements) visit(statement.citation);
}

/// The citations of a State beside its provisions.
template <class F>
void for_each_citation(const law::StateLaw& state, const F& visit) {
  if (state.test_date != law::TestDateRule::kUnknown) visit(state.test_date_citation);
  for (const law::Closure& closure : state.closures) visit(closure.citation);
  for (const law::OptionMade& made : state.options_made) visit(made.citation);
}

/// States, territories, authorities, languages and holidays.
template <class F>
void for_each_world_citation(const law::World& world, const F& visit) {
  for (const auto& state : world.states) visit(state.citation);
  for (const auto& territory : world.territories) visit(territory.citation);
  for (const auto& authority : world.authorities) visit(authority.citation);
  for (const auto& languages : world.languages) visit(languages.citation);
  for (const auto& holiday : world.holidays) visit(holiday.citation);
}

template <class F>
void for_each_ranking_citation(const law::World& world, const F& visit) {
  for (const law::RankClass& entry : world.ranking) visit(entry.citation);
}

/// The citations of the world. Subjects of grounds are names and state nothing.
template <class F>
void for_each_citation(const law::World& world, const F& visit) {
  for_each_world_citation(world, visit);
  for_each_ranking_citation(world, visit);
}

/// Every citation of the book.
template <class F>
void for_each_citation(const law::LawBook& book, const F& visit) {
  for (const auto& instrument : book.instruments) for_each_citation(instrument, visit);
  for (const auto& state : book.states) for_each_citation(state, visit);
  for (const auto& provision : book.provisions) for_each_citation(provision, visit);
  for_each_citation(book.world, visit);
}

}  // namespace rogatory::corpus::detail
