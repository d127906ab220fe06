// SPDX-License-Identifier: EUPL-1.2
// Bases, grounds and clocks in reports: the parts that an offence has not.
#pragma once

#include <string>

#include "base/json.h"
#include "law/document.h"
#include "law/law_book.h"

namespace rogatory::law::detail {

/// `Art. 2: intent is required [found]`.
[[nodiscard]] std::string citation_words(const Citation& citation);

/// Adds `for`, and `basis`, `ground` or `clock`, where the provision has them.
void add_rule_json(const LawBook& book, const Provision& provision, base::JsonObject& out);

/// The same for a reader; nothing for provisions without them.
void write_rule(const LawBook& book, const Provision& provision, Document& out);

}  // namespace rogatory::law::detail
