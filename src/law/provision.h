// SPDX-License-Identifier: EUPL-1.2
// Provisions as trees of elements, and what surrounds them: instruments, States, periods,
// penalties, closures. Plain values as the corpus gives them; `LawBook::link` resolves references
// and compiles the trees.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "law/types.h"

namespace rogatory::law {

/// Where a rule stands and how sure we are of it.
struct Citation {
  std::string cite;  ///< article, paragraph, point
  std::string says;  ///< paraphrase
  Confidence confidence = Confidence::kRecalled;
  std::string source;  ///< id of a source of the same file
  std::string pin;     ///< place in that source
  std::string note;
  base::Place place;
};

struct Source {
  std::string id;
  std::string title;
  std::string where;
  std::string read_on;
  std::string note;
};

/// A threshold over a quantity, such as loss >= 5,000 USD. Nothing is converted between currencies.
struct Threshold {
  std::string quantity;
  Comparison op = Comparison::kGe;
  double value = 0;
  std::string currency;  ///< empty when the unit is not money
  friend bool operator==(const Threshold&, const Threshold&) = default;
};

/// How a reference to other provisions is meant.
enum class ReferAs : std::uint8_t {
  kIntentToCommit,
  kAttemptOf,
  kPreparationOf,
  kMeantFor,
  kAidingOf
};

enum class NodeKind : std::uint8_t { kTerm, kThreshold, kOpen, kRefer, kAll, kAny, kNone };

struct Exception;

/// One node of a formula. Leaves: kTerm, kThreshold, kOpen, kRefer.
struct Node {
  NodeKind kind = NodeKind::kAll;
  std::string id;  ///< element id, unique in its provision; may be empty on all/any/none
  Citation citation;
  std::vector<Scope> scope;  ///< of what the term is asked; empty: of the conduct itself
  std::string term;          ///< kTerm
  Threshold threshold;       ///< kThreshold
  std::string open;          ///< kOpen: what resolves it
  ReferAs refer_as = ReferAs::kIntentToCommit;
  std::vector<std::string>
      refer_to;  ///< kRefer: full provision ids; after linking `children` hold their conduct
  bool is_evaluative = false;
  bool is_redundant =
      false;  ///< the text names it although, under the vocabulary, it changes nothing
  std::vector<Node> children;
  std::vector<Exception> unless;

