// SPDX-License-Identifier: EUPL-1.2

#include "base/date.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <ostream>

#include "base/text.h"

namespace rogatory::base {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr sys_days kEarliest =
    year_month_day{std::chrono::year{1}, std::chrono::January, std::chrono::day{1}};
constexpr sys_days kLatest =
    year_month_day{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};

// More days, months or years than this lead out of the calendar from anywhere; checked first, so
// that sums cannot overflow.
constexpr auto kMaxStep = kLatest - kEarliest;

Error out_of_calendar(ErrorCode code) {
  return {.code = code, .message = "the date lies outside the years 1 to 9999"};
}

std::optional<year_month_day> make_day(int year, unsigned month, unsigned day) {
  if (year < 1 || year > 9999 || month > 12 || day > 31) return std::nullopt;
  const year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                            std::chrono::day{day}};
  if (!date.ok()) return std::nullopt;
  return date;
}

Error not_a_date(std::string_view text) {
  constexpr std::size_t kShown = 40;
  const std::string_view shown = is_valid_utf8(text) && text.size() <= kShown ? text : "";
  return {.code = ErrorCode::kParse,
          .message = shown.empty()
                         ? "not a date of the form YYYY-MM-DD"
                         : "`" + std::string(shown) + "` is not a date of the form YYYY-MM-DD"};
}

// The number in decimal digits, or -1.
int parse_digits(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

Result<Date> step_months(Date date, std::int64_t months) {
  if (months > kMaxStep.count() || months < -kMaxStep.count()) {
    return out_of_calendar(ErrorCode::kLimit);
  }
  const std::int64_t count =
      static_cast<std::int64_t>(date.year()) * 12 + date.month() - 1 + months;
  const std::int64_t year = count / 12;
  if (count < 12 || year > 9999) return out_of_calendar(ErrorCode::kLimit);
  const std::chrono::year_month month{std::chrono::year{static_cast<int>(year)},
                                      std::chrono::month{static_cast<unsigned>(count % 12 + 1)}};
  const auto last = static_cast<unsigned>((month / std::chrono::last).day());
  return Date::make(static_cast<int>(year), static_cast<unsigned>(month.month()),
                    std::min(date.day(), last));
}

}  // namespace

Result<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return not_a_date(text);
  const int year = parse_digits(text.substr(0, 4));
  const int month = parse_digits(text.substr(5, 2));
  const int day = parse_digits(text.substr(8, 2));
  if (year < 0 || month < 0 || day < 0) return not_a_date(text);
  const auto date = make_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
  if (!date) {
    return Error{.code = ErrorCode::kParse,
                 .message = "`" + std::string(text) + "` is not a day of the calendar"};
  }
  return Date(sys_days(*date));
}

Result<Date> Date::make(int year, unsigned month, unsigned day) {
  const auto date = make_day(year, month, day);
  if (!date) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "year, month and day are not a day of the calendar"};
  }
  return Date(sys_days(*date));
}

Result<Date> Date::from_days(sys_days days) {
  if (days < kEarliest || days > kLatest) return out_of_calendar(ErrorCode::kInvalidArgument);
  return Date(days);
}

Date Date::earliest() {
  return Date(kEarliest);
}

Date Date::latest() {
  return Date(kLatest);
}

Result<Date> Date::plus(std::chrono::days days) const {
  if (days > kMaxStep || days < -kMaxStep) return out_of_calendar(ErrorCode::kLimit);
  const sys_days sum = days_ + days;
  if (sum < kEarliest || sum > kLatest) return out_of_calendar(ErrorCode::kLimit);
  return Date(sum);
}

Result<Date> Date::plus(std::chrono::months months) const {
  return step_months(*this, months.count());
}

Result<Date> Date::plus(std::chrono::years years) const {
  if (years.count() > 9999 || years.count() < -9999) return out_of_calendar(ErrorCode::kLimit);
  return step_months(*this, static_cast<std::int64_t>(years.count()) * 12);
}

int Date::year() const {
  return static_cast<int>(year_month_day(days_).year());
}

unsigned Date::month() const {
  return static_cast<unsigned>(year_month_day(days_).month());
}

unsigned Date::day() const {
  return static_cast<unsigned>(year_month_day(days_).day());
}

std::string Date::to_string() const {
  std::array<char, 32> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", year(), month(), day());
  return {text.data(), static_cast<std::size_t>(size)};
}

void PrintTo(const Date& date, std::ostream* out) {
  *out << date.to_string();
}

bool DateRange::is_empty() const {
  return until && *until <= from;
}

bool DateRange::contains(Date date) const {
  return from <= date && (!until || date < *until);
}

bool DateRange::overlaps(const DateRange& other) const {
  return intersect(other).has_value();
}

std::optional<DateRange> DateRange::intersect(const DateRange& other) const {
  DateRange both{.from = std::max(from, other.from), .until = until};
  if (other.until && (!until || *other.until < *until)) both.until = other.until;
  if (both.is_empty()) return std::nullopt;
  return both;
}

std::string DateRange::to_string() const {
  return from.to_string() + ".." + (until ? until->to_string() : "");
}

}  // namespace rogatory::base
