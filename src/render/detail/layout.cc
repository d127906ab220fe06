// SPDX-License-Identifier: EUPL-1.2

#include "render/detail/layout.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <span>
#include <utility>

#include "render/pdf.h"

namespace rogatory::render::detail {
namespace {

constexpr char kFonts[] = "Noto Sans, Noto Sans Arabic, Noto Sans CJK SC";
constexpr double kCellPadding = 3;
constexpr double kLineSpacing = 1.12;
constexpr double kBulletIndent = 12;
/// What must fit below a heading for it to stay on the page.
constexpr double kKeepWithHeading = 60;
/// A table of so few rows is not parted where it fits on a third of a page.
constexpr std::size_t kFewRows = 8;
/// How many short texts may stand between a heading and the table that it announces.
constexpr std::size_t kCaptions = 2;
constexpr double kRunningTextSize = 7.5;

struct Style {
  double size = 10;
  double space_before = 6;
  bool is_bold = false;
};

Style style_of(Block::Kind kind) {
  switch (kind) {
    case Block::Kind::kTitle:
      return {.size = 17, .space_before = 0, .is_bold = true};
    case Block::Kind::kHeading:
      return {.size = 12, .space_before = 16, .is_bold = true};
    case Block::Kind::kParagraph:
      return {};
    case Block::Kind::kItem:
      return {.size = 10, .space_before = 3};
    case Block::Kind::kNote:
      return {.size = 8, .space_before = 5};
    case Block::Kind::kTable:
      return {.size = 9, .space_before = 8};
  }
  return {};
}

LayoutPtr layout_of(PangoContext* context, std::string_view text, std::string_view language,
                    double size, bool is_bold, double width) {
  LayoutPtr layout(pango_layout_new(context));
  PangoFontDescription* font = pango_font_description_from_string(kFonts);
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  if (is_bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);

  PangoAttrList* attributes = pango_attr_list_new();
  const std::string tag(language);
  pango_attr_list_insert(attributes,
                         pango_attr_language_new(pango_language_from_string(tag.c_str())));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);

  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  return layout;
}

PangoDirection direction_of(Language language) {
  return is_right_to_left(language) ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
}

PangoAlignment alignment_of(Language language) {
  return is_right_to_left(language) ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/// The height of a line with the space below it, in points.
double line_height(PangoLayoutIter* iter) {
  PangoRectangle logical;
  pango_layout_iter_get_line_extents(iter, nullptr, &logical);
  return kLineSpacing * logical.height / PANGO_SCALE;
}

/// The heights of the lines of a text, in points.
std::vector<double> line_heights(PangoLayout* layout) {
  std::vector<double> heights;
  PangoLayoutIter* iter = pango_layout_get_iter(layout);
  do {
    heights.push_back(line_height(iter));
  } while (pango_layout_iter_next_line(iter) != 0);
  pango_layout_iter_free(iter);
  return heights;
}

/// A text on its way onto pages: what of it is placed already.
struct Flowing {
  std::size_t text = 0;
  std::vector<double> heights;
  double baseline = 0;  ///< of the first line, below its top
  std::size_t next = 0;

  [[nodiscard]] bool is_done() const { return next >= heights.size(); }
  [[nodiscard]] double rest() const {
    return std::accumulate(heights.begin() + static_cast<std::ptrdiff_t>(next), heights.end(), 0.0);
  }
};

class Paginator {
 public:
  Paginator(PangoContext* context, const PrintDocument& document)
      : context_(context), document_(document) {
    new_page();
  }

  base::Result<Pages> run() {
    const std::span blocks(document_.blocks);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].kind == Block::Kind::kTable) {
        add_table(blocks[i].table);
      } else {
        add_text(blocks[i], blocks.subspan(i + 1));
      }
      if (!fault_.message.empty()) return fault_;
    }
    return std::move(pages_);
  }

 private:
  void new_page() {
    if (pages_.pages.size() >= static_cast<std::size_t>(kMaxPages)) {
      fail(base::ErrorCode::kLimit,
           "the document has more than " + std::to_string(kMaxPages) + " pages");
      return;
    }
    pages_.pages.emplace_back();
    y_ = kTextTop;
  }

  void fail(base::ErrorCode code, std::string message) {
    if (fault_.message.empty()) {
      fault_ = {.code = code, .message = std::move(message), .context = {}, .place = {}};
    }
  }

  [[nodiscard]] bool is_stopped() const { return !fault_.message.empty(); }
  [[nodiscard]] double left() const { return kTextBottom - y_; }

  Flowing shape(const Passage& passage, Block::Kind kind, double width) {
    LayoutPtr layout = make_layout(context_, document_, passage, kind, width);
    if (const std::string missing = missing_glyph(layout.get()); !missing.empty()) {
      fail(base::ErrorCode::kUnsupported,
           "no installed font shows the character " + missing +
               "; install the Debian packages fonts-noto-core and fonts-noto-cjk");
    }
    Flowing flowing{
        .text = pages_.texts.size(),
        .heights = line_heights(layout.get()),
        .baseline = static_cast<double>(pango_layout_get_baseline(layout.get())) / PANGO_SCALE};
    pages_.texts.push_back(std::move(layout));
    return flowing;
  }

  /// Places as many lines of `flowing` as fit in `room`; returns the height used.
  double place(Flowing& flowing, double x, double y, double room) {
    const std::size_t first = flowing.next;
    double used = 0;
    while (!flowing.is_done() && used + flowing.heights[flowing.next] <= room) {
      used += flowing.heights[flowing.next++];
    }
    if (flowing.next > first) {
      pages_.pages.back().strips.push_back({.text = flowing.text,
                                            .first = static_cast<int>(first),
                                            .last = static_cast<int>(flowing.next),
                                            .x = x,
                                            .y = y});
    }
    return used;
  }

  /// The height of a text, measured and thrown away.
  double height_of_text(const Block& block) {
    const std::size_t kept = pages_.texts.size();
    const double height = shape(block.passage, block.kind, kTextWidth).rest();
    pages_.texts.resize(kept);
    return height + style_of(block.kind).space_before;
  }

  /// What has to stay with a heading: some lines of a text, or the beginning of the table that it
  /// announces with what stands between.
  double start_of(std::span<const Block> next) {
    double height = 0;
    for (std::size_t i = 0; i < next.size() && i <= kCaptions; ++i) {
      if (next[i].kind == Block::Kind::kTable) {
        const auto columns = columns_of(next[i].table);
        return height + style_of(Block::Kind::kTable).space_before +
               start_height(next[i].table, columns);
      }
      height += height_of_text(next[i]);
      if (next[i].kind != Block::Kind::kParagraph || height > kKeepWithHeading) break;
    }
    return kKeepWithHeading;
  }

  void add_text(const Block& block, std::span<const Block> next) {
    const Style style = style_of(block.kind);
    if (y_ > kTextTop) y_ += style.space_before;
    Flowing flowing = shape(block.passage, block.kind, kTextWidth);
    const bool is_heading = block.kind == Block::Kind::kHeading;
    if (is_heading && left() < flowing.rest() + start_of(next)) new_page();
    while (!flowing.is_done() && !is_stopped()) {
      const double used = place(flowing, kMargin, y_, left());
      y_ += used;
      if (!flowing.is_done()) new_page();
    }
  }

  /// Left edge and width of each column; the first column of Arabic is at the right.
  std::vector<std::pair<double, double>> columns_of(const Table& table) const {
    const int sum = std::accumulate(table.widths.begin(), table.widths.end(), 0);
    std::vector<std::pair<double, double>> columns;
    double x = kMargin;
    for (const int share : table.widths) {
      const double width = kTextWidth * share / sum;
      columns.emplace_back(x, width);
      x += width;
    }
    if (is_right_to_left(document_.language)) {
      for (auto& [edge, width] : columns) edge = kPageWidth - edge - width;
    }
    return columns;
  }

  void add_rule() {
    pages_.pages.back().rules.push_back({.x = kMargin, .y = y_, .width = kTextWidth});
  }

  std::vector<Flowing> shape_row(const std::vector<Passage>& cells,
                                 std::span<const std::pair<double, double>> columns,
                                 bool is_header) {
    std::vector<Flowing> row;
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
      Passage cell = cells[i];
      cell.is_strong = cell.is_strong || is_header;
      row.push_back(shape(cell, Block::Kind::kTable, columns[i].second - 2 * kCellPadding));
    }
    return row;
  }

  /// How far a cell moves down so that the first lines of a row stand on one baseline: scripts
  /// differ in height.
  static double drop_of(const Flowing& cell, std::span<const Flowing> row) {
    double lowest = 0;
    for (const Flowing& other : row) {
      if (other.next == 0) lowest = std::max(lowest, other.baseline);
    }
    return cell.next == 0 ? lowest - cell.baseline : 0;
  }

  static double height_of(std::span<const Flowing> row) {
    double height = 0;
    for (const Flowing& cell : row) height = std::max(height, drop_of(cell, row) + cell.rest());
    return height + 2 * kCellPadding;
  }

  static double needed_for(std::span<const Flowing> row) {
    const bool is_splittable = height_of(row) > (kTextBottom - kTextTop) / 3;
    return is_splittable ? kKeepWithHeading : height_of(row);
  }

  /// The height of what may not be parted at the beginning of a table, measured and thrown away:
  /// all of a small one, else its head with its first row.
  double start_height(const Table& table, std::span<const std::pair<double, double>> columns) {
    const std::size_t kept = pages_.texts.size();
    double head = 0;
    if (!table.header.empty())
      head = height_of(shape_row(table.header, columns, /*is_header=*/true));
    double first = 0;
    double all = 0;
    for (std::size_t i = 0; i < table.rows.size() && i <= kFewRows; ++i) {
      const std::vector<Flowing> row = shape_row(table.rows[i], columns, /*is_header=*/false);
      if (i == 0) first = needed_for(row);
      all += height_of(row);
    }
    pages_.texts.resize(kept);
    const bool is_small =
        table.rows.size() <= kFewRows && head + all <= (kTextBottom - kTextTop) / 3;
    return head + (is_small ? all : first);
  }

  void add_header(const Table& table, std::span<const std::pair<double, double>> columns) {
    if (table.header.empty()) return;
    std::vector<Flowing> row = shape_row(table.header, columns, /*is_header=*/true);
    place_row(row, columns);
  }

  /// Places what fits of a row on this page.
  void place_row(std::vector<Flowing>& row, std::span<const std::pair<double, double>> columns) {
    double used = 0;
    const double room = left() - 2 * kCellPadding;
    std::vector<double> drops;
    for (const Flowing& cell : row) drops.push_back(drop_of(cell, row));
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double x = columns[i].first + kCellPadding;
      const double y = y_ + kCellPadding + drops[i];
      used = std::max(used, drops[i] + place(row[i], x, y, room - drops[i]));
    }
    y_ += used + 2 * kCellPadding;
    add_rule();
  }

  void add_table(const Table& table) {
    const auto columns = columns_of(table);
    y_ += style_of(Block::Kind::kTable).space_before;
    if (left() < start_height(table, columns)) new_page();
    add_rule();
    add_header(table, columns);
    for (const auto& cells : table.rows) {
      std::vector<Flowing> row = shape_row(cells, columns, /*is_header=*/false);
      if (left() < needed_for(row)) continue_on_new_page(table, columns);
      place_row(row, columns);
      while (!std::ranges::all_of(row, &Flowing::is_done) && !is_stopped()) {
        continue_on_new_page(table, columns);
        place_row(row, columns);
      }
      if (is_stopped()) return;
    }
  }

  void continue_on_new_page(const Table& table,
                            std::span<const std::pair<double, double>> columns) {
    new_page();
    add_rule();
    add_header(table, columns);
  }

  PangoContext* context_;
  const PrintDocument& document_;
  Pages pages_;
  double y_ = kTextTop;
  base::Error fault_;
};

