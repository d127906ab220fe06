// SPDX-License-Identifier: EUPL-1.2
//
// JSON as YAML of the strict subset that the project reads, for people: every text is quoted unless
// it has several lines, which become a block. Pure.
#pragma once

#include <string>

#include "base/json.h"

namespace rogatory::request::detail {

/// Reads back to an equal value. Ends with a newline.
[[nodiscard]] std::string write_yaml(const base::JsonObject& value);

}  // namespace rogatory::request::detail
