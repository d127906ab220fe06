// SPDX-License-Identifier: EUPL-1.2
// The next best question: the open fact that decides most.
#pragma once

#include <span>
#include <vector>

#include "law/assess.h"

namespace rogatory::law {

/// The most questions that are ranked and given.
inline constexpr std::size_t kMaxQuestions = 10;

struct Question {
  AtomId atom = kNoAtom;
  std::vector<ProvisionIndex> decided_if_true;  ///< provisions whose answer is then settled
  std::vector<ProvisionIndex> decided_if_false;
  std::size_t concerns = 0;  ///< undetermined provisions that ask for this fact
};

/// Open facts ranked by how many of the undetermined `provisions` an answer settles (both answers
/// counted), then by how many ask for them. Facts that no answer can settle alone come after.
[[nodiscard]] std::vector<Question> rank_questions(const Valuation& valuation,
                                                   std::span<const ProvisionIndex> provisions);

}  // namespace rogatory::law
