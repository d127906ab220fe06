// SPDX-License-Identifier: EUPL-1.2
// The next best question: the open fact that decides most.
#pragma once

#include <optional>
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

/// Open facts ranked by the undetermined `provisions` that an answer settles (both answers
/// counted), each weighed by how near it is to being met: provisions of which an act and an object
/// are stated first, then those of which one of the two is, then the rest, so that offences nobody
/// spoke of do not crowd out the others; among provisions equally near by the share of their
/// elements that hold. Facts that settle as much are ranked by how many provisions ask for them.
/// With a day, provisions are taken as they stood on it (`assess`).
[[nodiscard]] std::vector<Question> rank_questions(const Valuation& valuation,
                                                   std::span<const ProvisionIndex> provisions,
                                                   std::optional<base::Date> on = std::nullopt);

}  // namespace rogatory::law
