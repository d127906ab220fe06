// SPDX-License-Identifier: EUPL-1.2
// Penalties of provisions against thresholds.
#pragma once

#include "law/extradition.h"

namespace rogatory::law::detail {

/// Strong Kleene over a tree that was not compiled, such as the condition of an aggravated form. A
/// term that no provision uses is unknown.
[[nodiscard]] Truth evaluate_tree(const Valuation& valuation, const Node& node);

/// Does the highest penalty of the provision reach `threshold`? The penalty that decides is given
/// with it.
[[nodiscard]] PenaltyFound judge_penalty(const Valuation& valuation, ProvisionIndex provision,
                                         const PenaltyThreshold& threshold);

/// `36 months`, `life`, `not encoded`.
[[nodiscard]] std::string penalty_text(const Penalty* penalty);

[[nodiscard]] bool reaches(double months, const PenaltyThreshold& threshold);

}  // namespace rogatory::law::detail
