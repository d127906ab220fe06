// SPDX-License-Identifier: EUPL-1.2
// One conduct between all pairs of States: may a request of each kind rest on each offence of an
// instrument? The table of one State is computed once, then the pairs are combined. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "law/fact.h"
#include "law/law_book.h"

namespace rogatory::law {

/// What a kind of request asks of the laws of the two States.
struct RequestRule {
  std::string kind;                    ///< `extradition`, `search`, ...
  bool needs_dual_criminality = true;  ///< false: the law of the requested State is not asked
  std::optional<int> min_months;       ///< the maximum penalty that each law asked has to reach
};

/// Which provisions of a State answer to which offence of the instrument: `[state][offence]`, in
/// the order of the question.
using OffenceLinks = std::vector<std::vector<std::vector<ProvisionIndex>>>;

struct MatrixQuestion {
  std::span<const StateLaw* const> states;
  std::span<const ProvisionIndex> offences;
  std::span<const RequestRule> rules;
  std::span<const Fact> facts;
  base::Date on;  ///< the day whose law is applied in both States
};

/// Verdicts by requesting State, requested State, offence and rule: positions in the spans of the
/// question.
class DualMatrix {
 public:
  [[nodiscard]] Verdict at(std::size_t requesting, std::size_t requested, std::size_t offence,
                           std::size_t rule) const {
    return cells_[((requesting * states_ + requested) * offences_ + offence) * rules_ + rule];
  }
  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  [[nodiscard]] std::size_t count(Verdict verdict) const;

 private:
  friend base::Result<DualMatrix> compute_matrix(const LawBook& book,
                                                 const MatrixQuestion& question,
                                                 const OffenceLinks& links);
  std::size_t states_ = 0;
  std::size_t offences_ = 0;
  std::size_t rules_ = 0;
  std::vector<Verdict> cells_;
};

/// The offences of each State that one act upon one object can satisfy together with the
/// instrument's (see law/compare.h): judged on conduct, never on names. Takes seconds for all
/// States: do it once per law book.
[[nodiscard]] OffenceLinks link_offences(const LawBook& book,
                                         std::span<const StateLaw* const> states,
                                         std::span<const ProvisionIndex> offences);

/// A cell is met when the laws asked both make the conduct criminal through a provision linked to
/// the offence, and reach the penalty. As everywhere, a no needs a closure. Facts about a State are
/// transposed for the requested one.
///
/// Errors: those of Valuation::make; kInvalidArgument when `links` does not fit the question.
/// O(States * provisions of a State + cells).
[[nodiscard]] base::Result<DualMatrix> compute_matrix(const LawBook& book,
                                                      const MatrixQuestion& question,
                                                      const OffenceLinks& links);

}  // namespace rogatory::law
