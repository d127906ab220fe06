// SPDX-License-Identifier: EUPL-1.2
#include "law/extradition.h"

#include <algorithm>
#include <array>

#include "law/detail/basis_candidates.h"
#include "law/detail/penalties.h"
#include "law/evaluate.h"

namespace rogatory::law {
namespace {

using detail::judge_penalty;

/// Subjects whose grounds turn on the offence or the person (corpus/requests/grounds.yaml).
constexpr std::array<std::string_view, 4> kSubjects = {"nationality", "political_offence",
                                                       "fiscal_offence", "military_offence"};

/// Conditions of a basis that say which cases it reaches.
bool is_reach(const ConditionAnswer& condition) {
  return condition.id == "offences" || condition.id == "elements" || condition.id == "list";
}

Verdict verdict_of(Truth value) {
  return static_cast<Verdict>(value);
}
static_assert(static_cast<int>(Verdict::kMet) == static_cast<int>(Truth::kTrue) &&
              static_cast<int>(Verdict::kNotMet) == static_cast<int>(Truth::kFalse));

void add_once(std::vector<std::string>& to, std::string text) {
  if (std::ranges::find(to, text) == to.end()) to.push_back(std::move(text));
}

/// The conduct in one slice under both laws; absent where a law is not encoded.
struct SliceView {
  std::optional<base::DateRange> conduct;
  std::optional<StateAnswer> requesting;
  std::optional<StateAnswer> requested;
  bool depends_on_test_day = false;  ///< the requested State answers otherwise on another day
  Verdict dual = Verdict::kUndetermined;
  Confidence confidence = Confidence::kRecalled;
};

bool depends_on_test_day(const DualSlice& slice) {
  return std::ranges::any_of(slice.requested_at_other_days, [&](const StateAnswer& other) {
    return other.verdict != slice.requested.verdict;
  });
}

class Judge {
 public:
  Judge(const LawBook& book, const ExtraditionQuestion& question, const Valuation& requesting,
        const Valuation& requested, ExtraditionAnswer& out)
      : book_(book),
        question_(question),
        requesting_(requesting),
        requested_(requested),
        out_(out) {}

  base::Result<void> run() {
    ROG_CHECKED(find_offences());
    ROG_CHECKED(make_views());
    for (std::size_t i = 0; i < out_.bases.bases.size(); ++i) ROG_CHECKED(judge_basis(i));
    if (out_.under.empty()) {
      out_.unknown.push_back("no legal basis is known: " + out_.bases.none_known);
      return {};
    }
    out_.verdict = Verdict::kNotMet;
    for (const ExtraditionUnder& one : out_.under)
      out_.verdict = std::max(out_.verdict, one.verdict);
    return {};
  }

 private:
  base::Result<void> find_offences() {
    for (const std::string& id : question_.offences) {
      const auto index = book_.find_provision_index(id);
      if (!index || book_.provisions[*index].owner != out_.bases.requesting.iso3) {
        return base::Error{
            .code = base::ErrorCode::kNotFound,
            .message = "`" + id + "` is no provision of " + out_.bases.requesting.name,
            .context = {},
            .place = {}};
      }
      if (!book_.provisions[*index].is_offence()) {
        return base::Error{.code = base::ErrorCode::kInvalidArgument,
                           .message = "`" + id + "` is no offence: no conduct falls under it",
                           .context = {},
                           .place = {}};
      }
      offences_.push_back(*index);
    }
    return {};
  }

