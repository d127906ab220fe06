// SPDX-License-Identifier: EUPL-1.2
#include "law/answer.h"

#include <algorithm>
#include <set>

#include "law/compare.h"
#include "law/detail/common.h"
#include "law/entail.h"

namespace rogatory::law {
namespace {

using detail::add_once;

bool is_criminal_offence(const Provision& provision) {
  return provision.is_offence() && provision.sanction == Sanction::kCriminal;
}

/// The closure of the State that covers this conduct on this day.
const Closure* find_closure(const LawBook& book, const StateLaw& state, const Valuation& valuation,
                            base::Date on) {
  for (const Closure& closure : state.closures) {
    if (!closure.range.contains(on)) continue;
    if (evaluate(valuation, book.closure_subject(closure)) == Truth::kTrue) return &closure;
  }
  return nullptr;
}

/// The surest criminal provision that is met carries a yes.
Confidence confidence_of_yes(const LawBook& book, const StateAnswer& answer) {
  Confidence best = Confidence::kRecalled;
  for (const Assessment& a : answer.assessments) {
    if (!is_criminal_offence(book.provisions[a.provision])) continue;
    if (a.verdict == Verdict::kMet) best = std::max(best, a.confidence);
  }
  return best;
}

/// How sure it is that a provision was not in force: its suspended or annulled period, or else all
/// its periods.
Confidence confidence_of(const Provision& provision, const NotApplicable& absent) {
  if (absent.period != nullptr) return absent.period->citation.confidence;
  Confidence weakest = Confidence::kFound;
  for (const Period& period : provision.periods) {
    weakest = weaker(weakest, period.citation.confidence);
  }
  return weakest;
}

/// A no rests on the closure and on the conduct being under its subject, on every provision that
/// fails, and on the absence of those that would not.
Confidence confidence_of_no(const Valuation& valuation, const StateAnswer& answer) {
  const LawBook& book = valuation.book();
  const Compiled& subject = book.closure_subject(*answer.closure);
  Confidence weakest =
      weaker(answer.closure->citation.confidence, prove(valuation, subject).confidence);
  for (const Assessment& a : answer.assessments) {
    if (is_criminal_offence(book.provisions[a.provision])) weakest = weaker(weakest, a.confidence);
  }
  for (const NotApplicable& absent : answer.not_applicable) {
    const Provision& provision = book.provisions[absent.provision];
    if (!is_criminal_offence(provision)) continue;
    if (verdict_on(valuation, absent.provision) == Verdict::kNotMet) continue;
    weakest = weaker(weakest, confidence_of(provision, absent));
  }
  return weakest;
}

void conclude(const LawBook& book, const Valuation& valuation, StateAnswer& answer) {
  bool is_open = false;
  for (const Assessment& a : answer.assessments) {
    const Provision& provision = book.provisions[a.provision];
    if (provision.sanction != Sanction::kCriminal) continue;
    if (a.verdict == Verdict::kMet) answer.relied_on.push_back(a.provision);
    if (a.verdict != Verdict::kUndetermined) continue;
    is_open = true;
    for (const UnknownReason reason : a.unknown_reasons) add_once(answer.reasons, reason);
  }
  if (!answer.relied_on.empty()) {
    answer.verdict = Verdict::kMet;
    answer.reasons.clear();
    answer.confidence = confidence_of_yes(book, answer);
    return;
  }
  if (answer.on) answer.closure = find_closure(book, *answer.state, valuation, *answer.on);
  if (answer.closure == nullptr) {
    // Law not encoded may decide as well, whatever the open facts turn out to be.
    std::erase(answer.reasons, UnknownReason::kLawNotEncoded);
    answer.reasons.insert(answer.reasons.begin(), UnknownReason::kLawNotEncoded);
    return;
  }
  if (is_open) {
    answer.closure = nullptr;
    return;
  }
  answer.verdict = Verdict::kNotMet;
  answer.confidence = confidence_of_no(valuation, answer);
}

void add_boundaries(const LawBook& book, const StateLaw& state, std::set<base::Date>& out) {
  const auto add = [&](const base::DateRange& range) {
    out.insert(range.from);
    if (range.until) out.insert(*range.until);
  };
  for (const Provision& provision : book.provisions) {
    if (provision.owner != state.iso3) continue;
    for (const Period& period : provision.periods) add(period.range);
  }
  for (const Closure& closure : state.closures) add(closure.range);
}

struct TestDay {
  std::optional<base::Date> on;
  std::string note;
  bool is_for_decision = false;  ///< `on` is the request's, and the decision may come any day later
};

TestDay decision_day(const DualQuestion& q) {
  if (q.decision_date) return {q.decision_date, "tested at the date of the decision"};
  if (!q.request_date) {
    return {std::nullopt,
            "the requested State tests at the date of the decision; neither that nor the date of "
            "the request is given"};
  }
  return {
      q.request_date,
      "the requested State tests at the date of the decision, which is not given: tested at "
      "the date of the request; a yes or no stands only where the encoded law gives it on every "
      "later day as well",
      /*is_for_decision=*/true};
}

TestDay test_day(const DualQuestion& q, std::optional<base::Date> conduct) {
  switch (q.requested->test_date) {
    case TestDateRule::kConductDate:
      return {conduct, "tested at the date of the conduct, as the requested State's rule says"};
    case TestDateRule::kRequestDate:
      if (q.request_date) return {q.request_date, "tested at the date of the request"};
      return {std::nullopt,
              "the requested State tests at the date of the request, which is not given"};
    case TestDateRule::kWarrantDate:
      if (q.warrant_date) return {q.warrant_date, "tested at the date of the warrant"};
      return {std::nullopt,
              "the requested State tests at the date of the warrant, which is not given"};
    case TestDateRule::kDecisionDate:
      return decision_day(q);
    case TestDateRule::kUnknown:
      return {conduct,
              "the requested State's rule on the date of the test is not encoded; the date of the "
              "conduct was taken"};
  }
  return {};
}

std::string_view offence_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::kMet:
      return "an offence";
    case Verdict::kNotMet:
      return "no offence";
    case Verdict::kUndetermined:
      return "undetermined";
  }
  return {};
}

