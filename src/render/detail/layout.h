// SPDX-License-Identifier: EUPL-1.2
//
// Breaks a document into pages with Pango. First everything is measured and cut into strips, each
// on its page; then the strips are drawn.
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "render/print_document.h"

namespace rogatory::render::detail {

// A4 in points (1/72 inch), ISO 216.
inline constexpr double kPageWidth = 595.276;
inline constexpr double kPageHeight = 841.89;
inline constexpr double kMargin = 62;
inline constexpr double kTextWidth = kPageWidth - 2 * kMargin;
inline constexpr double kTextTop = kMargin;
inline constexpr double kTextBottom = kPageHeight - kMargin;

struct FreeLayout {
  void operator()(PangoLayout* layout) const;
};
using LayoutPtr = std::unique_ptr<PangoLayout, FreeLayout>;

/// Lines `first` up to `last` of a text, drawn with their left edge at `x` and their top at `y`.
struct Strip {
  std::size_t text = 0;  ///< position in `Pages::texts`
  int first = 0;
  int last = 0;
  double x = 0;
  double y = 0;
};

/// A thin line from (x, y) to (x + width, y).
struct Rule {
  double x = 0;
  double y = 0;
  double width = 0;
};

struct Page {
  std::vector<Strip> strips;
  std::vector<Rule> rules;
};

struct Pages {
  std::vector<LayoutPtr> texts;
  std::vector<Page> pages;
};

/// Errors: kUnsupported for a character without glyph, kLimit for too many pages.
[[nodiscard]] base::Result<Pages> lay_out(PangoContext* context, const PrintDocument& document);

/// A text of one block as Pango lays it out in `width` points.
[[nodiscard]] LayoutPtr make_layout(PangoContext* context, const PrintDocument& document,
                                    const Passage& passage, Block::Kind kind, double width);

/// The first character for which no font has a glyph, as `U+1234`; empty when there is none.
[[nodiscard]] std::string missing_glyph(PangoLayout* layout);

/// Draws one page with its header and footer.
void draw_page(cairo_t* cairo, PangoContext* context, const PrintDocument& document,
               const Pages& pages, std::size_t page);

}  // namespace rogatory::render::detail
