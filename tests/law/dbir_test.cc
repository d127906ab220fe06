// SPDX-License-Identifier: EUPL-1.2
//
// Ten rules that others published, written anew in our format and read by the real corpus reader
// and law engine, against the labels that their makers gave to 600 incidents. The corpus is the
// folder dbir/.
//
// From a VERIS code to the id of its term: `circ.veris.` and the code in lower case, each run of
// characters other than letters and digits as one `_`: `action.hacking.variety.DoS` is
// `circ.veris.action_hacking_variety_dos`. Records are read closed-world: a code that is not among
// those that hold does not hold.

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "corpus/compile.h"
#include "law/answer.h"
#include "law_support/corpus.h"
#include "law_support/incidents.h"
#include "support/shared.h"

namespace rogatory::test {
namespace {

constexpr std::string_view kInstrument = "dbir-patterns";
constexpr std::string_view kRecords = "data/veris_coded_600.json";

std::string term_of(std::string_view code) {
  std::string out = "circ.veris.";
  for (char c : code) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_kept) {
      out += c;
    } else if (out.back() != '_') {
      out += '_';
    }
  }
  return out;
}

base::Result<corpus::Corpus> load_patterns() {
  return corpus::load_folder(source_dir() / "tests/law/dbir", sha256_hex);
}

std::set<std::string> codes_of(const base::Json& record) {
  std::set<std::string> out;
  for (const base::Json& code : record.at("true").as_array()) out.emplace(code.as_string());
  return out;
}

std::vector<law::Fact> closed_world(const base::Json& record, const law::LawBook& book) {
  std::set<std::string> terms;
  for (const std::string& code : codes_of(record)) terms.insert(term_of(code));
  std::vector<law::Fact> out;
  for (const law::Term& term : book.vocabulary.terms) {
    law::Fact fact;
    fact.term = term.id;
    fact.value = terms.contains(term.id) ? law::Truth::kTrue : law::Truth::kFalse;
    out.push_back(std::move(fact));
  }
  return out;
}

/// The patterns that are met, first the one that the published order prefers.
std::vector<std::string> patterns_of(const base::Json& record, const law::LawBook& book) {
  const std::vector<law::Fact> facts = closed_world(record, book);
  const auto answer =
      law::classify_under_instrument(book, *book.find_instrument(kInstrument), facts);
  std::vector<std::string> out;
  EXPECT_TRUE(answer.ok()) << answer.error().to_string();
  for (const law::Assessment& a : answer->assessments) {
    EXPECT_NE(a.verdict, law::Verdict::kUndetermined) << "closed world leaves nothing open";
    if (a.verdict == law::Verdict::kMet) out.push_back(book.provisions[a.provision].title);
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

TEST(DbirPatterns, EscapedCodesAreAsDocumented) {
  EXPECT_EQ(term_of("action.hacking.variety.DoS"), "circ.veris.action_hacking_variety_dos");
  EXPECT_EQ(term_of("asset.assets.variety.S - POS controller"),
            "circ.veris.asset_assets_variety_s_pos_controller");
}

TEST(DbirPatterns, TenRulesAreReadInThePublishedOrder) {
  const auto corpus = load_patterns();
  ASSERT_TRUE(corpus.ok()) << corpus.error().to_string();
  std::vector<std::string> titles;
  for (const law::ProvisionIndex i : corpus->book.provisions_of(kInstrument)) {
    titles.push_back(corpus->book.provisions[i].title);
  }
  EXPECT_EQ(titles,
            (std::vector<std::string>{"Point of Sale", "Web Applications", "Privilege Misuse",
                                      "Lost and Stolen Assets", "Miscellaneous Errors", "Crimeware",
                                      "Payment Card Skimmers", "Denial of Service",
                                      "Cyber-Espionage", "Everything Else"}));
}

TEST(DbirPatterns, EveryCodeHasATermOfItsOwn) {
  const auto path = shared_path(kRecords);
  if (!path) GTEST_SKIP() << "no shared data";
  const auto records = read_records(*path);
  ASSERT_TRUE(records.ok()) << records.error().to_string();
  std::map<std::string, std::string> code_of_term;
  for (const base::Json& record : *records) {
    for (const std::string& code : codes_of(record)) {
      const auto [at, is_new] = code_of_term.emplace(term_of(code), code);
      EXPECT_EQ(at->second, code) << "two codes become " << at->first;
    }
  }
}

TEST(DbirPatterns, GiveThePublishedLabels) {
  const auto path = shared_path(kRecords);
  if (!path) GTEST_SKIP() << "no shared data";
  const auto corpus = load_patterns();
  ASSERT_TRUE(corpus.ok()) << corpus.error().to_string();
  const auto records = read_records(*path);
  ASSERT_TRUE(records.ok()) << records.error().to_string();

  std::size_t equal = 0;
  std::map<std::string, std::size_t> by_label;
  for (const base::Json& record : *records) {
    const std::vector<std::string> ours = patterns_of(record, corpus->book);
    const std::string theirs(record.at("pattern").as_string());
    ASSERT_FALSE(ours.empty()) << "the last pattern takes what no other one does";
    ++by_label[theirs];
    if (ours.front() == theirs) {
      ++equal;
      continue;
    }
    std::cout << "disagreement: " << record.at("incident_id").as_string().c_str()
              << " ours: " << joined(ours) << "; theirs: " << theirs << "\n";
  }
  std::cout << equal << " of " << records->size() << " labels are equal\n";
  EXPECT_EQ(records->size(), 600U);
  EXPECT_EQ(by_label.size(), 10U) << "each label occurs";
  EXPECT_GE(equal * 100, records->size() * 99);
}

}  // namespace
}  // namespace rogatory::test