Verdict both(Verdict a, Verdict b) {
  if (a == Verdict::kNotMet || b == Verdict::kNotMet) return Verdict::kNotMet;
  if (a == Verdict::kMet && b == Verdict::kMet) return Verdict::kMet;
  return Verdict::kUndetermined;
}

/// The decision falls on an unknown day from that of the answer on: what the encoded law answers
/// otherwise on a later one is open.
base::Result<void> keep_what_lasts(const LawBook& book, const DualQuestion& q,
                                   const Perspective& perspective, Detail detail,
                                   StateAnswer& answer) {
  std::set<base::Date> days;
  add_boundaries(book, *q.requested, days);
  for (const base::Date day : days) {
    if (day <= *answer.on || answer.verdict == Verdict::kUndetermined) continue;
    ROG_TRY(const StateAnswer later,
            classify_under_state(book, *q.requested, q.facts, day, perspective, detail));
    answer.confidence = weaker(answer.confidence, later.confidence);
    if (later.verdict == answer.verdict) continue;
    answer.verdict = Verdict::kUndetermined;
    answer.reasons = {UnknownReason::kNotStated};
    answer.relied_on.clear();
    answer.closure = nullptr;
  }
  return {};
}

std::string note_on_days(const DualSlice& slice, const DualQuestion& q, bool is_same) {
  const auto day_of = [&](const StateAnswer& answer) {
    if (answer.on == slice.requested.on) return std::string("the conduct");
    std::string out;
    const auto add = [&](const std::optional<base::Date>& day, const char* name) {
      if (answer.on == day) out += (out.empty() ? "" : " and ") + std::string(name);
    };
    add(q.request_date, "the request");
    add(q.warrant_date, "the warrant");
    add(q.decision_date, "the decision");
    return out;
  };
  std::string out = "the requested State's rule on the date of the test is not encoded";
  out += is_same ? "; the answer is the same at each day that is known: "
                 : ", and the answer depends on it: ";
  out += std::string(offence_words(slice.requested.verdict)) + " at the date of " +
         day_of(slice.requested) + " (" + slice.requested.on->to_string() + ")";
  for (const StateAnswer& answer : slice.requested_at_other_days) {
    out += ", " + std::string(offence_words(answer.verdict)) + " at the date of " + day_of(answer) +
           " (" + answer.on->to_string() + ")";
  }
  return out;
}

