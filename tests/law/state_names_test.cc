// SPDX-License-Identifier: EUPL-1.2
//
// Names of the 193 members of the United Nations and of the two observers, in six languages,
// against a public table of country codes that is not in this tree. The test is skipped where the
// table is absent. Every difference is listed here: a new one fails, and one that has gone too.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "law_support/corpus.h"
#include "support/shared.h"

namespace rogatory::test {
namespace {

using Row = std::map<std::string, std::string>;

/// RFC 4180; the table has one line a row.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> out(1);
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      out.emplace_back();
    } else if (c != '\r') {
      out.back() += c;
    }
  }
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// Rows by ISO 3166-1 alpha-3.
std::map<std::string, Row> read_table(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::vector<std::string_view> lines = lines_of(text);
  const std::vector<std::string> header = fields_of(lines.front());
  std::map<std::string, Row> out;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> fields = fields_of(lines[i]);
    if (fields.size() != header.size()) continue;
    Row row;
    for (std::size_t f = 0; f < fields.size(); ++f) row[header[f]] = fields[f];
    out.emplace(row["ISO3166-1-Alpha-3"], std::move(row));
  }
  return out;
}

struct Language {
  const char* id;
  std::string law::SixNames::* ours;
  const char* column;         ///< the name of the statistical standard M49
  const char* unterm_column;  ///< the short name of the terminology of the United Nations
};

constexpr std::array<Language, 6> kLanguages = {
    {{"ar", &law::SixNames::ar, "official_name_ar", "UNTERM Arabic Short"},
     {"zh", &law::SixNames::zh, "official_name_cn", "UNTERM Chinese Short"},
     {"en", &law::SixNames::en, "official_name_en", "UNTERM English Short"},
     {"fr", &law::SixNames::fr, "official_name_fr", "UNTERM French Short"},
     {"ru", &law::SixNames::ru, "official_name_ru", "UNTERM Russian Short"},
     {"es", &law::SixNames::es, "official_name_es", "UNTERM Spanish Short"}}};

class StateNames : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto path = shared_path("data/country-codes.csv");
    if (!path) GTEST_SKIP() << "no table of country codes";
    const auto text = base::read_file(*path);
    ASSERT_TRUE(text.ok()) << text.error().to_string();
    table_ = read_table(*text);
    ASSERT_GT(table_.size(), 200U);
  }

  std::map<std::string, Row> table_;
};

TEST_F(StateNames, EqualThoseOfTheTable) {
  const std::vector<law::WorldState>& states = the_law().world.states;
  EXPECT_EQ(states.size(), 195U);
  std::set<std::string> differences;
  for (const law::WorldState& state : states) {
    ASSERT_TRUE(table_.contains(state.iso3)) << state.iso3;
    const Row& row = table_.at(state.iso3);
    EXPECT_EQ(state.alpha2, row.at("ISO3166-1-Alpha-2")) << state.iso3;
    for (const Language& language : kLanguages) {
      const std::string& ours = state.names.*language.ours;
      EXPECT_FALSE(ours.empty()) << state.iso3 << " " << language.id;
      if (ours != row.at(language.column)) differences.insert(state.iso3 + " " + language.id);
    }
  }
  // The table says Ivory Coast in English; the United Nations use the French name in every
  // language. Elsewhere the difference is the sign of the apostrophe.
  EXPECT_EQ(differences, (std::set<std::string>{"CIV en", "CIV es", "CIV fr"}));
}

TEST_F(StateNames, TheTableLacksSomeShortNamesOfTheTerminologyBase) {
  std::set<std::string> lacking;
  for (const law::WorldState& state : the_law().world.states) {
    for (const Language& language : kLanguages) {
      if (table_.at(state.iso3).at(language.unterm_column).empty()) lacking.insert(state.iso3);
    }
  }
  // For these the second column of the table cannot confirm the first.
  EXPECT_EQ(lacking, (std::set<std::string>{"CIV", "TUR"}));
}

}  // namespace
}  // namespace rogatory::test