  base::Result<void> make_views() {
    const StateLaw* requesting = out_.bases.requesting.law;
    const StateLaw* requested = out_.bases.requested.law;
    if (requesting != nullptr && requested != nullptr) {
      ROG_TRY(const DualAnswer dual,
              dual_criminality(book_, {.requesting = requesting,
                                       .requested = requested,
                                       .facts = question_.facts,
                                       .dates = question_.dates,
                                       .request_date = question_.on,
                                       .warrant_date = question_.warrant_date,
                                       .decision_date = question_.decision_date}));
      for (const DualSlice& slice : dual.slices) {
        views_.push_back({.conduct = slice.conduct,
                          .requesting = slice.requesting,
                          .requested = slice.requested,
                          .depends_on_test_day = depends_on_test_day(slice),
                          .dual = slice.verdict,
                          .confidence = dual.confidence});
      }
      for (SliceView& view : views_) look_at_named_offences(view);
      return {};
    }
    SliceView view;
    if (question_.dates.from) {
      view.conduct = base::DateRange{.from = *question_.dates.from, .until = std::nullopt};
    }
    if (requesting != nullptr) {
      ROG_TRY(view.requesting,
              classify_under_state(book_, *requesting, question_.facts, question_.dates.from,
                                   {.state = requesting->iso3, .transposed_from = {}}));
    }
    if (requested != nullptr) {
      ROG_TRY(view.requested,
              classify_under_state(
                  book_, *requested, question_.facts, question_.dates.from,
                  {.state = requested->iso3, .transposed_from = out_.bases.requesting.iso3}));
    }
    views_.push_back(std::move(view));
    look_at_named_offences(views_.back());
    return {};
  }

  /// Is it known of each offence named whether it was law on the day? Not where the day is unknown,
  /// nor where the offence is encoded for other days only.
  [[nodiscard]] bool are_named_known(const StateAnswer& answer) const {
    return answer.on && std::ranges::all_of(offences_, [&](ProvisionIndex i) {
             const Provision& offence = book_.provisions[i];
             return offence.periods.empty() || find_period(offence, *answer.on) != nullptr;
           });
  }

  /// A yes rests on the surest offence that is met, a no on all of them and on what was not in
  /// force.
  [[nodiscard]] Confidence confidence_of_named(const StateAnswer& answer) const {
    if (answer.verdict == Verdict::kUndetermined) return Confidence::kRecalled;
    const bool is_yes = answer.verdict == Verdict::kMet;
    Confidence out = is_yes ? Confidence::kRecalled : Confidence::kFound;
    for (const Assessment& a : answer.assessments) {
      if (!is_yes) out = weaker(out, a.confidence);
      if (is_yes && a.verdict == Verdict::kMet) out = std::max(out, a.confidence);
    }
    for (const NotApplicable& absent : answer.not_applicable) {
      const bool is_named = std::ranges::find(offences_, absent.provision) != offences_.end();
      if (is_yes || !is_named || absent.period == nullptr) continue;
      out = weaker(out, absent.period->citation.confidence);
    }
    return out;
  }

  /// The request names its offences: the requesting State's answer is that of these alone.
  void look_at_named_offences(SliceView& view) const {
    if (offences_.empty() || !view.requesting) return;
    StateAnswer& answer = *view.requesting;
    const auto is_named = [&](ProvisionIndex i) {
      return std::ranges::find(offences_, i) != offences_.end();
    };
    std::erase_if(answer.assessments, [&](const Assessment& a) { return !is_named(a.provision); });
    std::erase_if(answer.relied_on, [&](ProvisionIndex i) { return !is_named(i); });
    answer.verdict = are_named_known(answer) ? Verdict::kNotMet : Verdict::kUndetermined;
    for (const Assessment& a : answer.assessments) {
      answer.verdict = std::max(answer.verdict, a.verdict);
    }
    if (!view.requested) return;
    const Verdict there =
        view.depends_on_test_day ? Verdict::kUndetermined : view.requested->verdict;
    view.dual = std::min(answer.verdict, there);
    answer.confidence = confidence_of_named(answer);
    const bool is_no_of_named = answer.verdict == Verdict::kNotMet;
    view.confidence =
        is_no_of_named ? answer.confidence : weaker(view.confidence, answer.confidence);
  }

