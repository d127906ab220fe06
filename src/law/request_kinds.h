// SPDX-License-Identifier: EUPL-1.2
// The kinds of request for cooperation and their groups, by their published names
// (docs/formats/cooperation.md).
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace rogatory::law {

struct RequestKind {
  std::string_view id;
  std::string_view group;
};

/// Every kind once, those of a group together.
inline constexpr std::array kRequestKinds = std::to_array<RequestKind>({
    {"preservation", "preservation"},
    {"preservation_extension", "preservation"},
    {"preservation_lapse", "preservation"},
    {"traffic_disclosure", "disclosure"},
    {"subscriber_information", "disclosure"},
    {"stored_content", "stored"},
    {"search_seizure", "stored"},
    {"realtime_traffic", "realtime"},
    {"interception", "realtime"},
    {"statement", "persons"},
    {"video_hearing", "persons"},
    {"service_of_documents", "persons"},
    {"emergency_assistance", "information"},
    {"spontaneous_information", "information"},
    {"technical_advice", "information"},
    {"tracing", "assets"},
    {"freezing", "assets"},
    {"confiscation_direct", "assets"},
    {"confiscation_own", "assets"},
    {"asset_return", "assets"},
    {"asset_sharing", "assets"},
    {"extradition", "surrender"},
    {"provisional_arrest", "surrender"},
    {"transfer_sentenced", "transfer"},
    {"transfer_proceedings", "transfer"},
    {"joint_team", "team"},
});

/// What treaties call mutual legal assistance: kinds and groups that `assistance` stands for.
inline constexpr std::array<std::string_view, 6> kAssistance = {
    "disclosure", "stored", "realtime", "persons", "tracing", "freezing"};

/// The kind of that id; null when there is none.
[[nodiscard]] const RequestKind* find_request_kind(std::string_view id);

/// The kinds that `name` stands for, in the order of the table: a group (also where a kind has the
/// same name, as `preservation`), a kind, `assistance` or `all`. Empty when it is none of these.
[[nodiscard]] std::vector<std::string_view> kinds_named(std::string_view name);

/// The kinds that any of `names` stands for, each once, in the order of the table.
[[nodiscard]] std::vector<std::string_view> kinds_named(std::span<const std::string_view> names);

}  // namespace rogatory::law
