// SPDX-License-Identifier: EUPL-1.2
#include "base/instant.h"

#include <array>
#include <cstdio>
#include <optional>

namespace rogatory::base {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

/// Two digits at `at`, at most `most`.
std::optional<int> two_digits(std::string_view text, std::size_t at, int most) {
  const auto digit = [&](std::size_t i) {
    return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100;
  };
  const int value = digit(at) * 10 + digit(at + 1);
  if (value > most) return std::nullopt;
  return value;
}

std::optional<seconds> parse_offset(std::string_view text) {
  if (text == "Z") return seconds(0);
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto h = two_digits(text, 1, 23);
  const auto m = two_digits(text, 4, 59);
  if (!h || !m) return std::nullopt;
  const seconds out = hours(*h) + minutes(*m);
  return text[0] == '-' ? -out : out;
}

Error not_an_instant(std::string_view text) {
  return {.code = ErrorCode::kParse,
          .message = "`" + std::string(text) +
                     "` is no moment; write it with its offset, as 2026-11-24T16:30:00+01:00",
          .context = {},
          .place = {}};
}

}  // namespace

Result<Instant> Instant::parse(std::string_view text) {
  constexpr std::size_t kTime = 19;  // 2026-11-24T16:30:00
  if (text.size() <= kTime || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
    return not_an_instant(text);
  }
  const auto date = Date::parse(text.substr(0, 10));
  const auto h = two_digits(text, 11, 23);
  const auto m = two_digits(text, 14, 59);
  const auto s = two_digits(text, 17, 59);
  const auto offset = parse_offset(text.substr(kTime));
  if (!date.ok() || !h || !m || !s || !offset) return not_an_instant(text);
  const sys_seconds local = date->days() + hours(*h) + minutes(*m) + seconds(*s);
  return Instant(local - *offset, *offset);
}

Result<Instant> Instant::make(sys_seconds at, seconds offset) {
  const auto date = Date::from_days(floor<days>(at + offset));
  if (!date.ok()) return date.error();
  if (offset >= days(1) || offset <= -days(1)) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "an offset from UTC is less than a day",
                 .context = {},
                 .place = {}};
  }
  return Instant(at, offset);
}

Date Instant::local_date() const {
  return Date::from_days(floor<days>(utc_ + offset_)).value();
}

std::string Instant::to_string() const {
  const sys_seconds local = utc_ + offset_;
  const std::chrono::hh_mm_ss time(local - floor<days>(local));
  const auto whole = std::chrono::abs(std::chrono::duration_cast<minutes>(offset_)).count();
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  const std::string out = local_date().to_string() + text.data();
  if (whole == 0) return out + "Z";
  std::snprintf(text.data(), text.size(), "%c%02d:%02d", offset_.count() < 0 ? '-' : '+',
                static_cast<int>(whole / 60), static_cast<int>(whole % 60));
  return out + text.data();
}

}  // namespace rogatory::base