  /// The threshold under the law of one side.
  ThresholdAnswer judge_threshold(const PenaltyThreshold& threshold, const Side& side,
                                  const std::optional<StateAnswer>& answer,
                                  const Valuation& valuation, bool is_list_closed) const {
    ThresholdAnswer out{.state = side.iso3, .threshold = threshold};
    if (!answer) {
      out.why = "the law of " + side.name + " is not encoded, so no penalty is known";
      return out;
    }
    for (const ProvisionIndex i : answer->relied_on) {
      out.penalties.push_back(judge_penalty(valuation, i, threshold));
    }
    Verdict best = is_list_closed || answer->verdict == Verdict::kNotMet ? Verdict::kNotMet
                                                                         : Verdict::kUndetermined;
    bool is_any_undetermined = false;
    for (const PenaltyFound& found : out.penalties) {
      best = std::max(best, found.reaches);
      is_any_undetermined = is_any_undetermined || found.reaches == Verdict::kUndetermined;
    }
    for (const Assessment& a : answer->assessments) {
      if (a.verdict != Verdict::kUndetermined || best == Verdict::kMet) continue;
      if (judge_penalty(valuation, a.provision, threshold).reaches == Verdict::kNotMet) continue;
      best = Verdict::kUndetermined;
      add_reason(out.why, "it is open whether " + cite(a.provision) + " applies");
    }
    out.verdict = best;
    explain(out, *answer, side, is_any_undetermined);
    return out;
  }

  static void add_reason(std::string& to, const std::string& reason) {
    to += (to.empty() ? "" : "; ") + reason;
  }

  void explain(ThresholdAnswer& out, const StateAnswer& answer, const Side& side,
               bool is_any_undetermined) const {
    if (out.verdict == Verdict::kMet) {
      out.why.clear();
      return;
    }
    for (const PenaltyFound& found : out.penalties) {
      add_reason(out.why, "the maximum of " + cite(found.provision) + " is " +
                              detail::penalty_text(found.penalty));
    }
    if (out.verdict == Verdict::kNotMet || is_any_undetermined) return;
    if (out.penalties.empty() && answer.verdict == Verdict::kUndetermined) {
      add_reason(out.why, "it is undetermined whether the conduct is an offence in " + side.name);
    } else if (!out.penalties.empty()) {
      add_reason(out.why, "that no other offence of " + side.name + " reaches it is not encoded");
    }
  }

  [[nodiscard]] std::string cite(ProvisionIndex i) const {
    const Provision& provision = book_.provisions[i];
    const std::string& where =
        provision.citation.cite.empty() ? provision.article : provision.citation.cite;
    return where + " (" + provision.owner + ")";
  }

  [[nodiscard]] bool is_closed(const StateLaw* law, const StateAnswer& answer,
                               const Valuation& valuation) const {
    if (law == nullptr || !answer.on) return false;
    return std::ranges::any_of(law->closures, [&](const Closure& closure) {
      return closure.range.contains(*answer.on) &&
             evaluate(valuation, book_.closure_subject(closure)) == Truth::kTrue;
    });
  }

  ThresholdAnswer under_requesting(const PenaltyThreshold& threshold, const SliceView& view) const {
    const bool is_list_closed =
        view.requesting &&
        (offences_.empty() ? is_closed(out_.bases.requesting.law, *view.requesting, requesting_)
                           : are_named_known(*view.requesting));
    return judge_threshold(threshold, out_.bases.requesting, view.requesting, requesting_,
                           is_list_closed);
  }

  ThresholdAnswer under_requested(const PenaltyThreshold& threshold, const SliceView& view) const {
    const bool is_list_closed =
        view.requested && is_closed(out_.bases.requested.law, *view.requested, requested_);
    ThresholdAnswer out = judge_threshold(threshold, out_.bases.requested, view.requested,
                                          requested_, is_list_closed);
    if (view.depends_on_test_day && out.verdict != Verdict::kUndetermined) {
      out.verdict = Verdict::kUndetermined;
      add_reason(out.why, "the answer of " + out_.bases.requested.name +
                              " depends on the day of the test, whose rule is not encoded");
    }
    return out;
  }

  /// All parts of a threshold; the requested State's only where dual criminality is asked.
  Verdict judge_thresholds(const PenaltyThreshold& threshold, const SliceView& view,
                           bool asks_requested, std::vector<ThresholdAnswer>& out) const {
    Verdict verdict = Verdict::kMet;
    if (threshold.law != WhoseLaw::kRequested) {
      out.push_back(under_requesting(threshold, view));
      verdict = std::min(verdict, out.back().verdict);
    }
    if (threshold.law != WhoseLaw::kRequesting && asks_requested) {
      out.push_back(under_requested(threshold, view));
      verdict = std::min(verdict, out.back().verdict);
    }
    return verdict;
  }

