// SPDX-License-Identifier: EUPL-1.2

#include "oracle/brute_force.h"

#include <algorithm>

namespace rogatory::oracle {

using law::Defences;
using law::Exception;
using law::Node;
using law::NodeKind;
using law::Role;
using law::Truth;

Known known_of(const Instance& instance) {
  Known out;
  for (const law::Fact& fact : instance.facts) {
    if (!fact.quantity) {
      out.terms[fact.term] = fact.value == Truth::kTrue;
    } else if (fact.quantity->currency == "EUR") {
      out.halves.push_back(static_cast<int>(fact.quantity->value * 2));
    }
  }
  return out;
}

bool reaches(int halves, const law::Threshold& threshold) {
  const int limit = static_cast<int>(threshold.value * 2);
  switch (threshold.op) {
    case law::Comparison::kGe:
      return halves >= limit;
    case law::Comparison::kGt:
      return halves > limit;
    case law::Comparison::kLe:
      return halves <= limit;
    case law::Comparison::kLt:
      return halves < limit;
  }
  return false;
}

BruteForce::BruteForce(const Instance& instance) : instance_(instance) {
  const Known known = known_of(instance);
  // Amounts that disagree leave open every threshold between them.
  int lowest = 0;
  int highest = kMaxHalves;
  if (!known.halves.empty()) {
    const auto [low, high] = std::ranges::minmax(known.halves);
    lowest = low;
    highest = high;
  }
  const auto& terms = instance.book.vocabulary.terms;
  for (std::uint32_t bits = 0; bits < (1U << terms.size()); ++bits) {
    std::map<std::string, bool> values;
    for (std::size_t i = 0; i < terms.size(); ++i) values[terms[i].id] = ((bits >> i) & 1U) != 0;
    const bool is_as_told = std::ranges::all_of(
        known.terms, [&](const auto& said) { return values[said.first] == said.second; });
    if (!is_as_told || !respects_vocabulary(values)) continue;
    for (int halves = lowest; halves <= highest; ++halves) {
      completions_.push_back({.terms = values, .halves = halves});
    }
  }
}

bool BruteForce::respects_vocabulary(const std::map<std::string, bool>& terms) const {
  const auto is_true = [&](const std::string& id) { return terms.at(id); };
  const law::Vocabulary& vocabulary = instance_.book.vocabulary;
  for (const law::Term& term : vocabulary.terms) {
    if (is_true(term.id) && !std::ranges::all_of(term.parents, is_true)) return false;
  }
  for (const law::TermGroup& group : vocabulary.groups) {
    const auto members = std::ranges::count_if(group.members, is_true);
    if (group.is_exclusive ? members > 1 : is_true(group.of) && members == 0) return false;
  }
  return std::ranges::all_of(vocabulary.entailments, [&](const law::Entailment& entailment) {
    return !std::ranges::all_of(entailment.premises, is_true) || is_true(entailment.conclusion);
  });
}

Truth BruteForce::answer(Defences defences) const {
  settled_.clear();
  return answer(instance_.book.provisions.front().elements.front(), defences);
}

Truth BruteForce::answer(const Node& node, Defences defences) const {
  std::size_t yes = 0;
  for (const Completion& at : completions_) yes += holds(node, at, defences) ? 1U : 0U;
  if (yes == completions_.size()) return Truth::kTrue;
  return yes == 0 ? Truth::kFalse : Truth::kUnknown;
}

bool BruteForce::holds(const Node& node, const Completion& at, Defences defences) const {
  if (!base_holds(node, at, defences)) return false;
  return std::ranges::none_of(node.unless, [&](const Exception& exception) {
    if (exception.role != Role::kDefence || defences == Defences::kAsUnknown) {
      return holds(exception.when.front(), at, defences);
    }
    // A defence counts where it is known to hold, and not otherwise.
    const auto it = settled_.find(&exception);
    if (it != settled_.end()) return it->second;
    const bool counts = answer(exception.when.front(), defences) == Truth::kTrue;
    settled_.emplace(&exception, counts);
    return counts;
  });
}

bool BruteForce::base_holds(const Node& node, const Completion& at, Defences defences) const {
  const auto child_holds = [&](const Node& child) { return holds(child, at, defences); };
  switch (node.kind) {
    case NodeKind::kTerm:
      return at.terms.at(node.term);
    case NodeKind::kThreshold:
      return reaches(at.halves, node.threshold);
    case NodeKind::kAll:
      return std::ranges::all_of(node.children, child_holds);
    case NodeKind::kAny:
      return std::ranges::any_of(node.children, child_holds);
    case NodeKind::kNone:
      return std::ranges::none_of(node.children, child_holds);
    case NodeKind::kOpen:
    case NodeKind::kRefer:
      return false;
  }
  return false;
}

}  // namespace rogatory::oracle
