// SPDX-License-Identifier: EUPL-1.2
//
// A moment in time as people write it: to the second, with the offset of the place where it was
// written. Values: any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"

namespace rogatory::base {

/// `2026-11-24T16:30:00+01:00`. The offset is always given: a time without one is no moment.
class Instant final {
 public:
  /// Reads RFC 3339 with seconds and an offset (`Z` or `+hh:mm`), `T` between date and time. kParse
  /// for any other form, for days and times that do not exist, fractions and leap seconds.
  static Result<Instant> parse(std::string_view text);

  /// The moment, seen from `offset`. kInvalidArgument outside years 1 to 9999 there, and for an
  /// offset of a day or more.
  static Result<Instant> make(std::chrono::sys_seconds at, std::chrono::seconds offset);

  [[nodiscard]] std::chrono::sys_seconds utc() const { return utc_; }
  [[nodiscard]] std::chrono::seconds offset() const { return offset_; }
  /// The day of the calendar where it was written.
  [[nodiscard]] Date local_date() const;

  /// RFC 3339; `Z` for UTC. An offset that is no whole minute is cut to the minute.
  [[nodiscard]] std::string to_string() const;

 private:
  Instant(std::chrono::sys_seconds utc, std::chrono::seconds offset) : utc_(utc), offset_(offset) {}

  std::chrono::sys_seconds utc_;
  std::chrono::seconds offset_;
};

}  // namespace rogatory::base
