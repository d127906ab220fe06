// SPDX-License-Identifier: EUPL-1.2
// On which legal basis can one State ask another for a measure on a day? Every basis that serves,
// in order, with its conditions; every instrument that does not serve, with the reason; and an
// honest `none_known` where nothing does. Pure; any thread.
//
// How bases are ranked:
// 1. A basis that yields to a class (`yields_to`) goes after all others while a basis of that class
//    serves too.
// 2. By the class of the instrument, in the order of `World::ranking`.
// 3. The older instrument first: existing agreements go before later ones.
// 4. Within an instrument, the provision for fewer kinds of request first: it is the more special.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "law/fact.h"
#include "law/law_book.h"
#include "law/side.h"
#include "law/treaty_status.h"

namespace rogatory::law {

struct BasisQuestion {
  std::string requesting;  ///< as `find_side` reads it
  std::string requested;
  std::string kind;  ///< one of kRequestKinds
  base::Date on;
  std::span<const Fact> facts;  ///< conduct and circumstances; may be empty
};

/// A condition of a basis: from its text, or one that its offences and elements impose.
struct ConditionAnswer {
  std::string id;  ///< that of the text; `offences`, `elements`, `list` for the others
  std::string says;
  std::string cite;
  std::string term;                ///< the fact that decides it; empty: an officer has to look
  Truth value = Truth::kUnknown;   ///< met, failed, or open
  std::vector<std::string> facts;  ///< what would decide it, where that is more than one term
  Confidence confidence = Confidence::kRecalled;
};
/// `met`, `failed` or `open`.
[[nodiscard]] std::string_view condition_word(Truth value);

/// A basis that serves.
struct Basis {
  ProvisionIndex provision = 0;
  const Instrument* instrument = nullptr;  ///< null: the law of the requested State
  InstrumentClass rank_class = InstrumentClass::kUnspecified;
  int rank = 0;                        ///< 1 goes first
  std::vector<std::string> yields_to;  ///< instruments that serve too and go before it
  TreatyStatus requesting;             ///< meaningless for national law
  TreatyStatus requested;
  std::vector<ConditionAnswer> conditions;
  std::vector<const Statement*> statements;  ///< of both sides, in force that day, that touch it
  DualCriminalityRule dual_criminality = DualCriminalityRule::kUnknown;  ///< with the statements
  Confidence confidence = Confidence::kRecalled;  ///< the weakest of its text and both statuses
  bool is_rank_open = false;  ///< a bilateral treaty that is not encoded might go before it

  [[nodiscard]] bool is_provisional() const {
    return confidence == Confidence::kRecalled || is_rank_open;
  }
};

enum class NotAvailableCode : std::uint8_t {
  kNotBound,         ///< one side or both are not bound on that day
  kStatusUnknown,    ///< whether one side is bound is unknown: it may serve after all
  kConditionFailed,  ///< both are bound, and the facts fail a condition
};
[[nodiscard]] std::string_view to_text(NotAvailableCode v);

/// An instrument with a provision for that kind that does not serve.
struct NotAvailable {
  NotAvailableCode code = NotAvailableCode::kNotBound;
  const Instrument* instrument = nullptr;  ///< null: the law of the requested State
  std::vector<ProvisionIndex> provisions;
  TreatyStatus requesting;
  TreatyStatus requested;
  std::string reason;  ///< in words
  Confidence confidence = Confidence::kRecalled;

  [[nodiscard]] bool is_possible() const { return code == NotAvailableCode::kStatusUnknown; }
};

/// What the corpus has of treaties between just these two.
enum class Bilateral : std::uint8_t { kEncoded, kNotEncoded };

/// What the law of the requested State says of acting without a treaty.
enum class Reciprocity : std::uint8_t {
  kAllowed,     ///< it may act without one
  kTreatyOnly,  ///< it acts under a treaty only
  kNotEncoded,  ///< unknown
};
[[nodiscard]] std::string_view to_text(Bilateral v);
[[nodiscard]] std::string_view to_text(Reciprocity v);

struct BasisAnswer {
  Side requesting;
  Side requested;
  std::string kind;
  base::Date on = base::Date::earliest();
  std::vector<Basis> bases;     ///< in order of rank
  std::vector<Basis> channels;  ///< straight to a provider; they stand beside, without rank
  std::vector<NotAvailable> not_available;
  Bilateral bilateral = Bilateral::kNotEncoded;
  Reciprocity reciprocity = Reciprocity::kNotEncoded;
  std::vector<ProvisionIndex> reciprocity_provisions;  ///< what says so
  std::string none_known;             ///< why there is no basis; empty when there is one
  std::vector<std::string> warnings;  ///< such as a question later than a list of Parties

  [[nodiscard]] const Basis* governing() const { return bases.empty() ? nullptr : &bases.front(); }
  /// The order could change: no bilateral treaty of the pair is encoded for this kind.
  [[nodiscard]] bool is_ranking_provisional() const { return bilateral == Bilateral::kNotEncoded; }
};

/// Bilateral treaties of other pairs are not listed as unavailable; every other instrument with a
/// provision for the kind is either among the bases or there.
///
/// Errors: kNotFound for an unknown State; kInvalidArgument for an unknown kind, or one State on
/// both sides; those of Valuation::make. O(provisions + Parties).
[[nodiscard]] base::Result<BasisAnswer> find_bases(const LawBook& book,
                                                   const BasisQuestion& question);

}  // namespace rogatory::law
