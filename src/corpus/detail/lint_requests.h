// SPDX-License-Identifier: EUPL-1.2
//
// Lint rules of `requests/<kind>.yaml`, `requests/contents.yaml` and `requests/wording.yaml`, which
// are kept as documents.
#pragma once

#include "corpus/detail/lint_index.h"

namespace rogatory::corpus::detail {

void lint_request_kind(const CorpusFile& file, LintIndex& index);
void lint_request_contents(const CorpusFile& file, LintIndex& index);
void lint_wording(const CorpusFile& file, LintIndex& index);

}  // namespace rogatory::corpus::detail
