// SPDX-License-Identifier: EUPL-1.2
// Every limit of time that applies to a request, with its end where the event that starts it is
// given. Pure; any thread.
//
// How time is counted:
// - Hours run from the moment itself.
// - Days, working days, months and years are counted in the zone of the requested State's
// authority.
//   The day of the event is not counted; the limit ends when its last day ends there.
// - Months and years end on the day of the same number, or on the last day of a shorter month.
// - Working days leave out Saturdays, Sundays and the encoded holidays of the requested State.
// Where
//   it has none encoded the answer says so; that other days are the weekend there is not encoded.
// - A limit that ends on a free day is not moved.
// - An extension runs from the end of the first limit.
// - Without a known zone, days are counted at the offset at which the event was written, and the
//   answer says so.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "law/basis.h"
#include "law/valuation.h"
#include "law/zone_rules.h"

namespace rogatory::law {

struct Event {
  ClockStart start = ClockStart::kRequestReceived;
  base::Instant at;
};

/// The end of a limit.
struct Deadline {
  base::Instant ends;   ///< the first moment after it, as seen in the zone
  base::Date last_day;  ///< the last day that belongs to it, in the zone
  int holidays_skipped = 0;
};

struct ClockAnswer {
  ProvisionIndex provision = 0;
  const Instrument* instrument = nullptr;  ///< null: law of the requested State
  Truth applies = Truth::kTrue;            ///< its elements, where it has some
  std::vector<AtomId> open;                ///< facts that decide whether it applies
  std::optional<base::Instant> started;    ///< the event, where it is given
  std::optional<Deadline> deadline;
  std::optional<Deadline> extended;  ///< with its extension
  std::vector<std::string> notes;
  Confidence confidence = Confidence::kRecalled;
};

struct ClocksAnswer {
  std::vector<ClockAnswer> clocks;  ///< those that can apply, the earliest end first
  std::string zone;                 ///< of the authority; empty when none is encoded
  const Authority* authority = nullptr;
  std::vector<std::string> unused;        ///< events given that start no clock here
  std::vector<std::string> not_examined;  ///< treaties that may bind after all, in words
};

/// The clocks for the kind of `bases`: of instruments that bind both, and of the requested State's
/// law. Error: kLimit where an end lies outside years 1 to 9999.
[[nodiscard]] base::Result<ClocksAnswer> find_clocks(const Valuation& valuation,
                                                     const BasisAnswer& bases,
                                                     std::span<const Event> events,
                                                     const ZoneRules& zones);

/// The end of `value` units from `start`, counted as above. `holidays` are those of one State.
[[nodiscard]] base::Result<Deadline> count_deadline(const base::Instant& start, int value,
                                                    ClockUnit unit, std::string_view zone,
                                                    std::span<const Holiday* const> holidays,
                                                    const ZoneRules& zones);

}  // namespace rogatory::law
