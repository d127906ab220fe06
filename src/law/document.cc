// SPDX-License-Identifier: EUPL-1.2
#include "law/document.h"

#include <algorithm>

#include "base/text.h"

namespace rogatory::law {
namespace {

/// The narrowest column that still reads well, and the gap between columns.
constexpr std::size_t kMinColumn = 8;
constexpr std::size_t kGap = 2;

using Rows = std::vector<std::vector<std::string>>;

std::vector<std::size_t> column_widths(const Rows& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < widths.size() && c < row.size(); ++c) {
      widths[c] = std::max(widths[c], base::count_characters(row[c]));
    }
  }
  const auto total = [&] {
    std::size_t sum = 0;
    for (const std::size_t w : widths) sum += w + kGap;
    return sum;
  };
  while (total() > kTextColumns) {
    const auto widest = std::ranges::max_element(widths);
    if (*widest <= kMinColumn) break;
    --*widest;
  }
  return widths;
}

/// At least one blank after the text: a word wider than its column does not run into the next.
std::string pad(std::string text, std::size_t width) {
  const std::size_t length = base::count_characters(text);
  text.append(length < width ? width - length : 1, ' ');
  return text;
}

std::string row_text(const std::vector<std::string>& row, const std::vector<std::size_t>& widths) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (std::size_t c = 0; c < widths.size(); ++c) {
    std::vector<std::string> lines;
    const std::string wrapped = base::wrap(c < row.size() ? row[c] : "", widths[c], 0);
    for (const std::string_view line : base::split(wrapped, '\n')) lines.emplace_back(line);
    height = std::max(height, lines.size());
    cells.push_back(std::move(lines));
  }
  std::string out;
  for (std::size_t line = 0; line < height; ++line) {
    std::string text;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      text += pad(line < cells[c].size() ? cells[c][line] : "", widths[c] + kGap);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  }
  return out;
}

std::string table_text(const Rows& rows) {
  const std::vector<std::size_t> widths = column_widths(rows);
  std::string out = row_text(rows.front(), widths);
  std::string rule;
  for (const std::size_t w : widths) rule += std::string(w, '-') + std::string(kGap, ' ');
  rule.erase(rule.find_last_not_of(' ') + 1);
  out += rule + "\n";
  for (std::size_t r = 1; r < rows.size(); ++r) out += row_text(rows[r], widths);
  return out;
}

std::string cell_markdown(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) {
    text.insert(at, "\\");
  }
  std::ranges::replace(text, '\n', ' ');
  return text;
}

std::string table_markdown(const Rows& rows) {
  std::string out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    out += "|";
    for (const std::string& cell : rows[r]) out += " " + cell_markdown(cell) + " |";
    out += "\n";
    if (r != 0) continue;
    out += "|";
    for (std::size_t c = 0; c < rows[r].size(); ++c) out += "---|";
    out += "\n";
  }
  return out;
}

std::string item_text(const std::string& text, int level) {
  const auto indent = static_cast<std::size_t>(level) * 2;
  std::string wrapped = base::wrap(text, kTextColumns - 2, indent + 2);
  if (wrapped.size() > indent) wrapped.replace(indent, 2, "- ");
  return wrapped;
}

}  // namespace

void Document::heading(int level, std::string text) {
  blocks_.push_back({.kind = Block::Kind::kHeading, .level = level, .text = std::move(text)});
}

void Document::paragraph(std::string text) {
  blocks_.push_back({.kind = Block::Kind::kParagraph, .level = 0, .text = std::move(text)});
}

void Document::item(std::string text, int depth) {
  blocks_.push_back({.kind = Block::Kind::kItem, .level = depth, .text = std::move(text)});
}

void Document::table(std::vector<std::string> header, std::vector<std::vector<std::string>> rows) {
  rows.insert(rows.begin(), std::move(header));
  blocks_.push_back({.kind = Block::Kind::kTable, .level = 0, .text = {}, .rows = std::move(rows)});
}

std::string Document::to_text() const {
  std::string out;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const Block& block = blocks_[i];
    const bool continues_list =
        i > 0 && block.kind == Block::Kind::kItem && blocks_[i - 1].kind == Block::Kind::kItem;
    if (i > 0 && !continues_list) out += "\n";
    switch (block.kind) {
      case Block::Kind::kHeading: {
        out += block.text + "\n";
        if (block.level > 2) break;
        const char rule = block.level == 1 ? '=' : '-';
        out += std::string(std::min(base::count_characters(block.text), kTextColumns), rule) + "\n";
        break;
      }
      case Block::Kind::kParagraph:
        out += base::wrap(block.text, kTextColumns, 0) + "\n";
        break;
      case Block::Kind::kItem:
        out += item_text(block.text, block.level) + "\n";
        break;
      case Block::Kind::kTable:
        out += table_text(block.rows);
        break;
    }
  }
  return out;
}

std::string Document::to_markdown() const {
  std::string out;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const Block& block = blocks_[i];
    const bool continues_list =
        i > 0 && block.kind == Block::Kind::kItem && blocks_[i - 1].kind == Block::Kind::kItem;
    if (i > 0 && !continues_list) out += "\n";
    switch (block.kind) {
      case Block::Kind::kHeading:
        out += std::string(static_cast<std::size_t>(block.level), '#') + " " + block.text + "\n";
        break;
      case Block::Kind::kParagraph:
        out += block.text + "\n";
        break;
      case Block::Kind::kItem:
        out +=
            std::string(static_cast<std::size_t>(block.level) * 2, ' ') + "- " + block.text + "\n";
        break;
      case Block::Kind::kTable:
        out += table_markdown(block.rows);
        break;
    }
  }
  return out;
}

}  // namespace rogatory::law
