// SPDX-License-Identifier: EUPL-1.2
//
// A print document as plain text in UTF-8, in logical order: a terminal or editor that knows the
// Unicode bidirectional algorithm shows Arabic from right to left. Pure.
#pragma once

#include <string>

#include "render/print_document.h"

namespace rogatory::render {

/// Columns of plain text; a Chinese character takes two.
inline constexpr std::size_t kPlainTextColumns = 80;

[[nodiscard]] std::string to_plain_text(const PrintDocument& document);

}  // namespace rogatory::render
