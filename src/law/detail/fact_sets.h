// SPDX-License-Identifier: EUPL-1.2
// The smallest sets of facts that would make a formula hold: unknown ones to find out, known ones
// that stand against it.
#pragma once

#include <vector>

#include "law/assess.h"

namespace rogatory::law::detail {

/// At most kMaxFactSets, those with the fewest contradicted facts first, then the smallest. Each
/// was verified by a fresh evaluation and none of its facts can be left out.
[[nodiscard]] std::vector<FactSet> fact_sets(const Valuation& valuation, const Compiled& formula);

}  // namespace rogatory::law::detail
