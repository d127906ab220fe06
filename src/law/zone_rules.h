// SPDX-License-Identifier: EUPL-1.2
// The port to a time zone database: this room is pure and knows none. Apps give the implementation.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace rogatory::law {

class ZoneRules {
 public:
  virtual ~ZoneRules() = default;

  /// The offset from UTC that holds in `zone` (IANA name) at that moment; nothing for an unknown
  /// zone. Must be safe to call from any thread.
  [[nodiscard]] virtual std::optional<std::chrono::seconds> offset_at(
      std::string_view zone, std::chrono::sys_seconds at) const = 0;
};

/// The moment at which the day of the calendar `days` begins in `zone`. Where midnight does not
/// exist that is the first moment of the day; where it comes twice, the later one. Nothing for an
/// unknown zone.
[[nodiscard]] std::optional<std::chrono::sys_seconds> start_of_day(const ZoneRules& rules,
                                                                   std::string_view zone,
                                                                   std::chrono::sys_days day);

}  // namespace rogatory::law
