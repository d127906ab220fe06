// SPDX-License-Identifier: EUPL-1.2
//
// Texts of a case or request that would read otherwise than they are, and ids that would be more
// than names. Pure.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "base/shape.h"

namespace rogatory::request::detail {

/// Refuses deceptive characters (base/deceptive.h) in every text and key of the value, with the
/// place.
[[nodiscard]] base::Result<void> check_texts(const base::Shape& root);

/// The longest id of a case: with the longest kind it still makes an id of a request.
inline constexpr std::size_t kMaxCaseId = 96;
inline constexpr std::size_t kMaxRequestId = 128;

/// The text of `id`: letters of ASCII, digits, `.`, `_`, `-`, first a letter or digit. It names
/// files, so nothing else may stand in it.
[[nodiscard]] base::Result<std::string> read_id(const base::Shape& root, std::size_t max_length);

}  // namespace rogatory::request::detail
