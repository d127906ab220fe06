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

  [[nodiscard]] bool is_offence() const {
    return kind == ProvisionKind::kSubstantive || kind == ProvisionKind::kInchoate;
  }
};

struct Safeguard {
  std::string id;
  std::string title;
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

}  // namespace rogatory::law
