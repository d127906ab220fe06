// SPDX-License-Identifier: EUPL-1.2
//
// Texts that people type, made comparable. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace rogatory::vault::detail {

/// The first text in a value that is not UTF-8, as the name of its innermost member; nothing when
/// all are.
std::optional<std::string> find_bad_text(const base::Json& value, std::string_view name = {});

/// Valid UTF-8 without blanks at both ends: those of Unicode (White_Space), and marks without
/// width.
std::string_view trim_blanks(std::string_view text);

/// Equal for names that differ in case, Unicode normalisation or blanks alone. `text` must be valid
/// UTF-8.
std::string folded_person(std::string_view text);

}  // namespace rogatory::vault::detail
