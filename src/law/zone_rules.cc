// SPDX-License-Identifier: EUPL-1.2
#include "law/zone_rules.h"

#include <algorithm>

namespace rogatory::law {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_seconds;

/// The first moment in (`low`, `high`] whose offset is not that of `low`; the offset changes once
/// there. Nothing when the zone is unknown.
std::optional<sys_seconds> find_change(const ZoneRules& rules, std::string_view zone,
                                       sys_seconds low, sys_seconds high, seconds before) {
  while (high - low > seconds(1)) {
    const sys_seconds middle = low + (high - low) / 2;
    const auto offset = rules.offset_at(zone, middle);
    if (!offset) return std::nullopt;
    (*offset == before ? low : high) = middle;
  }
  return high;
}

}  // namespace

std::optional<sys_seconds> start_of_day(const ZoneRules& rules, std::string_view zone,
                                        std::chrono::sys_days day) {
  // No offset is larger than a day, and no zone changes twice within two: these bracket the change.
  const sys_seconds local = day;
  const sys_seconds early = local - hours(24);
  const sys_seconds late = local + hours(24);
  const auto before = rules.offset_at(zone, early);
  const auto after = rules.offset_at(zone, late);
  if (!before || !after) return std::nullopt;
  const sys_seconds old_midnight = local - *before;
  if (*before == *after) return old_midnight;
  const auto change = find_change(rules, zone, early, late, *before);
  if (!change) return std::nullopt;
  // After the change it is still the day before: midnight comes by the new offset.
  if (*change + *after < local) return local - *after;
  // Midnight came before the change, and the change does not go back over it; or the gap ate it.
  return std::min(old_midnight, *change);
}

}  // namespace rogatory::law
