// SPDX-License-Identifier: EUPL-1.2

#include "render/plain_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace rogatory::render {
namespace {

std::size_t characters(const std::string& line) {
  return static_cast<std::size_t>(std::ranges::count_if(
      line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

TEST(PlainText, WrapsWordsAtTheColumnLimit) {
  PrintDocument document;
  std::string words;
  for (int i = 0; i < 60; ++i) words += "word ";
  document.add_paragraph({.text = words});
  std::istringstream lines(to_plain_text(document));
  std::string line;
  std::size_t seen = 0;
  while (std::getline(lines, line)) {
    EXPECT_LE(characters(line), kPlainTextColumns);
    for (std::size_t at = line.find("word"); at != std::string::npos;
         at = line.find("word", at + 1))
      ++seen;
  }
  EXPECT_EQ(seen, 60U);
}

TEST(PlainText, BreaksChineseWithoutSpacesAndCountsTwoColumns) {
  PrintDocument document{.language = Language::kZh};
  std::string text;
  for (int i = 0; i < 50; ++i) text += "\u7535\u5b50";
  document.add_paragraph({.text = text});
  std::istringstream lines(to_plain_text(document));
  std::string line;
  std::size_t total = 0;
  while (std::getline(lines, line)) {
    EXPECT_LE(characters(line) * 2, kPlainTextColumns);
    EXPECT_EQ(line.find(' '), std::string::npos);
    total += characters(line);
  }
  EXPECT_EQ(total, 100U);
}

TEST(PlainText, PutsEachCellUnderTheHeadingOfItsColumn) {
  PrintDocument document;
  document.add_table({.widths = {1, 2},
                      .header = {{.text = "Element"}, {.text = "Fact"}},
                      .rows = {{{.text = "access"}, {.text = "a system was entered"}}}});
  EXPECT_EQ(to_plain_text(document), "access\n    Fact: a system was entered\n");
}

TEST(PlainText, KeepsLinesThatTheTextBreaksItself) {
  PrintDocument document;
  document.add_paragraph({.text = "one\ntwo"});
  EXPECT_EQ(to_plain_text(document), "one\ntwo\n");
}

}  // namespace
}  // namespace rogatory::render
