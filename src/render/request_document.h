// SPDX-License-Identifier: EUPL-1.2
//
// A request as a document in one of the six languages: fixed wording in that language, free text as
// it was written and marked so, a table of elements with who says what, and an annex of the
// provisions named. Pure.
#pragma once

#include <string>

#include "base/date.h"
#include "base/result.h"
#include "law/law_book.h"
#include "render/print_document.h"
#include "request/check.h"
#include "request/draft.h"
#include "request/kind.h"

namespace rogatory::render {

/// The name of the request inside the PDF.
inline constexpr char kEmbeddedRequest[] = "request.json";

struct RequestDocumentOptions {
  Language language = Language::kEn;
  base::Date on;        ///< the day of the document
  std::string created;  ///< RFC 3339, UTC
};

/// Everything that the request says, what the check found, and the request itself (canonical JSON,
/// RFC 8785) as attachment. Errors: kConflict when facts of a count contradict each other.
[[nodiscard]] base::Result<PrintDocument> make_request_document(
    const law::LawBook& book, const request::KindBook& kinds, const request::Draft& draft,
    const request::CheckResult& check, const RequestDocumentOptions& options);

}  // namespace rogatory::render
