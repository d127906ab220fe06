// SPDX-License-Identifier: EUPL-1.2
#include "law/types.h"

#include <array>
#include <utility>

namespace rogatory::law {
namespace {

template <class Enum>
struct Names;

#define ROG_NAMES(Enum, ...)                                             \
  template <>                                                            \
  struct Names<Enum> {                                                   \
    static constexpr auto kTable =                                       \
        std::to_array<std::pair<Enum, std::string_view>>({__VA_ARGS__}); \
  };

ROG_NAMES(Truth, {Truth::kFalse, "false"}, {Truth::kUnknown, "unknown"}, {Truth::kTrue, "true"})
ROG_NAMES(Confidence, {Confidence::kRecalled, "recalled"}, {Confidence::kDerived, "derived"},
          {Confidence::kFound, "found"})
ROG_NAMES(UnknownReason, {UnknownReason::kNotStated, "not_stated"},
          {UnknownReason::kContested, "contested"},
          {UnknownReason::kNeedsEvaluation, "needs_evaluation"},
          {UnknownReason::kLawNotEncoded, "law_not_encoded"},
          {UnknownReason::kReadingsDiffer, "readings_differ"},
          {UnknownReason::kOpenReference, "open_reference"},
          {UnknownReason::kOtherUnit, "other_unit"})
ROG_NAMES(Verdict, {Verdict::kNotMet, "not_met"}, {Verdict::kUndetermined, "undetermined"},
          {Verdict::kMet, "met"})
ROG_NAMES(TermKind, {TermKind::kAct, "act"}, {TermKind::kObject, "obj"},
          {TermKind::kMeans, "means"}, {TermKind::kMental, "mens"},
          {TermKind::kCircumstance, "circ"}, {TermKind::kResult, "res"},
          {TermKind::kPerson, "person"}, {TermKind::kRequest, "req"})
ROG_NAMES(ProvisionKind, {ProvisionKind::kSubstantive, "substantive"},
          {ProvisionKind::kInchoate, "inchoate"}, {ProvisionKind::kLiability, "liability"},
          {ProvisionKind::kGeneral, "general"}, {ProvisionKind::kProcedural, "procedural"},
          {ProvisionKind::kCooperation, "cooperation"}, {ProvisionKind::kBasis, "basis"},
          {ProvisionKind::kGround, "ground"}, {ProvisionKind::kClock, "clock"})
ROG_NAMES(Role, {Role::kElement, "element"}, {Role::kExclusion, "exclusion"},
          {Role::kDefence, "defence"})
ROG_NAMES(Scope, {Scope::kIntended, "intended"}, {Scope::kDesigned, "designed"},
          {Scope::kPrincipal, "principal"})
ROG_NAMES(InstrumentStatus, {InstrumentStatus::kDraft, "draft"},
          {InstrumentStatus::kAdopted, "adopted"}, {InstrumentStatus::kInForce, "in_force"})
ROG_NAMES(PeriodState, {PeriodState::kInForce, "in_force"}, {PeriodState::kSuspended, "suspended"},
          {PeriodState::kAnnulled, "annulled"})
ROG_NAMES(Sanction, {Sanction::kCriminal, "criminal"},
          {Sanction::kAdministrative, "administrative"}, {Sanction::kCivil, "civil"})
ROG_NAMES(FactStatus, {FactStatus::kAlleged, "alleged"}, {FactStatus::kEstablished, "established"})
ROG_NAMES(TestDateRule, {TestDateRule::kUnknown, "unknown"},
          {TestDateRule::kConductDate, "conduct_date"},
          {TestDateRule::kRequestDate, "request_date"},
          {TestDateRule::kWarrantDate, "warrant_date"},
          {TestDateRule::kDecisionDate, "decision_date"})
ROG_NAMES(Comparison, {Comparison::kGe, "ge"}, {Comparison::kGt, "gt"}, {Comparison::kLe, "le"},
          {Comparison::kLt, "lt"})
ROG_NAMES(Relation, {Relation::kEquivalent, "equivalent"}, {Relation::kBroader, "broader"},
          {Relation::kNarrower, "narrower"}, {Relation::kOverlapping, "overlapping"},
          {Relation::kNone, "none"}, {Relation::kOpen, "open"})

ROG_NAMES(InstrumentClass, {InstrumentClass::kUnspecified, "unspecified"},
          {InstrumentClass::kMutualRecognition, "mutual_recognition"},
          {InstrumentClass::kBilateral, "bilateral"}, {InstrumentClass::kRegional, "regional"},
          {InstrumentClass::kSubject, "subject"}, {InstrumentClass::kUniversal, "universal"},
          {InstrumentClass::kNationalLaw, "national_law"},
          {InstrumentClass::kHumanRights, "human_rights"}, {InstrumentClass::kOffences, "offences"})
ROG_NAMES(BasisBy, {BasisBy::kTreaty, "treaty"},
          {BasisBy::kMutualRecognition, "mutual_recognition"},
          {BasisBy::kReciprocity, "reciprocity"}, {BasisBy::kNationalLaw, "national_law"},
          {BasisBy::kDirectChannel, "direct_channel"})
ROG_NAMES(BasisOffences, {BasisOffences::kConvention, "convention"}, {BasisOffences::kAny, "any"},
          {BasisOffences::kListed, "listed"}, {BasisOffences::kByElements, "by_elements"})
ROG_NAMES(DualCriminalityRule, {DualCriminalityRule::kUnknown, "unknown"},
          {DualCriminalityRule::kRequired, "required"},
          {DualCriminalityRule::kMayRefuse, "may_refuse"},
          {DualCriminalityRule::kNotRequired, "not_required"},
          {DualCriminalityRule::kOwnLaw, "own_law"})
ROG_NAMES(GroundEffect, {GroundEffect::kMandatory, "mandatory"},
          {GroundEffect::kOptional, "optional"}, {GroundEffect::kBarred, "barred"},
          {GroundEffect::kPostpone, "postpone"})
ROG_NAMES(WhoseLaw, {WhoseLaw::kBoth, "both"}, {WhoseLaw::kRequesting, "requesting"},
          {WhoseLaw::kRequested, "requested"})
ROG_NAMES(ClockUnit, {ClockUnit::kHours, "hours"}, {ClockUnit::kDays, "days"},
          {ClockUnit::kWorkingDays, "working_days"}, {ClockUnit::kMonths, "months"},
          {ClockUnit::kYears, "years"})
ROG_NAMES(ClockSense, {ClockSense::kAtLeast, "at_least"}, {ClockSense::kAtMost, "at_most"},
          {ClockSense::kTarget, "target"})
ROG_NAMES(FreeDayEnd, {FreeDayEnd::kStays, "stays"},
          {FreeDayEnd::kNextWorkingDay, "next_working_day"})
ROG_NAMES(ClockStart, {ClockStart::kRequestSent, "request_sent"},
          {ClockStart::kRequestReceived, "request_received"},
          {ClockStart::kPreservationExecuted, "preservation_executed"},
          {ClockStart::kArrest, "arrest"}, {ClockStart::kConsent, "consent"},
          {ClockStart::kDecision, "decision"},
          {ClockStart::kSurrenderDecision, "surrender_decision"},
          {ClockStart::kOrderReceived, "order_received"}, {ClockStart::kRelease, "release"},
          {ClockStart::kDischarge, "discharge"},
          {ClockStart::kEmergencyRequestReceived, "emergency_request_received"})
ROG_NAMES(UnMembership, {UnMembership::kMember, "member"}, {UnMembership::kObserver, "observer"})

#undef ROG_NAMES

template <class Enum>
std::string_view name_of(Enum v) {
  for (const auto& [value, name] : Names<Enum>::kTable) {
    if (value == v) return name;
  }
  return "?";
}

}  // namespace

template <class Enum>
std::optional<Enum> from_text(std::string_view text) {
  for (const auto& [value, name] : Names<Enum>::kTable) {
    if (name == text) return value;
  }
  return std::nullopt;
}

#define ROG_TEXT(Enum)               \
  std::string_view to_text(Enum v) { \
    return name_of(v);               \
  }                                  \
  template std::optional<Enum> from_text<Enum>(std::string_view);

ROG_TEXT(Truth)
ROG_TEXT(Confidence)
ROG_TEXT(UnknownReason)
ROG_TEXT(Verdict)
ROG_TEXT(TermKind)
ROG_TEXT(ProvisionKind)
ROG_TEXT(Role)
ROG_TEXT(Scope)
ROG_TEXT(InstrumentStatus)
ROG_TEXT(PeriodState)
ROG_TEXT(Sanction)
ROG_TEXT(FactStatus)
ROG_TEXT(TestDateRule)
ROG_TEXT(Comparison)
ROG_TEXT(Relation)
ROG_TEXT(InstrumentClass)
ROG_TEXT(BasisBy)
ROG_TEXT(BasisOffences)
ROG_TEXT(DualCriminalityRule)
ROG_TEXT(GroundEffect)
ROG_TEXT(WhoseLaw)
ROG_TEXT(ClockUnit)
ROG_TEXT(ClockSense)
ROG_TEXT(FreeDayEnd)
ROG_TEXT(ClockStart)
ROG_TEXT(UnMembership)

#undef ROG_TEXT

}  // namespace rogatory::law
