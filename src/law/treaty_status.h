// SPDX-License-Identifier: EUPL-1.2
// Is a State, or a territory, bound by an instrument on a day? Bound, not bound, or unknown, each
// with its reason, the record it rests on and how sure that is. Unknown is never "not bound". Pure;
// any thread.
//
// How a list of Parties is read:
// - A State that is named is bound from its day, inclusive, up to `until`, exclusive.
// - Named without a day, it is bound on the day for which the list was read and after; earlier
//   days are unknown.
// - Not named in a complete list, it was not bound on that day. Earlier and later days are answered
//   alike, no surer than `derived`, and later ones are marked.
// - Not named in a list that is not complete: unknown, with its signature, if one is known.
// - A territory is bound where it is named itself or a treaty was extended to it; otherwise its
//   status is unknown, whatever the State that answers for it did.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.h"
#include "law/law_book.h"
#include "law/side.h"

namespace rogatory::law {

/// Ordered: a treaty binds two sides as weakly as the weaker of them.
enum class Bound : std::uint8_t { kNotBound = 0, kUnknown = 1, kBound = 2 };

enum class BoundReason : std::uint8_t {
  kParty,             ///< named with a day that has come, or without one on a list read by then
  kExtended,          ///< a territory to which the treaty was extended
  kDraft,             ///< the instrument is a draft
  kNotInForce,        ///< the instrument is not in force on that day
  kNotYet,            ///< bound from a later day
  kWithdrawn,         ///< no longer bound
  kSignedOnly,        ///< signed, not named as a Party in a complete list
  kNotListed,         ///< not named in a complete list
  kListIncomplete,    ///< not named, and the list is not known to be complete
  kSinceUnknown,      ///< a Party since an unknown day, asked for an earlier one than the list's
  kExtensionUnknown,  ///< a territory: whether the treaty was extended to it is unknown
};

[[nodiscard]] std::string_view to_text(Bound v);
[[nodiscard]] std::string_view to_text(BoundReason v);

struct TreatyStatus {
  Bound bound = Bound::kUnknown;
  BoundReason reason = BoundReason::kListIncomplete;
  const Party* party = nullptr;          ///< the record it rests on, where there is one
  const Signatory* signatory = nullptr;  ///< its signature, where one is known by that day
  const TerritorialExtension* extension = nullptr;
  bool is_after_list = false;  ///< asked for a day later than the list: answer with a warning
  Confidence confidence = Confidence::kRecalled;
};

/// O(Parties of the instrument).
[[nodiscard]] TreatyStatus treaty_status(const Instrument& instrument, const Side& side,
                                         base::Date on);

/// One sentence without final stop, such as `Ireland signed on 2002-02-28 and is not bound`.
[[nodiscard]] std::string status_words(const Instrument& instrument, const Side& side,
                                       const TreatyStatus& status);

}  // namespace rogatory::law
