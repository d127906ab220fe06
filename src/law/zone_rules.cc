// SPDX-License-Identifier: EUPL-1.2
#include "law/zone_rules.h"

#include <algorithm>

namespace rogatory::law {

std::optional<std::chrono::sys_seconds> start_of_day(const ZoneRules& rules, std::string_view zone,
                                                     std::chrono::sys_days day) {
  using std::chrono::hours;
  using std::chrono::sys_seconds;
  // Offsets a day before and after bracket any one change near midnight.
  const sys_seconds local = day;
  const auto before = rules.offset_at(zone, local - hours(24));
  const auto after = rules.offset_at(zone, local + hours(24));
  if (!before || !after) return std::nullopt;
  std::optional<sys_seconds> latest;
  for (const auto offset : {*before, *after}) {
    const sys_seconds candidate = local - offset;
    if (rules.offset_at(zone, candidate) != offset) continue;
    latest = latest ? std::max(*latest, candidate) : candidate;
  }
  // In a gap the clock jumps over midnight: the day begins where the old offset ends.
  return latest.value_or(local - *before);
}

}  // namespace rogatory::law