/// The rule being unknown, any day that is known could be the day of the test.
base::Result<void> test_at_other_days(const LawBook& book, const DualQuestion& q, Detail detail,
                                      DualSlice& slice) {
  // The rule itself is not encoded: the answer is no surer than that.
  slice.requested.confidence = Confidence::kRecalled;
  if (!slice.requested.on) return {};
  std::set<base::Date> days;
  for (const auto& day : {q.request_date, q.warrant_date, q.decision_date}) {
    if (day && day != slice.requested.on) days.insert(*day);
  }
  bool is_same = true;
  for (const base::Date day : days) {
    ROG_TRY(StateAnswer answer,
            classify_under_state(
                book, *q.requested, q.facts, day,
                {.state = q.requested->iso3, .transposed_from = q.requesting->iso3}, detail));
    answer.confidence = Confidence::kRecalled;
    is_same = is_same && both(slice.requesting.verdict, answer.verdict) == slice.verdict;
    slice.requested_at_other_days.push_back(std::move(answer));
  }
  if (days.empty()) return {};
  slice.test_date_note = note_on_days(slice, q, is_same);
  if (!is_same) {
    slice.verdict = Verdict::kUndetermined;
    slice.reasons.push_back(UnknownReason::kLawNotEncoded);
  }
  return {};
}

base::Result<DualSlice> dual_slice(const LawBook& book, const DualQuestion& q,
                                   std::optional<base::DateRange> range, Detail detail) {
  DualSlice out;
  out.conduct = range;
  std::optional<base::Date> day;
  if (range) day = range->from;
  ROG_TRY(out.requesting,
          classify_under_state(book, *q.requesting, q.facts, day,
                               {.state = q.requesting->iso3, .transposed_from = {}}, detail));
  const TestDay test = test_day(q, day);
  out.test_date_note = test.note;
  const Perspective mirrored{.state = q.requested->iso3, .transposed_from = q.requesting->iso3};
  ROG_TRY(out.requested,
          classify_under_state(book, *q.requested, q.facts, test.on, mirrored, detail));
  if (test.is_for_decision) {
    ROG_CHECKED(keep_what_lasts(book, q, mirrored, detail, out.requested));
  }
  out.verdict = both(out.requesting.verdict, out.requested.verdict);
  if (q.requested->test_date == TestDateRule::kUnknown) {
    ROG_CHECKED(test_at_other_days(book, q, detail, out));
  }
  return out;
}

Confidence confidence_of(const DualSlice& slice) {
  if (slice.verdict != Verdict::kNotMet) {
    return weaker(slice.requesting.confidence, slice.requested.confidence);
  }
  // One no is enough: the surest.
  Confidence best = Confidence::kRecalled;
  for (const StateAnswer* answer : {&slice.requesting, &slice.requested}) {
    if (answer->verdict == Verdict::kNotMet) best = std::max(best, answer->confidence);
  }
  return best;
}

void conclude(DualAnswer& out) {
  out.verdict = out.slices.front().verdict;
  out.confidence = Confidence::kFound;
  for (const DualSlice& slice : out.slices) {
    if (slice.verdict != out.verdict) out.verdict = Verdict::kUndetermined;
    out.confidence = weaker(out.confidence, confidence_of(slice));
  }
  if (out.verdict != Verdict::kUndetermined) return;
  for (const DualSlice& slice : out.slices) {
    for (const UnknownReason reason : slice.reasons) add_once(out.reasons, reason);
    for (const StateAnswer* answer : {&slice.requesting, &slice.requested}) {
      if (answer->verdict != Verdict::kUndetermined) continue;
      for (const UnknownReason reason : answer->reasons) add_once(out.reasons, reason);
    }
  }
}

}  // namespace

const Period* find_period(const Provision& provision, base::Date on) {
  for (const Period& period : provision.periods) {
    if (period.range.contains(on)) return &period;
  }
  return nullptr;
}

bool is_in_force(const Provision& provision, base::Date on) {
  if (provision.periods.empty()) return true;
  const Period* period = find_period(provision, on);
  return period != nullptr && period->state == PeriodState::kInForce;
}

InstrumentAnswer classify_under_instrument(const Valuation& valuation, const Instrument& instrument,
                                           Detail detail) {
  const LawBook& book = valuation.book();
  InstrumentAnswer out;
  out.instrument = &instrument;
  for (const ProvisionIndex i : book.provisions_of(instrument.id)) {
    if (book.provisions[i].is_offence()) out.assessments.push_back(assess(valuation, i, detail));
  }
  return out;
}

base::Result<InstrumentAnswer> classify_under_instrument(const LawBook& book,
                                                         const Instrument& instrument,
                                                         std::span<const Fact> facts,
                                                         Detail detail) {
  ROG_TRY(const Valuation valuation, Valuation::make(book, facts));
  return classify_under_instrument(valuation, instrument, detail);
}

