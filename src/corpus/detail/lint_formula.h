// SPDX-License-Identifier: EUPL-1.2
//
// Lint rules that provisions, instruments and States share: of formulas and citations.
#pragma once

#include <string>
#include <string_view>

#include "corpus/detail/lint_index.h"
#include "law/provision.h"

namespace rogatory::corpus::detail {

/// `id` in backticks.
std::string ticked(std::string_view id);

/// What any node must satisfy, wherever it stands: known names, units, scopes.
void lint_node(LintIndex& index, const law::Node& node);

/// A formula whose leaves are elements of the rule: each has id, cite and paraphrase.
void lint_formula(LintIndex& index, const law::Node& formula);

/// A formula that only picks out conduct.
void lint_condition(LintIndex& index, const law::Node& formula);

/// The id, cite and paraphrase of an element, exception, option or reading.
void lint_texts(LintIndex& index, std::string_view what, const std::string& id,
                const law::Citation& citation);

/// `found` means that somebody read it: there is a source and a place in it. What only inherits the
/// fault of `above` is not told again.
void lint_found(LintIndex& index, const law::Citation& citation, const law::Citation& above);

}  // namespace rogatory::corpus::detail
