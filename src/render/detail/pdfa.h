// SPDX-License-Identifier: EUPL-1.2
//
// Makes a plain PDF a PDF/A-3b: metadata in XMP and in the information dictionary alike, output
// intent, attachments with their relationship, file identifier (ISO 19005-3 6.2, 6.6, 6.8).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "render/print_document.h"

namespace rogatory::render::detail {

/// `plain` as Cairo wrote it. Errors: kInternal when it cannot be read or written.
[[nodiscard]] base::Result<std::string> to_pdf_a(std::string_view plain,
                                                 const PrintDocument& document);

/// The XMP packet.
[[nodiscard]] std::string xmp_packet(const PrintDocument& document);

}  // namespace rogatory::render::detail
