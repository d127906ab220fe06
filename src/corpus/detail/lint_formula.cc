// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/lint_formula.h"

#include <tuple>

#include "corpus/detail/walk.h"

namespace rogatory::corpus::detail {
namespace {

using law::NodeKind;

void lint_threshold(LintIndex& index, const law::Node& node) {
  const law::Threshold& threshold = node.threshold;
  index.check_quantity(threshold.quantity, node.citation.place);
  const law::Quantity* quantity = index.find_quantity(threshold.quantity);
  if (quantity == nullptr) return;
  const bool is_money = quantity->unit == "money";
  if (is_money == !threshold.currency.empty()) return;
  index.add(Rule::kThresholdUnit,
            "a threshold of " + ticked(quantity->id) + (is_money ? " needs a" : " takes no") +
                " `currency`",
            node.citation.place);
}

void lint_refer(LintIndex& index, const law::Node& node) {
  for (const std::string& id : node.refer_to) {
    const law::Provision* target = index.find_provision(id);
    if (target != nullptr && !target->elements.empty()) continue;
    index.add(Rule::kUnknownProvision,
              "refers to " + ticked(id) + ", which " +
                  (target == nullptr ? "does not exist" : "has no elements"),
              node.citation.place);
  }
}

}  // namespace

std::string ticked(std::string_view id) {
  return '`' + std::string(id) + '`';
}

void lint_node(LintIndex& index, const law::Node& node) {
  if (node.kind == NodeKind::kTerm) index.check_term(node.term, node.citation.place);
  if (node.kind == NodeKind::kThreshold) lint_threshold(index, node);
  if (node.kind == NodeKind::kRefer) lint_refer(index, node);
  if (!node.scope.empty() && !node.is_leaf()) {
    index.add(Rule::kScopeMisplaced, "`in` belongs to the terms and thresholds, not to a list",
              node.citation.place);
  }
}

void lint_texts(LintIndex& index, std::string_view what, const std::string& id,
                const law::Citation& citation) {
  if (id.empty()) {
    index.add(Rule::kMissingId, "the " + std::string(what) + " has no `id`", citation.place);
  }
  if (citation.cite.empty()) {
    index.add(Rule::kMissingCite, "the " + std::string(what) + " has no `cite`", citation.place);
  }
  if (citation.says.empty()) {
    index.add(Rule::kMissingSays, "the " + std::string(what) + " has no `says`", citation.place);
  }
}

void lint_formula(LintIndex& index, const law::Node& formula) {
  walk(
      formula,
      [&](const law::Node& node) {
        lint_node(index, node);
        if (is_statement(node)) lint_texts(index, "element", node.id, node.citation);
      },
      [&](const law::Exception& exception) {
        lint_texts(index, "exception", exception.id, exception.citation);
      });
}

void lint_condition(LintIndex& index, const law::Node& formula) {
  walk(
      formula, [&](const law::Node& node) { lint_node(index, node); },
      [](const law::Exception&) {});
}

void lint_found(LintIndex& index, const law::Citation& citation, const law::Citation& above) {
  if (citation.confidence != law::Confidence::kFound) return;
  if (!citation.source.empty() && !citation.pin.empty()) return;
  const bool is_above = &citation == &above;
  if (!is_above && std::tie(citation.confidence, citation.source, citation.pin) ==
                       std::tie(above.confidence, above.source, above.pin)) {
    return;
  }
  index.add(Rule::kFoundUnsourced,
            std::string("`found` without ") + (citation.source.empty() ? "`source`" : "`pin`"),
            citation.place);
}

}  // namespace rogatory::corpus::detail