  Verdict judge_list(const BasisRule& rule, const SliceView& view,
                     std::vector<ThresholdAnswer>& thresholds) const {
    if (!rule.list) return Verdict::kNotMet;
    Truth is_listed = Truth::kFalse;
    for (const std::string& term : rule.list->terms) {
      const AtomId atom = book_.atoms().find_term({}, term);
      is_listed = or_of(is_listed, atom == kNoAtom ? Truth::kUnknown : requesting_.value(atom));
    }
    if (is_listed == Truth::kFalse) return Verdict::kNotMet;
    return std::min(verdict_of(is_listed), judge_thresholds(rule.list->threshold, view,
                                                            /*asks_requested=*/true, thresholds));
  }

  /// The rule on dual criminality, where the treaty leaves it to the law of the requested State.
  [[nodiscard]] DualCriminalityRule rule_of(const Basis& basis) const {
    if (basis.dual_criminality != DualCriminalityRule::kOwnLaw) return basis.dual_criminality;
    DualCriminalityRule out = DualCriminalityRule::kOwnLaw;
    for (const ProvisionIndex i : book_.provisions_of(out_.bases.requested.iso3)) {
      const Provision& provision = book_.provisions[i];
      if (!provision.basis || !detail::is_for(provision, out_.bases.kind)) continue;
      if (!is_in_force(provision, out_.bases.on)) continue;
      const DualCriminalityRule own = provision.basis->dual_criminality;
      if (own == DualCriminalityRule::kRequired || own == DualCriminalityRule::kNotRequired) {
        out = own;
      }
    }
    return out;
  }

  /// A basis may let the requested State refuse for lack of dual criminality: does its own law make
  /// that a duty? (Framework Decision 2002/584/JHA, Arts 2(4), 4(1).)
  [[nodiscard]] bool must_refuse_by_own_law() const {
    return std::ranges::any_of(
        book_.provisions_of(out_.bases.requested.iso3), [&](ProvisionIndex i) {
          const Provision& provision = book_.provisions[i];
          return provision.ground && provision.ground->subject == kDualCriminalitySubject &&
                 provision.ground->effect == GroundEffect::kMandatory &&
                 detail::is_for(provision, out_.bases.kind) &&
                 is_in_force(provision, out_.bases.on);
        });
  }

  Verdict judge_dual(DualCriminalityRule rule, const SliceView& view, ExtraditionUnder& out) const {
    switch (rule) {
      case DualCriminalityRule::kRequired:
        return view.dual;
      case DualCriminalityRule::kNotRequired:
        return Verdict::kMet;
      case DualCriminalityRule::kMayRefuse:
        if (view.dual != Verdict::kMet && must_refuse_by_own_law()) return view.dual;
        if (view.dual != Verdict::kMet) {
          add_once(out.subject_to, "lack of dual criminality may be a ground of refusal");
        }
        return Verdict::kMet;
      case DualCriminalityRule::kOwnLaw:
      case DualCriminalityRule::kUnknown:
        if (view.dual == Verdict::kMet) return Verdict::kMet;
        add_once(out.unknown, rule == DualCriminalityRule::kOwnLaw
                                  ? "dual criminality is left to the law of " +
                                        out_.bases.requested.name + ", whose rule is not encoded"
                                  : "whether this basis requires dual criminality is not encoded");
        return Verdict::kUndetermined;
    }
    return Verdict::kUndetermined;
  }

  ExtraditionSlice judge_slice(const Basis& basis, const SliceView& view,
                               ExtraditionUnder& out) const {
    const BasisRule& rule = *book_.provisions[basis.provision].basis;
    ExtraditionSlice slice{.conduct = view.conduct, .dual_criminality = view.dual};
    std::vector<ThresholdAnswer> list_thresholds;
    slice.list = judge_list(rule, view, list_thresholds);
    const Verdict dual =
        slice.list == Verdict::kMet ? Verdict::kMet : judge_dual(rule_of(basis), view, out);
    slice.criminality = std::max(slice.list, dual);
    // By the list only the requesting State's law is measured; by dual criminality both are.
    Verdict by_list = Verdict::kMet;
    Verdict by_dual = Verdict::kMet;
    if (rule.threshold) {
      by_dual = judge_thresholds(*rule.threshold, view,
                                 /*asks_requested=*/slice.list != Verdict::kMet, slice.thresholds);
      for (const ThresholdAnswer& one : slice.thresholds) {
        if (one.state == out_.bases.requesting.iso3) by_list = one.verdict;
      }
    }
    by_list = with_sentence(rule, by_list, out);
    by_dual = with_sentence(rule, by_dual, out);
    for (ThresholdAnswer& one : list_thresholds) slice.thresholds.push_back(std::move(one));
    slice.verdict = std::max(std::min(slice.list, by_list), std::min(dual, by_dual));
    explain(slice, view, std::min(by_list, by_dual), rule.list.has_value(), out);
    return slice;
  }

