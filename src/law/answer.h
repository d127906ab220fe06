// SPDX-License-Identifier: EUPL-1.2
// Whole answers: a conduct under an instrument or under a State's law on a day, slice by slice
// where law changed, and dual criminality between two States. An answer for a State is "no offence"
// only where a sourced closure says that the encoded list is exhaustive; otherwise it is
// undetermined: law_not_encoded.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "law/assess.h"
#include "law/fact.h"
#include "law/law_book.h"

namespace rogatory::law {

/// Why a provision of a State does not apply on a day although it is encoded.
struct NotApplicable {
  ProvisionIndex provision = 0;
  const Period* period =
      nullptr;  ///< the suspended or annulled period; null: no period encoded has that day
};

/// A conduct under one instrument.
struct InstrumentAnswer {
  const Instrument* instrument = nullptr;
  std::vector<Assessment> assessments;  ///< offences in the order of the articles
};

/// A conduct under the criminal law of one State on one day.
struct StateAnswer {
  const StateLaw* state = nullptr;
  std::optional<base::Date> on;  ///< the day whose law was applied
  Verdict verdict = Verdict::kUndetermined;
  std::vector<UnknownReason> reasons;   ///< when undetermined
  const Closure* closure = nullptr;     ///< when the answer is no: why the list is exhaustive
  std::vector<Assessment> assessments;  ///< provisions applicable on that day
  std::vector<NotApplicable> not_applicable;
  std::vector<ProvisionIndex> relied_on;  ///< met and criminal
  Confidence confidence = Confidence::kRecalled;
  [[nodiscard]] bool is_provisional() const { return confidence == Confidence::kRecalled; }
};

/// The period of a provision that contains the day; null when none does. A provision without
/// periods is in force always.
[[nodiscard]] const Period* find_period(const Provision& provision, base::Date on);
[[nodiscard]] bool is_in_force(const Provision& provision, base::Date on);

/// Under one instrument, for facts already valued: several instruments can share the valuation.
[[nodiscard]] InstrumentAnswer classify_under_instrument(const Valuation& valuation,
                                                         const Instrument& instrument,
                                                         Detail detail = Detail::kFull);

[[nodiscard]] base::Result<InstrumentAnswer> classify_under_instrument(
    const LawBook& book, const Instrument& instrument, std::span<const Fact> facts,
    Detail detail = Detail::kFull);

[[nodiscard]] base::Result<StateAnswer> classify_under_state(
    const LawBook& book, const StateLaw& state, std::span<const Fact> facts,
    std::optional<base::Date> on, const Perspective& perspective, Detail detail = Detail::kFull);

/// The days of `dates`, cut where the encoded law of one of the States changes or a closure begins
/// or ends. Empty when the dates are unknown.
[[nodiscard]] std::vector<base::DateRange> slices(const LawBook& book,
                                                  std::span<const StateLaw* const> states,
                                                  const ConductDates& dates);

struct DualQuestion {
  const StateLaw* requesting = nullptr;
  const StateLaw* requested = nullptr;
  std::span<const Fact> facts;
  ConductDates dates;
  std::optional<base::Date> request_date;
  std::optional<base::Date> warrant_date;
  std::optional<base::Date> decision_date;  ///< of the requested State's decision
};

struct DualSlice {
  std::optional<base::DateRange> conduct;  ///< empty when the dates of the conduct are unknown
  StateAnswer requesting;
  StateAnswer requested;
  /// Where the requested State's rule on the date of the test is unknown: its answers at the other
  /// days that are known and could be the one (of the request, of the warrant).
  std::vector<StateAnswer> requested_at_other_days;
  Verdict verdict = Verdict::kUndetermined;
  std::vector<UnknownReason> reasons;  ///< of this slice beside those of the two answers
  std::string test_date_note;  ///< how the day of the test was chosen in the requested State
};

struct DualAnswer {
  Verdict verdict = Verdict::kUndetermined;  ///< met: in every slice; not met: in every slice
  std::vector<UnknownReason> reasons;
  std::vector<DualSlice> slices;
  Confidence confidence = Confidence::kRecalled;
  [[nodiscard]] bool is_provisional() const { return confidence == Confidence::kRecalled; }
};

/// Dual criminality of a conduct, judged on conduct and never on names of offences (Budapest
/// Convention, Art. 25(5)). State-bound facts of the requesting State are transposed to the
/// requested one. Drafts have no part in it. Where the day of the decision counts and is not given,
/// the law of the day of the request is taken, and a yes or no is kept only where the encoded law
/// gives it on every later day as well. Where the requested State's rule on the date of the test is
/// not encoded, the test is made at each day known that could be meant; when the answers differ the
/// slice is undetermined (law_not_encoded) and its note names the days.
[[nodiscard]] base::Result<DualAnswer> dual_criminality(const LawBook& book,
                                                        const DualQuestion& question,
                                                        Detail detail = Detail::kFull);

/// Abstract mode: is every conduct under one provision of the requesting State an offence in the
/// requested State that day?
struct AbstractDualAnswer {
  Verdict verdict = Verdict::kUndetermined;
  std::vector<ProvisionIndex> relied_on;  ///< a minimal set that covers it
  std::string story;                      ///< a conduct that escapes, in words
  std::vector<UnknownReason> reasons;
  Confidence confidence = Confidence::kRecalled;
};
[[nodiscard]] AbstractDualAnswer dual_criminality_of(const LawBook& book, ProvisionIndex offence,
                                                     const StateLaw& requested, base::Date on);

}  // namespace rogatory::law
