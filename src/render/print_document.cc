// SPDX-License-Identifier: EUPL-1.2

#include "render/print_document.h"

#include <array>
#include <utility>

namespace rogatory::render {
namespace {

constexpr std::array kNames = std::to_array<std::pair<Language, std::string_view>>({
    {Language::kAr, "ar"},
    {Language::kZh, "zh"},
    {Language::kEn, "en"},
    {Language::kFr, "fr"},
    {Language::kRu, "ru"},
    {Language::kEs, "es"},
});

}  // namespace

std::string_view to_text(Language language) {
  for (const auto& [value, name] : kNames) {
    if (value == language) return name;
  }
  return {};
}

std::optional<Language> language_from_text(std::string_view code) {
  for (const auto& [value, name] : kNames) {
    if (name == code) return value;
  }
  return std::nullopt;
}

std::string_view label_separator(Language language) {
  if (language == Language::kFr) return "\u00A0: ";
  return language == Language::kZh ? "\uFF1A" : ": ";
}

std::string_view item_separator(Language language) {
  if (language == Language::kAr) return "\u060C ";
  return language == Language::kZh ? "\uFF0C" : ", ";
}

void PrintDocument::add_title(std::string text) {
  blocks.push_back({.kind = Block::Kind::kTitle, .passage = {.text = std::move(text)}});
}

void PrintDocument::add_heading(std::string text) {
  blocks.push_back({.kind = Block::Kind::kHeading, .passage = {.text = std::move(text)}});
}

void PrintDocument::add_paragraph(Passage passage) {
  blocks.push_back({.kind = Block::Kind::kParagraph, .passage = std::move(passage)});
}

void PrintDocument::add_item(Passage passage) {
  blocks.push_back({.kind = Block::Kind::kItem, .passage = std::move(passage)});
}

void PrintDocument::add_note(std::string text) {
  blocks.push_back({.kind = Block::Kind::kNote, .passage = {.text = std::move(text)}});
}

void PrintDocument::add_table(Table table) {
  blocks.push_back({.kind = Block::Kind::kTable, .passage = {}, .table = std::move(table)});
}

}  // namespace rogatory::render
