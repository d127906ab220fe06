// SPDX-License-Identifier: EUPL-1.2
//
// Civil dates: the days on which conduct happens, treaties enter into force and clocks run out.
// Proleptic Gregorian, years 1 to 9999, no time of day and no zone. Values: any thread.
#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rogatory::base {

/// A day of the calendar. There is no default: an unknown date is std::optional<Date>.
///
///     ROG_TRY(const Date signed_on, Date::parse("2001-11-23"));
class Date final {
 public:
  /// Reads exactly `YYYY-MM-DD` (ISO 8601). kParse for any other form and for days that do not
  /// exist.
  static Result<Date> parse(std::string_view text);

  /// kInvalidArgument for a day that does not exist or a year outside 1 to 9999.
  static Result<Date> make(int year, unsigned month, unsigned day);

  /// The given day of the calendar; kInvalidArgument outside years 1 to 9999.
  static Result<Date> from_days(std::chrono::sys_days days);

  /// The first and last day that a Date can be.
  static Date earliest();
  static Date latest();

  /// This day and `days` more (or fewer); kLimit outside years 1 to 9999.
  Result<Date> plus(std::chrono::days days) const;

  /// The same day `months` later (or earlier), or the last day of that month where it is shorter:
  /// 31 January plus one month is 28 or 29 February. kLimit outside years 1 to 9999.
  Result<Date> plus(std::chrono::months months) const;

  /// As months: 29 February plus one year is 28 February.
  Result<Date> plus(std::chrono::years years) const;

  int year() const;
  unsigned month() const;
  unsigned day() const;
  std::chrono::sys_days days() const noexcept { return days_; }

  /// `YYYY-MM-DD`.
  std::string to_string() const;

  /// The number of days from `b` to `a`.
  friend std::chrono::days operator-(Date a, Date b) { return a.days_ - b.days_; }

  auto operator<=>(const Date&) const = default;

  friend void PrintTo(const Date& date, std::ostream* out);

 private:
  explicit constexpr Date(std::chrono::sys_days days) : days_(days) {}

  std::chrono::sys_days days_;
};

/// The days from `from` up to, and without, `until`; without end when `until` is absent.
/// Empty when `until` is not after `from`.
struct DateRange {
  Date from;
  std::optional<Date> until;

  bool operator==(const DateRange&) const = default;

  bool is_empty() const;
  bool contains(Date date) const;
  /// True when some day is in both.
  bool overlaps(const DateRange& other) const;
  /// The days in both, or nothing when there are none.
  std::optional<DateRange> intersect(const DateRange& other) const;
  /// `2001-11-23..2004-07-01`, or `2001-11-23..` without end.
  std::string to_string() const;
};

}  // namespace rogatory::base

template <>
struct std::hash<rogatory::base::Date> {
  std::size_t operator()(rogatory::base::Date date) const noexcept {
    return std::hash<std::int64_t>{}(date.days().time_since_epoch().count());
  }
};
