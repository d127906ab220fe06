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

/// The moment from which it is `day` or later in `zone`, for good: the day before is over then.
/// - Midnight comes twice (the clocks go back from 01:00 to 00:00): the first one, as it is `day`
///   from then on.
/// - The clocks go back over midnight (from 00:01 to 23:01): the second one, as the day before goes
///   on until then.
/// - Midnight does not exist: the first moment after the gap.
/// Nothing for an unknown zone.
[[nodiscard]] std::optional<std::chrono::sys_seconds> start_of_day(const ZoneRules& rules,
                                                                   std::string_view zone,
                                                                   std::chrono::sys_days day);

}  // namespace rogatory::law
