// SPDX-License-Identifier: EUPL-1.2
//
// Text of Arabic ligatures for readers of the PDF. Cairo writes the text of each ligature of lam
// with alef or alef maksura twice: as the letters of a marked span (`/ActualText`) and in the
// font's map. Readers that set a line from right to left take the letters of the span from left to
// right and swap them; the font's map, one presentation form (U+FEF5 to U+FEFC, U+FC43) that
// decomposes to the two letters, is read well.
#pragma once

#include <qpdf/QPDF.hh>

namespace rogatory::render::detail {

/// Takes the marked spans of those ligatures out of every page of `pdf`.
void unmark_ligatures(QPDF& pdf);

}  // namespace rogatory::render::detail
