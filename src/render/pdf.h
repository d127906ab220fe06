// SPDX-License-Identifier: EUPL-1.2
//
// A print document as PDF/A-3b (ISO 19005-3): A4 pages, Arabic from right to left, fonts embedded,
// attachments inside. Pango, Cairo and qpdf stay inside. Not thread-safe: the font map of Pango is
// per thread, so each thread may render its own document.
#pragma once

#include <string>

#include "base/result.h"
#include "render/print_document.h"

namespace rogatory::render {

/// The most pages of one document. A request has a few dozen; more is a mistake in the input.
inline constexpr int kMaxPages = 2'000;

/// The bytes of the PDF. Equal documents give equal bytes on one machine.
///
/// Errors: kInvalidArgument when `created` is no RFC 3339 UTC time or a text is no UTF-8;
/// kUnsupported naming the first character that no installed font can show, with the Debian package
/// of fonts to install; kLimit beyond kMaxPages; kInternal when a library fails.
[[nodiscard]] base::Result<std::string> to_pdf(const PrintDocument& document);

}  // namespace rogatory::render