  [[nodiscard]] bool is_leaf() const {
    return kind == NodeKind::kTerm || kind == NodeKind::kThreshold || kind == NodeKind::kOpen;
  }
};

/// An exception beside a node: when it holds, the node does not.
struct Exception {
  std::string id;
  Role role = Role::kExclusion;
  bool is_redundant = false;  ///< as of a node
  Citation citation;
  std::vector<Node> when;  ///< exactly one node (a vector, as the type is recursive)
};

enum class OptionBy : std::uint8_t { kDeclaration, kReservation };

/// What a Party may add to, or leave out of, a provision (Budapest Convention, Arts 40 and 42).
struct Option {
  std::string id;
  OptionBy by = OptionBy::kDeclaration;
  std::string under;  ///< the article that permits it
  std::string point;  ///< the entry in that article's closed list
  Citation citation;
  std::vector<Node> add;  ///< none or one node: conjoined
  bool drops_provision = false;
  std::vector<std::string> drop_elements;
};

/// An alternative reading of a provision: some elements replaced.
struct Reading {
  std::string id;
  Citation citation;
  std::vector<std::pair<std::string, Node>> replace;
};

struct Period {
  base::DateRange range;
  PeriodState state = PeriodState::kInForce;
  Citation citation;
};

struct Penalty {
  std::string form;  ///< basic, or the aggravated form
  std::vector<Node> when;
  std::optional<int> max_months;
  std::string max;  ///< life | fine_only | death | unknown; empty when max_months is given
  Citation citation;
};

/// A threshold of penalty in months, such as a maximum of at least twelve under both laws.
struct PenaltyThreshold {
  WhoseLaw law = WhoseLaw::kBoth;
  Comparison op = Comparison::kGe;  ///< kGe or kGt
  int months = 0;
};

/// A condition of a basis that is said in words, and decided from facts where it names a term.
struct BasisCondition {
  std::string id;
  std::string term;  ///< empty: an officer has to look
  Citation citation;
};

/// Offences for which dual criminality is not examined above a threshold (Framework Decision
/// 2002/584/JHA, Art. 2(2)).
struct OffenceList {
  PenaltyThreshold threshold;
  std::vector<std::string> terms;  ///< categories, any of them
};

/// What a `kBasis` provision allows. Its `elements`, where present, say when it is within reach.
struct BasisRule {
  BasisBy by = BasisBy::kTreaty;
  bool requires_treaty = false;  ///< State law: the State acts under a treaty only
  BasisOffences offences = BasisOffences::kAny;
  DualCriminalityRule dual_criminality = DualCriminalityRule::kUnknown;
  std::optional<PenaltyThreshold> threshold;
  std::optional<PenaltyThreshold> remaining;  ///< of a sentence passed, still to be served
  std::optional<OffenceList> list;
  std::vector<InstrumentClass> yields_to;
  std::vector<BasisCondition> conditions;
};

/// An assurance that takes a ground away.
struct Cure {
  std::string term;
  Citation citation;
};

/// What a `kGround` provision does when its `elements` hold.
struct GroundRule {
  std::string subject;  ///< id of a GroundSubject
  GroundEffect effect = GroundEffect::kOptional;
  bool overrides = false;  ///< holds whatever a treaty says or omits
  std::vector<Cure> cures;
  std::string instead;  ///< what follows a refusal, as own prosecution
};

struct ClockExtension {
  int value = 0;
  ClockUnit unit = ClockUnit::kDays;
  Citation citation;
};

/// What the law says of a limit whose last day is no working day.
struct FreeDayRule {
  FreeDayEnd end = FreeDayEnd::kStays;
  Citation citation;
};

/// A limit of time of a `kClock` provision.
struct ClockRule {
  ClockStart starts = ClockStart::kRequestReceived;
  int value = 0;
  ClockUnit unit = ClockUnit::kDays;
  ClockSense sense = ClockSense::kAtMost;
  WhoseLaw side = WhoseLaw::kRequested;  ///< State law: runs where this State is asked, or asks
  std::string then;                      ///< what happens at its end
  std::optional<ClockExtension> extend;
  std::optional<FreeDayRule> free_day;  ///< absent: not encoded
};

struct Provision {
  std::string id;     ///< full id, `budapest-2001:art-2` or `PHL:ra-8792-s33-a`
  std::string owner;  ///< instrument id or State (ISO 3166-1 alpha-3)
  bool is_of_state = false;
  std::string act_id;  ///< States: the act it stands in
  std::string act_title;
  std::string article;
  std::string title;
  ProvisionKind kind = ProvisionKind::kGeneral;
  Citation citation;
  std::string penalty_kind;      ///< offence | offence_or_unlawful_act | unknown (instruments)
  std::string elements_unknown;  ///< why there are no elements although it is an offence
  std::vector<std::string> safeguards;
  std::vector<Node> elements;  ///< none or one root node
  std::vector<Option> options;
  std::vector<Reading> readings;
  Sanction sanction = Sanction::kCriminal;
  std::vector<Period> periods;
  std::vector<Penalty> penalties;
  std::vector<std::string>
      for_kinds;                   ///< kinds of request, groups resolved (kBasis, kGround, kClock)
  std::optional<BasisRule> basis;  ///< kBasis
  std::optional<GroundRule> ground;  ///< kGround
  std::optional<ClockRule> clock;    ///< kClock

