// SPDX-License-Identifier: EUPL-1.2
#include "law/deadline.h"

#include <algorithm>
#include <chrono>

namespace rogatory::law {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::months;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using std::chrono::years;

bool is_weekend(base::Date day) {
  const std::chrono::weekday weekday(day.days());
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

const Holiday* find_holiday(base::Date day, std::span<const Holiday* const> holidays) {
  const std::string whole = day.to_string();
  const auto it = std::ranges::find_if(holidays, [&](const Holiday* holiday) {
    return holiday->on == whole || holiday->on == std::string_view(whole).substr(5);
  });
  return it == holidays.end() ? nullptr : *it;
}

std::string free_day_words(base::Date day, std::span<const Holiday* const> holidays) {
  const std::chrono::weekday weekday(day.days());
  if (weekday == std::chrono::Saturday) return "Saturday";
  if (weekday == std::chrono::Sunday) return "Sunday";
  const Holiday* holiday = find_holiday(day, holidays);
  if (holiday == nullptr) return {};
  return holiday->name.empty() ? "holiday" : "holiday (" + holiday->name + ")";
}

/// The last of `value` working days after `day`.
base::Result<base::Date> last_working_day(base::Date day, int value,
                                          std::span<const Holiday* const> holidays, int& skipped) {
  for (int counted = 0; counted < value;) {
    ROG_TRY(day, day.plus(days(1)));
    if (is_weekend(day)) continue;
    if (find_holiday(day, holidays) != nullptr) {
      ++skipped;
    } else {
      ++counted;
    }
  }
  return day;
}

/// The last day of a limit counted in days, from the day after `first`.
base::Result<base::Date> last_day(base::Date first, int value, ClockUnit unit,
                                  std::span<const Holiday* const> holidays, int& skipped) {
  switch (unit) {
    case ClockUnit::kHours:
    case ClockUnit::kDays:
      return first.plus(days(value));
    case ClockUnit::kMonths:
      return first.plus(months(value));
    case ClockUnit::kYears:
      return first.plus(years(value));
    case ClockUnit::kWorkingDays:
      break;
  }
  return last_working_day(first, value, holidays, skipped);
}

/// The offset in the zone, or the one the event was written with.
seconds offset_of(const base::Instant& at, sys_seconds when, std::string_view zone,
                  const ZoneRules& zones) {
  return zones.offset_at(zone, when).value_or(at.offset());
}

/// The end of `day` where `at` was seen or, better, in the zone.
base::Result<DayEnd> end_of_day(base::Date day, const base::Instant& at, std::string_view zone,
                                const ZoneRules& zones) {
  ROG_TRY(const base::Date next, day.plus(days(1)));
  const sys_seconds end =
      start_of_day(zones, zone, next.days()).value_or(sys_seconds(next.days()) - at.offset());
  ROG_TRY(const base::Instant ends, base::Instant::make(end, offset_of(at, end, zone, zones)));
  return DayEnd{.ends = ends, .last_day = day};
}

}  // namespace

base::Result<Deadline> count_deadline(const base::Instant& start, int value, ClockUnit unit,
                                      std::string_view zone,
                                      std::span<const Holiday* const> holidays,
                                      const ZoneRules& zones) {
  if (unit == ClockUnit::kHours) {
    const sys_seconds end = start.utc() + hours(value);
    ROG_TRY(const base::Instant ends, base::Instant::make(end, offset_of(start, end, zone, zones)));
    return Deadline{{.ends = ends, .last_day = ends.local_date()},
                    0,
                    free_day_words(ends.local_date(), holidays),
                    std::nullopt};
  }
  const seconds offset = offset_of(start, start.utc(), zone, zones);
  ROG_TRY(const base::Instant here, base::Instant::make(start.utc(), offset));
  int skipped = 0;
  ROG_TRY(const base::Date day, last_day(here.local_date(), value, unit, holidays, skipped));
  ROG_TRY(const DayEnd end, end_of_day(day, here, zone, zones));
  return Deadline{end, skipped, free_day_words(day, holidays), std::nullopt};
}

base::Result<DayEnd> end_of_next_working_day(const DayEnd& deadline, std::string_view zone,
                                             std::span<const Holiday* const> holidays,
                                             const ZoneRules& zones) {
  int skipped = 0;
  ROG_TRY(const base::Date day, last_working_day(deadline.last_day, 1, holidays, skipped));
  return end_of_day(day, deadline.ends, zone, zones);
}

}  // namespace rogatory::law