void draw_strip(cairo_t* cairo, PangoLayout* layout, const Strip& strip) {
  PangoLayoutIter* iter = pango_layout_get_iter(layout);
  double y = strip.y;
  for (int line = 0; line < strip.last; ++line) {
    if (line >= strip.first) {
      PangoRectangle logical;
      pango_layout_iter_get_line_extents(iter, nullptr, &logical);
      const int baseline = pango_layout_iter_get_baseline(iter) - logical.y;
      cairo_move_to(cairo, strip.x + static_cast<double>(logical.x) / PANGO_SCALE,
                    y + static_cast<double>(baseline) / PANGO_SCALE);
      pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(iter));
      y += line_height(iter);
    }
    pango_layout_iter_next_line(iter);
  }
  pango_layout_iter_free(iter);
}

std::string with_numbers(std::string pattern, std::size_t page, std::size_t pages) {
  const auto replace = [&pattern](std::string_view name, std::size_t number) {
    if (const auto at = pattern.find(name); at != std::string::npos) {
      pattern.replace(at, name.size(), std::to_string(number));
    }
  };
  replace("{page}", page);
  replace("{pages}", pages);
  return pattern;
}

void draw_running_text(cairo_t* cairo, PangoContext* context, const PrintDocument& document,
                       const std::string& text, double y) {
  if (text.empty()) return;
  const LayoutPtr layout = layout_of(context, text, to_text(document.language), kRunningTextSize,
                                     /*is_bold=*/false, kTextWidth);
  pango_layout_set_auto_dir(layout.get(), 0);
  pango_layout_set_alignment(layout.get(), alignment_of(document.language));
  cairo_move_to(cairo, kMargin, y);
  pango_cairo_show_layout(cairo, layout.get());
}

}  // namespace

