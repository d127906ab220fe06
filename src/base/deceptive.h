// SPDX-License-Identifier: EUPL-1.2
//
// Characters that make a text read otherwise than it is: control characters other than the line
// feed, and the embeddings, overrides and isolates of the bidirectional algorithm (Unicode UAX #9;
// U+202A to U+202E, U+2066 to U+2069), which can show a text in another order than it has. The
// marks U+200E, U+200F and U+061C, which only settle the place of a full stop, may stand. Pure; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rogatory::base {

/// The first of them as `U+202E`; nothing when the text has none. The text is valid UTF-8.
[[nodiscard]] std::optional<std::string> find_deceptive(std::string_view text);

/// The text with U+FFFD in place of each of them and of each byte that is no UTF-8: what came from
/// somebody else, for a terminal.
[[nodiscard]] std::string mask_deceptive(std::string_view text);

}  // namespace rogatory::base
