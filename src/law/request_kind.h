// SPDX-License-Identifier: EUPL-1.2
// The kinds of request for cooperation and their groups, as docs/formats/cooperation.md publishes
// them. Constants; any thread.
#pragma once

#include <array>
#include <string_view>

namespace rogatory::law {

struct RequestKind {
  std::string_view id;
  std::string_view group;
  bool is_assistance = false;  ///< part of what treaties call mutual legal assistance
};

/// Every kind once, in the order of the published table.
inline constexpr std::array<RequestKind, 26> kRequestKinds = {{
    {"preservation", "preservation", false},
    {"preservation_extension", "preservation", false},
    {"preservation_lapse", "preservation", false},
    {"traffic_disclosure", "disclosure", true},
    {"subscriber_information", "disclosure", true},
    {"stored_content", "stored", true},
    {"search_seizure", "stored", true},
    {"realtime_traffic", "realtime", true},
    {"interception", "realtime", true},
    {"statement", "persons", true},
    {"video_hearing", "persons", true},
    {"service_of_documents", "persons", true},
    {"emergency_assistance", "information", false},
    {"spontaneous_information", "information", false},
    {"technical_advice", "information", false},
    {"tracing", "assets", true},
    {"freezing", "assets", true},
    {"confiscation_direct", "assets", false},
    {"confiscation_own", "assets", false},
    {"asset_return", "assets", false},
    {"asset_sharing", "assets", false},
    {"extradition", "surrender", false},
    {"provisional_arrest", "surrender", false},
    {"transfer_sentenced", "transfer", false},
    {"transfer_proceedings", "transfer", false},
    {"joint_team", "team", false},
}};

[[nodiscard]] constexpr bool is_request_kind(std::string_view id) {
  for (const RequestKind& kind : kRequestKinds) {
    if (kind.id == id) return true;
  }
  return false;
}

}  // namespace rogatory::law