void FreeLayout::operator()(PangoLayout* layout) const {
  g_object_unref(layout);
}

LayoutPtr make_layout(PangoContext* context, const PrintDocument& document, const Passage& passage,
                      Block::Kind kind, double width) {
  const Style style = style_of(kind);
  const bool is_own = passage.language.empty();
  const std::string_view language = is_own ? to_text(document.language) : passage.language;
  const bool is_item = kind == Block::Kind::kItem;
  const std::string text = is_item ? "\u2022 " + passage.text : passage.text;
  LayoutPtr layout =
      layout_of(context, text, language, style.size, style.is_bold || passage.is_strong, width);
  // The document's own text follows its direction even where it begins with a foreign name; text of
  // another language follows its own.
  pango_layout_set_auto_dir(layout.get(), is_own ? 0 : 1);
  pango_layout_set_alignment(layout.get(), alignment_of(document.language));
  if (is_item)
    pango_layout_set_indent(layout.get(), static_cast<int>(-kBulletIndent * PANGO_SCALE));
  return layout;
}

std::string missing_glyph(PangoLayout* layout) {
  if (pango_layout_get_unknown_glyphs_count(layout) == 0) return {};
  PangoLayoutIter* iter = pango_layout_get_iter(layout);
  std::string missing;
  do {
    const PangoLayoutRun* run = pango_layout_iter_get_run_readonly(iter);
    if (run == nullptr) continue;
    const std::span glyphs(run->glyphs->glyphs, static_cast<std::size_t>(run->glyphs->num_glyphs));
    for (const PangoGlyphInfo& glyph : glyphs) {
      if ((glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0 || glyph.glyph == PANGO_GLYPH_EMPTY)
        continue;
      std::array<char, 16> name{};
      std::snprintf(name.data(), name.size(), "U+%04X", glyph.glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
      missing = name.data();
      break;
    }
  } while (missing.empty() && pango_layout_iter_next_run(iter) != 0);
  pango_layout_iter_free(iter);
  return missing;
}

base::Result<Pages> lay_out(PangoContext* context, const PrintDocument& document) {
  pango_context_set_base_dir(context, direction_of(document.language));
  return Paginator(context, document).run();
}

void draw_page(cairo_t* cairo, PangoContext* context, const PrintDocument& document,
               const Pages& pages, std::size_t page) {
  cairo_set_source_rgb(cairo, 0, 0, 0);
  cairo_set_line_width(cairo, 0.4);
  for (const Rule& rule : pages.pages[page].rules) {
    cairo_move_to(cairo, rule.x, rule.y);
    cairo_line_to(cairo, rule.x + rule.width, rule.y);
    cairo_stroke(cairo);
  }
  for (const Strip& strip : pages.pages[page].strips) {
    draw_strip(cairo, pages.texts[strip.text].get(), strip);
  }
  draw_running_text(cairo, context, document, document.header, kMargin / 2);
  draw_running_text(cairo, context, document,
                    with_numbers(document.footer, page + 1, pages.pages.size()),
                    kPageHeight - kMargin / 1.6);
}

}  // namespace rogatory::render::detail
