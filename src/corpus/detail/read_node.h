// SPDX-License-Identifier: EUPL-1.2
//
// Formulas and what every rule carries, from a document. Faults go to the cursor's list. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "corpus/detail/cursor.h"
#include "law/provision.h"

namespace rogatory::corpus::detail {

/// Cite, paraphrase and confidence of a mapping. `cite`, `confidence`, `source` and `pin` come from
/// `above` where the mapping does not say them. A mapping with a `source` of its own takes no `pin`
/// from above, one that calls itself `recalled` neither source nor pin: they belong to other words.
law::Citation read_citation(const Cursor& at, const law::Citation& above);

/// The node at `at`. Ids in `refer` without a prefix are those of `owner`.
law::Node read_node(const Cursor& at, const law::Citation& above, std::string_view owner);

/// None or one node under `key`.
std::vector<law::Node> read_node_under(const Cursor& at, std::string_view key,
                                       const law::Citation& above, std::string_view owner);

/// `from` and `until`; without `from`, from the earliest day on.
base::DateRange read_range(const Cursor& at);

/// How a Party made an option or a statement: `by: declaration` or `by: reservation`.
law::OptionBy read_option_by(const Cursor& at);

/// `owner:id`, or `id` itself when it has a prefix already.
std::string full_id(std::string_view owner, std::string_view id);

}  // namespace rogatory::corpus::detail
