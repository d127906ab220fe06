// SPDX-License-Identifier: EUPL-1.2
//
// Lint rules of bases, grounds and clocks, and of who is bound by an instrument.
#pragma once

#include "corpus/detail/lint_index.h"
#include "law/provision.h"

namespace rogatory::corpus::detail {

/// `for`, `basis`, `ground` and `clock` of a provision.
void lint_rule(LintIndex& index, const law::Provision& provision);

/// Class, Parties, signatories, extensions and statements of an instrument.
void lint_bound(LintIndex& index, const law::Instrument& instrument);

}  // namespace rogatory::corpus::detail
