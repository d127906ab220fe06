// SPDX-License-Identifier: EUPL-1.2
// Answers on cooperation as JSON and as documents: legal bases, grounds, surrender, clocks. Both
// show citations, confidence and what is not known. Pure; any thread.
#pragma once

#include "base/json.h"
#include "law/basis.h"
#include "law/document.h"
#include "law/law_book.h"

namespace rogatory::law {

/// `bases`, `channels`, `not_available`, `bilateral`, `reciprocity`, `none_known`, `warnings`.
[[nodiscard]] base::JsonObject basis_json(const LawBook& book, const BasisAnswer& answer);
void write_bases(const LawBook& book, const BasisAnswer& answer, Document& out);

}  // namespace rogatory::law
