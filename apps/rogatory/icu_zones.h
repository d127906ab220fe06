// SPDX-License-Identifier: EUPL-1.2
// Time zones of the IANA database, as ICU brings them.
#pragma once

#include "law/zone_rules.h"

namespace rogatory::app {

/// Answers from ICU's own tables, not from the machine's settings. Any thread.
class IcuZones final : public law::ZoneRules {
 public:
  [[nodiscard]] std::optional<std::chrono::seconds> offset_at(
      std::string_view zone, std::chrono::sys_seconds at) const override;
};

}  // namespace rogatory::app
