// SPDX-License-Identifier: EUPL-1.2
//
// Invented time zones for tests of limits of time. Pure.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include "law/zone_rules.h"

namespace rogatory::test {

/// - `Fixed` never changes.
/// - `Summer` is an hour ahead from 2020-03-29 01:00 UTC until 2020-10-25 01:00 UTC.
/// - `Midnight` jumps over midnight on 2020-03-08 and repeats it on 2020-11-01: at 01:00 back to
///   00:00.
/// - `Across` jumps from 23:30 to 00:30 on 2020-03-07 and goes back over midnight on 2020-11-01: at
///   00:01 back to 23:01.
class FakeZones final : public law::ZoneRules {
 public:
  static constexpr std::array<std::string_view, 4> kNames = {"Fixed", "Summer", "Midnight",
                                                             "Across"};

  std::optional<std::chrono::seconds> offset_at(std::string_view zone,
                                                std::chrono::sys_seconds when) const override {
    using std::chrono::hours;
    using std::chrono::minutes;
    using std::chrono::sys_days;
    using namespace std::chrono_literals;
    const auto between = [&](std::chrono::sys_seconds from, std::chrono::sys_seconds until) {
      return when >= from && when < until;
    };
    if (zone == "Fixed") return hours(9);
    if (zone == "Summer") {
      const bool is_summer =
          between(sys_days(2020y / 3 / 29) + hours(1), sys_days(2020y / 10 / 25) + hours(1));
      return is_summer ? hours(2) : hours(1);
    }
    if (zone == "Midnight") {
      const bool is_summer =
          between(sys_days(2020y / 3 / 8) + hours(4), sys_days(2020y / 11 / 1) + hours(4));
      return is_summer ? -hours(3) : -hours(4);
    }
    if (zone == "Across") {
      const bool is_summer = between(sys_days(2020y / 3 / 8) + hours(3) + minutes(30),
                                     sys_days(2020y / 11 / 1) + hours(3) + minutes(1));
      return is_summer ? -hours(3) : -hours(4);
    }
    return std::nullopt;
  }
};

}  // namespace rogatory::test