  [[nodiscard]] bool is_offence() const {
    return kind == ProvisionKind::kSubstantive || kind == ProvisionKind::kInchoate;
  }
};

struct Safeguard {
  std::string id;
  std::string title;
  Citation citation;
};

/// That a State is bound, from when until when. Without `from` it is bound on the day for which the
/// list was read, since when is unknown.
struct Party {
  std::string state;  ///< ISO 3166-1 alpha-3
  std::optional<base::Date> from;
  std::optional<base::Date> until;  ///< first day no longer bound
  Citation citation;
};

struct Signatory {
  std::string state;
  std::optional<base::Date> on;
  Citation citation;
};

/// An extension to a territory. What is not named is unknown.
struct TerritorialExtension {
  std::string territory;
  std::string of;
  std::optional<base::Date> from;
  Citation citation;
};

/// A reservation or declaration on cooperation, as read.
struct Statement {
  std::string state;
  std::string provision;
  OptionBy by = OptionBy::kReservation;
  base::DateRange range;
  std::string effect;  ///< a published effect, such as dual_criminality_required; may be empty
  Citation citation;
};

struct Instrument {
  std::string id;
  std::string title;
  std::string short_title;
  InstrumentStatus status = InstrumentStatus::kDraft;
  std::string status_as_of;
  std::string adopted;
  std::string opened;
  std::optional<base::Date> in_force_from;
  std::string banner;
  int claimed_offences = 0;
  Citation offence_reading;
  std::vector<std::string> permitted_declarations;
  std::vector<std::string> permitted_reservations;
  std::vector<Safeguard> safeguards;
  InstrumentClass instrument_class = InstrumentClass::kUnspecified;
  std::optional<base::Date> parties_as_of;  ///< the day for which the Parties were read
  bool are_parties_complete = false;        ///< a State not named was not a Party on that day
  std::vector<Party> parties;
  std::vector<Signatory> signatories;
  std::vector<TerritorialExtension> extensions;
  std::vector<Statement> statements;
  std::vector<Source> sources;
  base::Place place;
};

/// A sourced statement that, for a subject and a period, the encoded list of offences is
/// exhaustive.
struct Closure {
  std::string id;
  std::vector<Node> subject;  ///< exactly one node
  base::DateRange range;
  Citation citation;
};

/// An option of a convention that a State has declared or reserved.
struct OptionMade {
  std::string instrument;
  std::string provision;
  std::string option;
  base::DateRange range;
  Citation citation;
};

struct StateLaw {
  std::string iso3;
  std::string alpha2;
  std::string name;
  TestDateRule test_date = TestDateRule::kUnknown;
  Citation test_date_citation;
  std::vector<Closure> closures;
  std::vector<OptionMade> options_made;
  std::vector<Source> sources;
  std::string note;
  base::Place place;
};

/// A short name in the six languages of the United Nations.
struct SixNames {
  std::string ar, zh, en, fr, ru, es;
};

/// A State as the United Nations names it. Whether its law is encoded is another matter
/// (`StateLaw`).
struct WorldState {
  std::string iso3;
  std::string alpha2;
  UnMembership un = UnMembership::kMember;
  SixNames names;
  Citation citation;
};

/// A territory for which treaties may have to be extended.
struct Territory {
  std::string iso3;
  std::string alpha2;
  std::string of;  ///< empty where the United Nations names none
  SixNames names;
  Citation citation;
};

/// Where requests go: a role and an office, never a person.
struct Authority {
  std::string state;
  std::string role;  ///< central_authority, extradition_authority, contact_24_7, asset_office
  std::vector<std::string> for_kinds;
  std::string name;
  std::string zone;  ///< IANA time zone; empty when unknown
  Citation citation;
};

struct AcceptedLanguages {
  std::string state;
  std::vector<std::string> for_kinds;
  std::vector<std::string> accepts;  ///< ISO 639-1
  Citation citation;
};

struct Holiday {
  std::string state;
  std::string on;  ///< MM-DD every year, or YYYY-MM-DD
  std::string name;
  Citation citation;
};

struct GroundSubject {
  std::string id;
  std::string label;  ///< in English
  Citation citation;
  SixNames labels;
  std::string question;
};

struct RankClass {
  InstrumentClass id = InstrumentClass::kUnspecified;
  std::string label;
  Citation citation;
};

/// What the corpus says of the world besides law: `LawBook::world`.
struct World {
  std::vector<WorldState> states;  ///< sorted by alpha-3
  std::vector<Territory> territories;
  std::vector<Authority> authorities;
  std::vector<AcceptedLanguages> languages;
  std::vector<Holiday> holidays;
  std::vector<GroundSubject> ground_subjects;
  std::vector<RankClass> ranking;  ///< first goes first
  std::vector<Source> sources;
};

}  // namespace rogatory::law
