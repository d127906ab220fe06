// SPDX-License-Identifier: EUPL-1.2
#include "render/pdf.h"
#include "rogatory/pdf_maker.h"

namespace rogatory::app {

base::Result<PdfMaker> pdf_maker(const Context& /*context*/) {
  return PdfMaker(render::to_pdf);
}

}  // namespace rogatory::app
