// SPDX-License-Identifier: EUPL-1.2
//
// No State is treated by name in C++: no string literal of src and apps is a State's code or
// contains its name. Examples in help texts show codes to type; they are marked by an option before
// them and decide nothing.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "law_support/corpus.h"

namespace rogatory {
namespace {

/// String literals of one file; comments are skipped, adjacent literals joined.
std::vector<std::string> literals(const std::string& text) {
  std::vector<std::string> out;
  bool joins = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "//") == 0) {
      i = text.find('\n', i);
      if (i == std::string::npos) break;
    } else if (text.compare(i, 2, "/*") == 0) {
      i = text.find("*/", i + 2) + 1;
    } else if (text[i] == '\'' &&
               !(i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1])))) {
      // A character literal; between digits it is a separator.
      for (++i; i < text.size() && text[i] != '\''; ++i) i += text[i] == '\\';
      joins = false;
    } else if (text[i] == '"') {
      std::string literal;
      for (++i; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\') ++i;
        literal += text[i];
      }
      if (joins) {
        out.back() += literal;
      } else {
        out.push_back(literal);
      }
      joins = true;
    } else if (std::isspace(static_cast<unsigned char>(text[i])) == 0) {
      joins = false;
    }
  }
  return out;
}

bool is_word(const std::string& text, std::size_t at, std::size_t size) {
  const auto is_part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  return (at == 0 || !is_part(text[at - 1])) &&
         (at + size == text.size() || !is_part(text[at + size]));
}

bool contains_word(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    if (is_word(text, at, word.size())) return true;
  }
  return false;
}

/// A help text: it shows how to type a command or an id.
bool is_help(const std::string& literal) {
  return literal.find("rogatory law ") != std::string::npos ||
         literal.find(" such as ") != std::string::npos || literal.starts_with("id such as ");
}

/// A statement of SQL without its conjunctions: `AND` joins conditions there and is no State.
std::string without_conjunctions(std::string literal) {
  constexpr std::string_view kAnd = " AND ";
  const bool is_statement = literal.starts_with("SELECT ") || literal.starts_with("UPDATE ") ||
                            literal.starts_with("DELETE ") || literal.starts_with("INSERT ");
  if (!is_statement) return literal;
  for (std::size_t at = literal.find(kAnd); at != std::string::npos; at = literal.find(kAnd)) {
    literal.replace(at, kAnd.size(), " ");
  }
  return literal;
}

/// Codes of three letters and English names of every State and territory known to the corpus.
std::set<std::string> words_for_states(const law::LawBook& book) {
  std::set<std::string> out;
  for (const law::StateLaw& state : book.states) {
    out.insert(state.iso3);
    out.insert(state.name);
  }
  for (const law::WorldState& state : book.world.states) {
    out.insert(state.iso3);
    out.insert(state.names.en);
  }
  for (const law::Territory& territory : book.world.territories) {
    out.insert(territory.iso3);
    out.insert(territory.names.en);
  }
  out.erase("");
  return out;
}

std::vector<std::string> complaints(const std::string& text, const std::set<std::string>& words) {
  std::vector<std::string> out;
  for (const std::string& literal : literals(text)) {
    if (is_help(literal)) continue;
    for (const std::string& word : words) {
      if (contains_word(without_conjunctions(literal), word))
        out.push_back("\"" + literal + "\" names " + word);
    }
  }
  return out;
}

TEST(NoStateNames, TheTestSeesWhatItLooksFor) {
  const std::set<std::string> words{"XYZ", "Atlantis"};
  EXPECT_EQ(complaints("if (state == \"XYZ\") f();", words).size(), 1U);
  EXPECT_EQ(complaints("auto s = \"law of \"\n  \"Atlantis\";", words).size(), 1U);
  EXPECT_EQ(complaints("char c = '\"'; auto s = \"XYZ:act\";", words).size(), 1U);
  EXPECT_EQ(complaints("f(1'000, \"XYZ\");", words).size(), 1U);
  EXPECT_TRUE(complaints("f(\"SELECT a FROM b WHERE c = $1 AND d = $2\");", {"AND"}).empty());
  EXPECT_EQ(complaints("f(\"SELECT a FROM b WHERE c = 'XYZ' AND d = $2\");", words).size(), 1U);
  EXPECT_EQ(complaints("f(\"a AND b\");", {"AND"}).size(), 1U);
  EXPECT_TRUE(complaints("// if (state == \"XYZ\")\nf(\"XYZA\");", words).empty());
}

TEST(NoStateNames, NoLiteralOfSrcAndAppsNamesAState) {
  const auto words = words_for_states(test::the_law());
  ASSERT_GE(words.size(), 20U);
  std::size_t files = 0;
  for (const char* folder : {"src", "apps"}) {
    const auto top = std::filesystem::path(ROGATORY_SOURCE_DIR) / folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top)) {
      const std::string path = entry.path().string();
      if (!path.ends_with(".h") && !path.ends_with(".cc")) continue;
      if (path.ends_with("_test.cc")) continue;
      ++files;
      std::ifstream in(entry.path());
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      for (const std::string& complaint : complaints(text, words)) {
        ADD_FAILURE() << path << ": " << complaint;
      }
    }
  }
  EXPECT_GT(files, 50U);
}

}  // namespace
}  // namespace rogatory
