// SPDX-License-Identifier: EUPL-1.2
#include "law/detail/penalties.h"

#include <algorithm>

namespace rogatory::law::detail {
namespace {

Truth leaf_value(const Valuation& valuation, const Node& node) {
  const AtomTable& atoms = valuation.book().atoms();
  AtomId atom = kNoAtom;
  if (node.kind == NodeKind::kTerm) atom = atoms.find_term(node.scope, node.term);
  if (node.kind == NodeKind::kThreshold) {
    atom = atoms.find(atom_key(node.scope, threshold_text(node.threshold)));
  }
  return atom == kNoAtom ? Truth::kUnknown : valuation.value(atom);
}

Truth base_value(const Valuation& valuation, const Node& node) {
  if (node.is_leaf() || node.kind == NodeKind::kRefer) return leaf_value(valuation, node);
  const bool is_all = node.kind == NodeKind::kAll;
  Truth out = is_all ? Truth::kTrue : Truth::kFalse;
  for (const Node& child : node.children) {
    const Truth v = evaluate_tree(valuation, child);
    out = is_all ? and_of(out, v) : or_of(out, v);
  }
  return node.kind == NodeKind::kNone ? !out : out;
}

/// One penalty, whether its form applies or not.
Verdict reaches_as_such(const Penalty& penalty, const PenaltyThreshold& threshold) {
  if (penalty.max == "life" || penalty.max == "death") return Verdict::kMet;
  if (penalty.max == "fine_only") return Verdict::kNotMet;
  if (!penalty.max_months) return Verdict::kUndetermined;
  return reaches(*penalty.max_months, threshold) ? Verdict::kMet : Verdict::kNotMet;
}

}  // namespace

Truth evaluate_tree(const Valuation& valuation, const Node& node) {
  Truth out = base_value(valuation, node);
  for (const Exception& exception : node.unless) {
    out = and_of(out, !evaluate_tree(valuation, exception.when.front()));
  }
  return out;
}

bool reaches(double months, const PenaltyThreshold& threshold) {
  return threshold.op == Comparison::kGt ? months > threshold.months : months >= threshold.months;
}

PenaltyFound judge_penalty(const Valuation& valuation, ProvisionIndex provision,
                           const PenaltyThreshold& threshold) {
  const Provision& p = valuation.book().provisions[provision];
  PenaltyFound out{.provision = provision};
  if (!p.penalties.empty()) out.reaches = Verdict::kNotMet;
  for (const Penalty& penalty : p.penalties) {
    const Truth applies =
        penalty.when.empty() ? Truth::kTrue : evaluate_tree(valuation, penalty.when.front());
    if (applies == Truth::kFalse) continue;
    Verdict one = reaches_as_such(penalty, threshold);
    if (one == Verdict::kMet && applies == Truth::kUnknown) one = Verdict::kUndetermined;
    if (out.penalty == nullptr || one > out.reaches) {
      out.penalty = &penalty;
      out.reaches = std::max(out.reaches, one);
    }
  }
  return out;
}

std::string penalty_text(const Penalty* penalty) {
  if (penalty == nullptr) return "not encoded";
  if (penalty->max_months) return std::to_string(*penalty->max_months) + " months";
  return penalty->max;
}

}  // namespace rogatory::law::detail
