// SPDX-License-Identifier: EUPL-1.2
// The small closed sets of the law engine, each with its published text name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rogatory::law {

/// Three-valued truth. Unknown always carries a reason elsewhere (`UnknownReason`).
enum class Truth : std::uint8_t { kFalse = 0, kUnknown = 1, kTrue = 2 };

/// How sure a fact of law is. Ordered: a proof is as sure as its weakest fact.
/// `found`: somebody read the source; `derived`: concluded from found facts; `recalled`:
/// remembered, unchecked.
enum class Confidence : std::uint8_t { kRecalled = 0, kDerived = 1, kFound = 2 };

/// Why something is unknown. "law not encoded" must never read as "no offence".
enum class UnknownReason : std::uint8_t {
  kNotStated,        ///< nobody said
  kContested,        ///< asserted and denied
  kNeedsEvaluation,  ///< open texture: a court evaluates it
  kLawNotEncoded,    ///< the corpus does not hold the law that would decide
  kReadingsDiffer,   ///< the text has readings that give different answers
  kOpenReference,    ///< refers to law that is resolved per pair of States
  kOtherUnit,        ///< a quantity is known in another unit or currency only
};

/// The answer to "does this conduct fall under this provision?".
enum class Verdict : std::uint8_t { kNotMet = 0, kUndetermined = 1, kMet = 2 };

enum class TermKind : std::uint8_t {
  kAct,
  kObject,
  kMeans,
  kMental,
  kCircumstance,
  kResult,
  kPerson,
  kRequest  ///< circumstances of a request for cooperation, beside the conduct
};

enum class ProvisionKind : std::uint8_t {
  kSubstantive,
  kInchoate,
  kLiability,
  kGeneral,
  kProcedural,
  kCooperation,
  kBasis,   ///< a legal basis for requests
  kGround,  ///< a ground of refusal, or a bar to one
  kClock,   ///< a limit of time
};

/// Role of an exception. `element`: its absence must be shown; `exclusion`: outside the article's
/// reach; `defence`: raised by the defence, unstated it does not block a verdict.
enum class Role : std::uint8_t { kElement, kExclusion, kDefence };

/// Of what a term is asked: of the conduct itself, of what the person intended, of what the tool is
/// made for, or of another person's conduct.
enum class Scope : std::uint8_t { kIntended = 1, kDesigned = 2, kPrincipal = 3 };

enum class InstrumentStatus : std::uint8_t { kDraft, kAdopted, kInForce };

/// State of a provision in a period of time.
enum class PeriodState : std::uint8_t { kInForce, kSuspended, kAnnulled };

enum class Sanction : std::uint8_t { kCriminal, kAdministrative, kCivil };

enum class FactStatus : std::uint8_t { kAlleged, kEstablished };

/// At which date a requested State tests dual criminality.
enum class TestDateRule : std::uint8_t {
  kUnknown,
  kConductDate,
  kRequestDate,
  kWarrantDate,
  kDecisionDate,  ///< of the decision on the request
};

enum class Comparison : std::uint8_t { kGe, kGt, kLe, kLt };

/// Relation of a provision to another one, read "FROM is ... than TO".
enum class Relation : std::uint8_t { kEquivalent, kBroader, kNarrower, kOverlapping, kNone, kOpen };

/// Of which kind an instrument is, for ranking legal bases (corpus/requests/ranking.yaml).
enum class InstrumentClass : std::uint8_t {
  kUnspecified,
  kMutualRecognition,
  kBilateral,
  kRegional,
  kSubject,    ///< one field of crime, as the Budapest Convention
  kUniversal,  ///< as the conventions on organised crime and on corruption
  kNationalLaw,
  kHumanRights,
  kOffences,  ///< defines offences and is no basis for requests
};

/// What lets a State act for another.
enum class BasisBy : std::uint8_t {
  kTreaty,
  kMutualRecognition,
  kReciprocity,
  kNationalLaw,
  kDirectChannel,  ///< straight to a provider in the other State
};