  /// A sentence that was passed is measured by what is still to serve.
  Verdict with_sentence(const BasisRule& rule, Verdict threshold, ExtraditionUnder& out) const {
    if (!rule.remaining) return threshold;
    const auto months = sentence();
    if (!months) {
      add_once(out.notes, "if a sentence was passed, the rest to serve has to be stated (" +
                              std::string(kRemainingMonths) + ")");
      return threshold;
    }
    const Verdict rest =
        detail::reaches(*months, *rule.remaining) ? Verdict::kMet : Verdict::kNotMet;
    if (rest == threshold) return threshold;
    if (!rule.threshold) {
      if (rest == Verdict::kNotMet) add_once(out.reasons, "the rest of the sentence is too short");
      return rest;
    }
    add_once(
        out.unknown,
        "the maximum penalty and the rest of the sentence give different answers; whether both "
        "have to reach their threshold is not encoded");
    return Verdict::kUndetermined;
  }

  [[nodiscard]] std::optional<double> sentence() const {
    for (const std::string_view quantity : {kRemainingMonths, kSentenceMonths}) {
      for (const Fact& fact : question_.facts) {
        if (fact.quantity && fact.quantity->quantity == quantity) return fact.quantity->value;
      }
    }
    return std::nullopt;
  }

  void explain(const ExtraditionSlice& slice, const SliceView& view, Verdict threshold,
               bool has_list, ExtraditionUnder& out) const {
    std::vector<std::string>& to = slice.verdict == Verdict::kNotMet ? out.reasons : out.unknown;
    if (slice.criminality == Verdict::kNotMet) {
      add_once(to, has_list ? "there is no dual criminality, and no list replaces it"
                            : "there is no dual criminality");
    }
    if (slice.criminality == Verdict::kUndetermined) {
      if (!view.requesting) {
        add_once(out.unknown, "the law of " + out_.bases.requesting.name + " is not encoded");
      }
      if (!view.requested) {
        add_once(out.unknown, "the law of " + out_.bases.requested.name + " is not encoded");
      }
      if (view.requesting && view.requested) {
        add_once(out.unknown, "dual criminality is undetermined");
      }
      if (slice.list == Verdict::kUndetermined) {
        add_once(out.unknown, "whether the offence is a listed one above its threshold is open");
      }
    }
    if (threshold == Verdict::kMet) return;
    for (const ThresholdAnswer& one : slice.thresholds) {
      if (one.verdict == Verdict::kMet || one.why.empty()) continue;
      add_once(one.verdict == Verdict::kNotMet ? out.reasons : out.unknown, one.why);
    }
  }

  base::Result<void> judge_basis(std::size_t index) {
    const Basis& basis = out_.bases.bases[index];
    ExtraditionUnder out{.basis = index};
    Verdict verdict = Verdict::kMet;
    bool fails_threshold_only = true;
    for (const SliceView& view : views_) {
      out.slices.push_back(judge_slice(basis, view, out));
      const ExtraditionSlice& slice = out.slices.back();
      verdict = out.slices.size() == 1 || slice.verdict == verdict ? slice.verdict
                                                                   : Verdict::kUndetermined;
      fails_threshold_only = fails_threshold_only && slice.verdict == Verdict::kNotMet &&
                             slice.criminality == Verdict::kMet;
    }
    out.fails_threshold_only = fails_threshold_only;
    verdict = std::min(verdict, judge_reach(basis, out));
    ROG_TRY(const auto refused, judge_grounds(basis, out));
    out.confidence = confidence_of(basis, out);
    // A no that nothing else gives is no surer than the ground that does.
    if (refused && verdict != Verdict::kNotMet) out.confidence = weaker(out.confidence, *refused);
    out.verdict = refused ? Verdict::kNotMet : verdict;
    out_.under.push_back(std::move(out));
    return {};
  }

