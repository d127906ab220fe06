// SPDX-License-Identifier: EUPL-1.2

#include "render/plain_text.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace rogatory::render {
namespace {

std::size_t columns_of(const icu::UnicodeString& text) {
  std::size_t columns = 0;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    const bool is_mark = u_getCombiningClass(c) != 0;
    if (is_mark) continue;
    columns += width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
  }
  return columns;
}

/// The pieces between which a line may break (Unicode Standard Annex 14), Chinese included.
std::vector<icu::UnicodeString> pieces_of(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) return {text};
  breaks->setText(text);
  std::vector<icu::UnicodeString> pieces;
  int32_t from = 0;
  for (int32_t to = breaks->next(); to != icu::BreakIterator::DONE; to = breaks->next()) {
    pieces.emplace_back(text, from, to - from);
    from = to;
  }
  return pieces;
}

class Writer {
 public:
  void blank() {
    if (!out_.empty()) out_ += '\n';
  }

  /// `first` stands before the first line, within the indent.
  void write(const std::string& text, std::size_t indent, std::string_view first = {}) {
    line_ = std::string(first) + std::string(indent - std::min(indent, first.size()), ' ');
    used_ = indent;
    gap_.clear();
    for (const icu::UnicodeString& piece : pieces_of(icu::UnicodeString::fromUTF8(text))) {
      add(piece, indent);
    }
    end_line(indent);
  }

  void underline(const std::string& text, char with) {
    const std::size_t columns = columns_of(icu::UnicodeString::fromUTF8(text));
    out_ += std::string(std::min(columns, kPlainTextColumns), with) + '\n';
  }

  std::string take() { return std::move(out_); }

 private:
  void add(icu::UnicodeString piece, std::size_t indent) {
    const bool ends_line = piece.endsWith(u"\n");
    const bool has_space = piece.endsWith(u" ");
    piece.trim();
    const std::size_t columns = columns_of(piece);
    const bool is_full = used_ + gap_.size() + columns > kPlainTextColumns;
    if (is_full && used_ > indent) end_line(indent);
    line_ += gap_;
    used_ += gap_.size() + columns;
    piece.toUTF8String(line_);
    gap_ = has_space ? " " : "";
    if (ends_line) end_line(indent);
  }

  void end_line(std::size_t indent) {
    if (used_ > indent) out_ += line_ + '\n';
    line_ = std::string(indent, ' ');
    used_ = indent;
    gap_.clear();
  }

  std::string out_;
  std::string line_;
  std::size_t used_ = 0;
  std::string gap_;
};

// A row is a list of its cells, each under the heading of its column.
void write_table(Writer& writer, const Table& table, Language language) {
  constexpr std::size_t kIndent = 4;
  for (const auto& row : table.rows) {
    writer.blank();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i].text.empty()) continue;
      const bool has_label = i > 0 && i < table.header.size() && !table.header[i].text.empty();
      const std::string label =
          has_label ? table.header[i].text + std::string(label_separator(language)) : std::string();
      writer.write(label + row[i].text, i == 0 ? 0 : kIndent);
    }
  }
}

void write_block(Writer& writer, const Block& block, Language language) {
  switch (block.kind) {
    case Block::Kind::kTitle:
      writer.write(block.passage.text, 0);
      writer.underline(block.passage.text, '=');
      return;
    case Block::Kind::kHeading:
      writer.blank();
      writer.write(block.passage.text, 0);
      writer.underline(block.passage.text, '-');
      return;
    case Block::Kind::kParagraph:
    case Block::Kind::kNote:
      writer.blank();
      writer.write(block.passage.text, 0);
      return;
    case Block::Kind::kItem:
      writer.write(block.passage.text, 2, "-");
      return;
    case Block::Kind::kTable:
      write_table(writer, block.table, language);
      return;
  }
}

}  // namespace

std::string to_plain_text(const PrintDocument& document) {
  Writer writer;
  for (const Block& block : document.blocks) write_block(writer, block, document.language);
  return writer.take();
}

}  // namespace rogatory::render
