// SPDX-License-Identifier: EUPL-1.2
// Where PDF is made: in this process, or in the program beside it. See CMakeLists.txt.
#pragma once

#include <string>

#include "base/result.h"
#include "render/print_document.h"
#include "rogatory/context.h"

namespace rogatory::app {

using PdfMaker = base::Result<std::string> (*)(const render::PrintDocument&);

/// In `rogatory-pdf`: what makes a PDF. In `rogatory`: runs `rogatory-pdf` with the same arguments
/// in place of this process, and returns only where that fails: kIo.
base::Result<PdfMaker> pdf_maker(const Context& context);

}  // namespace rogatory::app