/// Which offences a basis reaches.
enum class BasisOffences : std::uint8_t { kConvention, kAny, kListed, kByElements };

/// What a basis says of dual criminality.
enum class DualCriminalityRule : std::uint8_t {
  kUnknown,
  kRequired,
  kMayRefuse,
  kNotRequired,
  kOwnLaw,  ///< left to the law of the requested State
};

enum class GroundEffect : std::uint8_t {
  kMandatory,
  kOptional,
  kBarred,    ///< this ground may not be invoked
  kPostpone,  ///< execution may wait
};

/// Whose law a threshold of penalty is about; of a limit of time in a State's law, in which part.
enum class WhoseLaw : std::uint8_t { kBoth, kRequesting, kRequested };

enum class ClockUnit : std::uint8_t { kHours, kDays, kWorkingDays, kMonths, kYears };
enum class ClockSense : std::uint8_t { kAtLeast, kAtMost, kTarget };

/// What becomes of a limit whose last day is a Saturday, a Sunday or a holiday.
enum class FreeDayEnd : std::uint8_t { kStays, kNextWorkingDay };

/// The event from which a limit of time runs.
enum class ClockStart : std::uint8_t {
  kRequestSent,
  kRequestReceived,
  kPreservationExecuted,
  kArrest,
  kConsent,
  kDecision,
  kSurrenderDecision,
  kOrderReceived,
  kRelease,
  kDischarge,
  kEmergencyRequestReceived,
};

enum class UnMembership : std::uint8_t { kMember, kObserver };

[[nodiscard]] std::string_view to_text(Truth v);
[[nodiscard]] std::string_view to_text(Confidence v);
[[nodiscard]] std::string_view to_text(UnknownReason v);
[[nodiscard]] std::string_view to_text(Verdict v);
[[nodiscard]] std::string_view to_text(TermKind v);
[[nodiscard]] std::string_view to_text(ProvisionKind v);
[[nodiscard]] std::string_view to_text(Role v);
[[nodiscard]] std::string_view to_text(Scope v);
[[nodiscard]] std::string_view to_text(InstrumentStatus v);
[[nodiscard]] std::string_view to_text(PeriodState v);
[[nodiscard]] std::string_view to_text(Sanction v);
[[nodiscard]] std::string_view to_text(FactStatus v);
[[nodiscard]] std::string_view to_text(TestDateRule v);
[[nodiscard]] std::string_view to_text(Comparison v);
[[nodiscard]] std::string_view to_text(Relation v);
[[nodiscard]] std::string_view to_text(InstrumentClass v);
[[nodiscard]] std::string_view to_text(BasisBy v);
[[nodiscard]] std::string_view to_text(BasisOffences v);
[[nodiscard]] std::string_view to_text(DualCriminalityRule v);
[[nodiscard]] std::string_view to_text(GroundEffect v);
[[nodiscard]] std::string_view to_text(WhoseLaw v);
[[nodiscard]] std::string_view to_text(ClockUnit v);
[[nodiscard]] std::string_view to_text(ClockSense v);
[[nodiscard]] std::string_view to_text(FreeDayEnd v);
[[nodiscard]] std::string_view to_text(ClockStart v);
[[nodiscard]] std::string_view to_text(UnMembership v);

/// The reverse of `to_text`; nothing when the text is not a published name.
template <class Enum>
[[nodiscard]] std::optional<Enum> from_text(std::string_view text);

/// Three-valued connectives (strong Kleene).
[[nodiscard]] constexpr Truth operator!(Truth a) {
  return static_cast<Truth>(2 - static_cast<int>(a));
}
[[nodiscard]] constexpr Truth and_of(Truth a, Truth b) {
  return a < b ? a : b;
}
[[nodiscard]] constexpr Truth or_of(Truth a, Truth b) {
  return a < b ? b : a;
}

/// The weaker of two confidences.
[[nodiscard]] constexpr Confidence weaker(Confidence a, Confidence b) {
  return a < b ? a : b;
}

}  // namespace rogatory::law
