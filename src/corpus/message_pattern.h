// SPDX-License-Identifier: EUPL-1.2
//
// The arguments of an ICU message pattern. Pure.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace rogatory::corpus {

/// The names of the arguments of `pattern`, those inside plural and select forms included; nothing
/// when the braces do not match, an argument has no name, or forms nest deeper than eight levels.
/// Text between `'{` and `'` is literal, `''` is an apostrophe, as is one before any other letter.
std::optional<std::set<std::string>> argument_names(std::string_view pattern);

}  // namespace rogatory::corpus