  [[nodiscard]] Confidence confidence_of(const Basis& basis, const ExtraditionUnder& out) const {
    Confidence weakest = basis.confidence;
    for (const SliceView& view : views_) weakest = weaker(weakest, view.confidence);
    for (const ExtraditionSlice& slice : out.slices) {
      for (const ThresholdAnswer& threshold : slice.thresholds) {
        for (const PenaltyFound& found : threshold.penalties) {
          if (found.penalty == nullptr || found.reaches != threshold.verdict) continue;
          weakest = weaker(weakest, found.penalty->citation.confidence);
        }
      }
    }
    return weakest;
  }

  static Verdict judge_reach(const Basis& basis, ExtraditionUnder& out) {
    Verdict verdict = Verdict::kMet;
    for (const ConditionAnswer& condition : basis.conditions) {
      if (condition.value != Truth::kUnknown) continue;
      const std::string words =
          condition.says + (condition.cite.empty() ? "" : " (" + condition.cite + ")");
      add_once(is_reach(condition) ? out.unknown : out.subject_to, words);
      if (is_reach(condition)) verdict = Verdict::kUndetermined;
    }
    return verdict;
  }

  /// How sure the surest mandatory ground is that applies and that nothing cures; nothing where
  /// none does.
  base::Result<std::optional<Confidence>> judge_grounds(const Basis& basis,
                                                        ExtraditionUnder& out) const {
    GroundsOptions options;
    if (basis.instrument != nullptr) options.governing = basis.instrument->id;
    ROG_TRY(GroundsAnswer answer, find_grounds(requested_, out_.bases, options));
    std::optional<Confidence> refused;
    for (GroundAnswer& ground : answer.grounds) {
      const Provision& provision = book_.provisions[ground.provision];
      const bool concerns =
          std::ranges::find(kSubjects, provision.ground->subject) != kSubjects.end();
      if (!concerns || ground.source == GroundSource::kOtherBasis) continue;
      if (ground.applies == Truth::kFalse) {
        out.grounds.push_back(std::move(ground));
        continue;
      }
      const bool refuses = provision.ground->effect == GroundEffect::kMandatory &&
                           ground.applies == Truth::kTrue && !ground.is_conditional();
      std::string words =
          provision.title + ", " + cite(ground.provision) +
          (provision.ground->instead.empty() ? "" : "; instead: " + provision.ground->instead);
      if (refuses) refused = std::max(refused.value_or(Confidence::kRecalled), ground.confidence);
      add_once(refuses ? out.reasons : out.subject_to, std::move(words));
      out.grounds.push_back(std::move(ground));
    }
    return refused;
  }

  const LawBook& book_;
  const ExtraditionQuestion& question_;
  const Valuation& requesting_;
  const Valuation& requested_;
  ExtraditionAnswer& out_;
  std::vector<ProvisionIndex> offences_;
  std::vector<SliceView> views_;
};

}  // namespace

std::string_view extradition_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kMet:
      return "extraditable";
    case Verdict::kNotMet:
      return "not";
    case Verdict::kUndetermined:
      return "undetermined";
  }
  return "undetermined";
}

base::Result<ExtraditionAnswer> extraditable(const LawBook& book,
                                             const ExtraditionQuestion& question) {
  ExtraditionAnswer out;
  ROG_TRY(out.bases, find_bases(book, {.requesting = question.requesting,
                                       .requested = question.requested,
                                       .kind = "extradition",
                                       .on = question.on,
                                       .facts = question.facts}));
  const Perspective own{.state = out.bases.requesting.iso3, .transposed_from = {}};
  const Perspective mirrored{.state = out.bases.requested.iso3,
                             .transposed_from = out.bases.requesting.iso3};
  ROG_TRY(const Valuation requesting, Valuation::make(book, question.facts, own));
  ROG_TRY(const Valuation requested, Valuation::make(book, question.facts, mirrored));
  ROG_CHECKED(Judge(book, question, requesting, requested, out).run());
  return out;
}

}  // namespace rogatory::law
