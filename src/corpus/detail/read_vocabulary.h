// SPDX-License-Identifier: EUPL-1.2
//
// Terms, groups, entailments and quantities from a vocabulary file. Pure.
#pragma once

#include "corpus/detail/cursor.h"
#include "law/vocabulary.h"

namespace rogatory::corpus::detail {

/// Adds what the file says to `vocabulary`.
void read_vocabulary(const Cursor& root, law::Vocabulary& vocabulary);

}  // namespace rogatory::corpus::detail
