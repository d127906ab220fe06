// SPDX-License-Identifier: EUPL-1.2
// When a limit of time ends. Pure; any thread.
//
// How time is counted:
// - Hours run from the moment itself.
// - Days, working days, months and years are counted in one zone. The day of the event is not
//   counted; the limit ends when its last day ends there.
// - Months and years end on the day of the same number, or on the last day of a shorter month.
// - Working days leave out Saturdays, Sundays and the holidays given.
// - A limit that ends on a free day is not moved. The answer says that the day is free; whether the
//   law moves the end is for the caller (law/clocks.h).
// - Without a known zone, days are counted at the offset at which the event was written.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/instant.h"
#include "base/result.h"
#include "law/provision.h"
#include "law/zone_rules.h"

namespace rogatory::law {

struct DayEnd {
  base::Instant ends;   ///< the first moment after it, as seen in the zone
  base::Date last_day;  ///< the last day that belongs to it, in the zone
};

/// The end of a limit.
struct Deadline : DayEnd {
  int holidays_skipped = 0;
  std::string free_day;  ///< what makes the last day a free one: weekday or holiday; empty: nothing
  std::optional<DayEnd> moved;  ///< where encoded law moves it off a free day
};

/// The end of `value` units from `start`, counted as above. `holidays` are those of one State.
/// Error: kLimit where an end lies outside years 1 to 9999.
[[nodiscard]] base::Result<Deadline> count_deadline(const base::Instant& start, int value,
                                                    ClockUnit unit, std::string_view zone,
                                                    std::span<const Holiday* const> holidays,
                                                    const ZoneRules& zones);

/// The end of the first day after `deadline` that is no Saturday, Sunday or holiday. Error: kLimit.
[[nodiscard]] base::Result<DayEnd> end_of_next_working_day(const DayEnd& deadline,
                                                           std::string_view zone,
                                                           std::span<const Holiday* const> holidays,
                                                           const ZoneRules& zones);

}  // namespace rogatory::law
