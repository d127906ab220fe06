// SPDX-License-Identifier: EUPL-1.2

#include "render/pdf.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <utility>

#include "base/text.h"
#include "render/detail/layout.h"
#include "render/detail/pdfa.h"

namespace rogatory::render {
namespace {

template <auto Free>
struct FreeWith {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using SurfacePtr = std::unique_ptr<cairo_surface_t, FreeWith<cairo_surface_destroy>>;
using CairoPtr = std::unique_ptr<cairo_t, FreeWith<cairo_destroy>>;
using ContextPtr = std::unique_ptr<PangoContext, FreeWith<g_object_unref>>;

base::Error error_of(base::ErrorCode code, std::string message) {
  return {.code = code, .message = std::move(message), .context = {}, .place = {}};
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

// `2026-11-24T10:00:00Z`, exactly.
bool is_utc_time(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00Z";
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == '0' ? !is_digit : text[i] != kShape[i]) return false;
  }
  return true;
}

// Paper has no pixels: glyphs stand where the font says. Rounded positions leave gaps within Arabic
// words, which readers take for spaces.
void use_exact_metrics(PangoContext* context) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context, 0);
}

base::Result<void> check(const PrintDocument& document) {
  if (!is_utc_time(document.created)) {
    return error_of(base::ErrorCode::kInvalidArgument,
                    "`" + document.created + "` is no time in UTC, such as 2026-11-24T10:00:00Z");
  }
  for (const Block& block : document.blocks) {
    if (!base::is_valid_utf8(block.passage.text)) {
      return error_of(base::ErrorCode::kInvalidArgument, "a text of the document is not UTF-8");
    }
  }
  return {};
}

}  // namespace

base::Result<std::string> to_pdf(const PrintDocument& document) {
  ROG_CHECKED(check(document));
  std::string plain;
  {
    const SurfacePtr surface(cairo_pdf_surface_create_for_stream(append, &plain, detail::kPageWidth,
                                                                 detail::kPageHeight));
    const CairoPtr cairo(cairo_create(surface.get()));
    const ContextPtr context(pango_cairo_create_context(cairo.get()));
    use_exact_metrics(context.get());
    ROG_TRY(const detail::Pages pages, detail::lay_out(context.get(), document));
    for (std::size_t page = 0; page < pages.pages.size(); ++page) {
      detail::draw_page(cairo.get(), context.get(), document, pages, page);
      cairo_show_page(cairo.get());
    }
    cairo_surface_finish(surface.get());
    if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) {
      return error_of(base::ErrorCode::kInternal, std::string("the pages could not be drawn: ") +
                                                      cairo_status_to_string(status));
    }
  }
  return detail::to_pdf_a(plain, document);
}

}  // namespace rogatory::render
