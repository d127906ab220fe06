// SPDX-License-Identifier: EUPL-1.2
// Is a person extraditable for a conduct? Basis by basis: dual criminality or the list that
// replaces it, thresholds of penalty, and the grounds of nationality, political, fiscal and
// military offences. Each thing that is unknown is named. Pure; any thread.
//
// Rules:
// - Penalties are those of the provisions met, on the day each law is applied: in the requesting
//   State that of the conduct, so a list or a threshold never looks at a later, higher penalty.
// - As everywhere, a no about a State's law needs a closure, unless the request names the offences
//   of the requesting State: then those alone are looked at there, and a no needs to know of each
//   whether it was law on the day of the conduct.
// - Where a list replaces dual criminality, the penalty in the requested State is not asked.
// - A ground that is open does not turn the answer; it stands in `subject_to`. A mandatory one that
//   applies does.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "law/answer.h"
#include "law/basis.h"
#include "law/grounds.h"

namespace rogatory::law {

struct ExtraditionQuestion {
  std::string requesting;
  std::string requested;
  base::Date on;  ///< the day of the request
  std::optional<base::Date> warrant_date;
  std::span<const Fact> facts;
  ConductDates dates;
  std::vector<std::string> offences;  ///< of the requesting State, that the request names; ids
  std::optional<base::Date> decision_date = {};  ///< where that is the day of the test
};

/// The highest penalty of one provision that is met, against a threshold.
struct PenaltyFound {
  ProvisionIndex provision = 0;
  const Penalty* penalty = nullptr;  ///< null: no penalty is encoded
  Verdict reaches = Verdict::kUndetermined;
};

/// A threshold under the law of one State in one slice.
struct ThresholdAnswer {
  std::string state;
  PenaltyThreshold threshold;
  Verdict verdict = Verdict::kUndetermined;
  std::vector<PenaltyFound> penalties;
  std::string why;  ///< when it is not met or undetermined
};

/// One slice of the conduct under one basis.
struct ExtraditionSlice {
  std::optional<base::DateRange> conduct;
  Verdict verdict = Verdict::kUndetermined;
  Verdict dual_criminality = Verdict::kUndetermined;  ///< of the conduct, whether asked or not
  Verdict list = Verdict::kNotMet;               ///< a listed offence above the list's threshold
  Verdict criminality = Verdict::kUndetermined;  ///< what the basis asks of the two
  std::vector<ThresholdAnswer> thresholds;       ///< those of the basis, then that of the list
};

struct ExtraditionUnder {
  std::size_t basis = 0;  ///< position in `BasisAnswer::bases`
  Verdict verdict = Verdict::kUndetermined;
  std::vector<ExtraditionSlice> slices;
  std::vector<GroundAnswer> grounds;    ///< of the subjects named above, with this basis governing
  std::vector<std::string> reasons;     ///< why not
  std::vector<std::string> unknown;     ///< what keeps it undetermined
  std::vector<std::string> subject_to;  ///< grounds and conditions still open
  std::vector<std::string> notes;
  bool fails_threshold_only = false;  ///< may be accessory to another offence of the request
  Confidence confidence = Confidence::kRecalled;
};

struct ExtraditionAnswer {
  BasisAnswer bases;
  std::vector<ExtraditionUnder> under;       ///< in order of rank
  Verdict verdict = Verdict::kUndetermined;  ///< of the best basis; undetermined without one
  std::vector<std::string> unknown;          ///< where no basis is known: why
};
/// `extraditable`, `not` or `undetermined`.
[[nodiscard]] std::string_view extradition_word(Verdict verdict);

/// Quantities of the vocabulary that say how long a sentence is.
inline constexpr std::string_view kRemainingMonths = "qty.remaining_months";
inline constexpr std::string_view kSentenceMonths = "qty.sentence_months";

/// Errors: those of find_bases and Valuation::make; kNotFound for an offence that is no provision
/// of the requesting State.
[[nodiscard]] base::Result<ExtraditionAnswer> extraditable(const LawBook& book,
                                                           const ExtraditionQuestion& question);

}  // namespace rogatory::law
