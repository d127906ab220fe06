// SPDX-License-Identifier: EUPL-1.2
//
// A document to be printed, before it has pages: headings, paragraphs, tables, in one of the six
// languages of the United Nations, with passages that stay in another language. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rogatory::render {

/// The six official languages of the United Nations.
enum class Language : std::uint8_t { kAr, kZh, kEn, kFr, kRu, kEs };

inline constexpr Language kLanguages[] = {Language::kAr, Language::kZh, Language::kEn,
                                          Language::kFr, Language::kRu, Language::kEs};

/// `ar`, `zh`, `en`, `fr`, `ru`, `es` (ISO 639-1).
[[nodiscard]] std::string_view to_text(Language language);
[[nodiscard]] std::optional<Language> language_from_text(std::string_view code);
/// True for Arabic.
[[nodiscard]] constexpr bool is_right_to_left(Language language) {
  return language == Language::kAr;
}

/// What stands between a label and its value: `: `, with a space before it in French, full width in
/// Chinese.
[[nodiscard]] std::string_view label_separator(Language language);
/// What stands between two items of a line.
[[nodiscard]] std::string_view item_separator(Language language);

/// A passage. `language` is the ISO 639-1 code of text that stays in its own language; empty means
/// that of the document.
struct Passage {
  std::string text;
  std::string language;
  bool is_strong = false;

  bool operator==(const Passage&) const = default;
};

struct Table {
  std::vector<int> widths;  ///< share of each column; their sum is the whole width
  std::vector<Passage> header;
  std::vector<std::vector<Passage>> rows;
};

struct Block {
  enum class Kind : std::uint8_t {
    kTitle,
    kHeading,
    kParagraph,
    kItem,  ///< of a list
    kNote,  ///< small print
    kTable
  };
  Kind kind = Kind::kParagraph;
  Passage passage;
  Table table;  ///< kTable only
};

/// A file carried inside the document, such as the request as JSON (PDF/A-3, ISO 19005-3 6.8).
struct Attachment {
  std::string name;
  std::string mime;
  std::string description;
  std::string bytes;
};

/// What a PrintDocument is made of. Texts are UTF-8.
struct PrintDocument {
  Language language = Language::kEn;
  std::string title;   ///< for the reader's window and the metadata
  std::string author;  ///< an office, never a person
  std::string subject;
  std::string header;   ///< at the top of each page
  std::string footer;   ///< at the foot of each page; `{page}` and `{pages}` become numbers
  std::string created;  ///< RFC 3339, UTC: `2026-11-24T10:00:00Z`. Given, so that equal input is
                        ///< equal output
  std::vector<Block> blocks;
  std::vector<Attachment> attachments;

  void add_title(std::string text);
  void add_heading(std::string text);
  void add_paragraph(Passage passage);
  void add_item(Passage passage);
  void add_note(std::string text);
  void add_table(Table table);
};

}  // namespace rogatory::render
