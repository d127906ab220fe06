// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/icu_zones.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <memory>

namespace rogatory::app {

std::optional<std::chrono::seconds> IcuZones::offset_at(std::string_view zone,
                                                        std::chrono::sys_seconds at) const {
  if (zone.empty()) return std::nullopt;
  const icu::UnicodeString id = icu::UnicodeString::fromUTF8(
      icu::StringPiece(zone.data(), static_cast<std::int32_t>(zone.size())));
  const std::unique_ptr<icu::TimeZone> rules(icu::TimeZone::createTimeZone(id));
  // ICU answers an unknown name with the zone Etc/Unknown.
  if (rules == nullptr || *rules == icu::TimeZone::getUnknown()) return std::nullopt;
  std::int32_t raw_ms = 0;
  std::int32_t daylight_ms = 0;
  UErrorCode status = U_ZERO_ERROR;
  const auto ms = static_cast<UDate>(at.time_since_epoch().count()) * 1000.0;
  rules->getOffset(ms, /*local=*/0, raw_ms, daylight_ms, status);
  if (U_FAILURE(status) != 0) return std::nullopt;
  return std::chrono::seconds((raw_ms + daylight_ms) / 1000);
}

}  // namespace rogatory::app
