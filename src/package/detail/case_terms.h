// SPDX-License-Identifier: EUPL-1.2
//
// The terms of CASE 1.4.0 and UCO 1.4.0 that are used here. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace rogatory::package {

inline constexpr std::string_view kActionType = "case-investigation:InvestigativeAction";
inline constexpr std::string_view kProvenanceType = "case-investigation:ProvenanceRecord";
inline constexpr std::string_view kFileType = "uco-observable:File";
inline constexpr std::string_view kFileFacetType = "uco-observable:FileFacet";
inline constexpr std::string_view kContentFacetType = "uco-observable:ContentDataFacet";
inline constexpr std::string_view kHashType = "uco-types:Hash";
inline constexpr std::string_view kRoleType = "uco-role:Role";

/// The prefixes; nothing is fetched to understand the graph.
base::JsonObject case_context();

/// `kb:<what>-<uuid>`, made from the SHA-256 of `key` in the layout of RFC 4122 that UCO asks for;
/// version 5 is the nearest that it knows.
std::string case_id(std::string_view what, std::string_view key);

/// True for what case_id gives.
bool is_case_id(std::string_view text);

}  // namespace rogatory::package