base::Result<StateAnswer> classify_under_state(const LawBook& book, const StateLaw& state,
                                               std::span<const Fact> facts,
                                               std::optional<base::Date> on,
                                               const Perspective& perspective, Detail detail) {
  ROG_TRY(const Valuation valuation, Valuation::make(book, facts, perspective));
  StateAnswer out;
  out.state = &state;
  out.on = on;
  if (!on) {
    out.reasons.push_back(UnknownReason::kNotStated);
    return out;
  }
  for (const ProvisionIndex i : book.provisions_of(state.iso3)) {
    const Provision& provision = book.provisions[i];
    if (!provision.is_offence()) continue;
    if (!is_in_force(provision, *on)) {
      out.not_applicable.push_back({.provision = i, .period = find_period(provision, *on)});
      continue;
    }
    Assessment a = assess(valuation, i, detail, on);
    // Conduct that does not fall under a provision does not do so whether or not it was in force.
    const Period* period = a.verdict == Verdict::kNotMet ? nullptr : find_period(provision, *on);
    if (period != nullptr) {
      a.confidence = weaker(a.confidence, period->citation.confidence);
    }
    out.assessments.push_back(std::move(a));
  }
  conclude(book, valuation, out);
  return out;
}

std::vector<base::DateRange> slices(const LawBook& book, std::span<const StateLaw* const> states,
                                    const ConductDates& dates) {
  std::vector<base::DateRange> out;
  if (!dates.from) return out;
  const base::Date last = dates.until.value_or(*dates.from);
  std::set<base::Date> boundaries;
  for (const StateLaw* state : states) add_boundaries(book, *state, boundaries);
  base::Date from = *dates.from;
  for (const base::Date boundary : boundaries) {
    if (boundary <= from || boundary > last) continue;
    out.push_back({.from = from, .until = boundary});
    from = boundary;
  }
  const auto after = last.plus(std::chrono::days(1));
  out.push_back({.from = from, .until = after.ok() ? std::optional(*after) : std::nullopt});
  return out;
}

base::Result<DualAnswer> dual_criminality(const LawBook& book, const DualQuestion& q,
                                          Detail detail) {
  DualAnswer out;
  const std::vector<const StateLaw*> states{q.requesting, q.requested};
  for (const base::DateRange& range : slices(book, states, q.dates)) {
    ROG_TRY(DualSlice slice, dual_slice(book, q, range, detail));
    out.slices.push_back(std::move(slice));
  }
  if (out.slices.empty()) {
    ROG_TRY(DualSlice slice, dual_slice(book, q, std::nullopt, detail));
    out.slices.push_back(std::move(slice));
  }
  conclude(out);
  return out;
}

AbstractDualAnswer dual_criminality_of(const LawBook& book, ProvisionIndex offence,
                                       const StateLaw& requested, base::Date on) {
  AbstractDualAnswer out;
  std::vector<FormulaId> wide;
  std::vector<ProvisionIndex> owners;
  for (const ProvisionIndex i : book.provisions_of(requested.iso3)) {
    const Provision& provision = book.provisions[i];
    const FormulaId root = book.compiled_on(i, on).formula.root;
    if (root == kNoFormula || !is_criminal_offence(provision) || !is_in_force(provision, on))
      continue;
    wide.push_back(root);
    owners.push_back(i);
  }
  Reasoner reasoner(book);
  const FormulaId narrow = book.compiled(offence).formula.root;
  if (narrow == kNoFormula) {
    out.reasons.push_back(UnknownReason::kLawNotEncoded);
    return out;
  }
  if (const auto cover = reasoner.find_cover(narrow, wide)) {
    out.verdict = Verdict::kMet;
    out.confidence = weaker(weakest_element(book, offence), reasoner.sureness_of(narrow, *cover));
    for (std::size_t i = 0; i < wide.size(); ++i) {
      if (std::ranges::find(*cover, wide[i]) == cover->end()) continue;
      out.relied_on.push_back(owners[i]);
      out.confidence = weaker(out.confidence, weakest_element(book, owners[i]));
      if (const Period* period = find_period(book.provisions[owners[i]], on)) {
        out.confidence = weaker(out.confidence, period->citation.confidence);
      }
    }
    return out;
  }
  const auto story = reasoner.find_story(std::vector<FormulaId>{narrow}, wide);
  if (story) out.story = story_text(book, *story);
  // Some conduct escapes what is encoded. That the list is exhaustive would have to be said for
  // that very conduct.
  out.reasons.push_back(UnknownReason::kLawNotEncoded);
  return out;
}

}  // namespace rogatory::law
