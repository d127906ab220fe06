// SPDX-License-Identifier: EUPL-1.2
// A small document that renders as plain text and as Markdown, so that both say the same.
#pragma once

#include <string>
#include <vector>

namespace rogatory::law {

/// Columns of plain text.
inline constexpr std::size_t kTextColumns = 100;

class Document {
 public:
  /// `level` 1 to 3.
  void heading(int level, std::string text);
  void paragraph(std::string text);
  /// A list item; `depth` from 0.
  void item(std::string text, int depth = 0);
  void table(std::vector<std::string> header, std::vector<std::vector<std::string>> rows);

  [[nodiscard]] std::string to_text() const;
  [[nodiscard]] std::string to_markdown() const;

 private:
  struct Block {
    enum class Kind { kHeading, kParagraph, kItem, kTable };
    Kind kind = Kind::kParagraph;
    int level = 0;
    std::string text;
    std::vector<std::vector<std::string>> rows;  ///< first row: header
  };
  std::vector<Block> blocks_;
};

}  // namespace rogatory::law
