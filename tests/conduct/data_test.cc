// SPDX-License-Identifier: EUPL-1.2
//
// The real mappings against the vocabulary, and every real incident through them. Third-party data
// are read where they are and skipped where they are absent.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "conduct/import.h"
#include "corpus/compile.h"
#include "law/valuation.h"
#include "support/shared.h"

namespace rogatory {
namespace {

using conduct::Imported;
using law::Truth;
using law::Valuation;

std::string no_digest(std::string_view) {
  return {};
}

/// The corpus of the source tree, read once.
const corpus::Corpus& the_corpus() {
  static const auto kCorpus = corpus::load_folder(test::source_dir() / "corpus", no_digest);
  if (!kCorpus.ok()) {
    std::fprintf(stderr, "%s\n", kCorpus.error().to_string().c_str());
    std::abort();
  }
  return *kCorpus;
}

const conduct::Mappings& the_mappings() {
  static const auto kMappings = conduct::parse_mappings(the_corpus().mappings);
  if (!kMappings.ok()) {
    std::fprintf(stderr, "%s\n", kMappings.error().to_string().c_str());
    std::abort();
  }
  return *kMappings;
}

std::string read_text(const std::filesystem::path& path) {
  auto bytes = base::read_file(path);
  EXPECT_TRUE(bytes.ok()) << bytes.error().to_string();
  return bytes.ok() ? bytes.take() : std::string();
}

const std::vector<law::Fact>& facts_of(const Imported& record) {
  return record.conduct.counts.front().facts;
}

Truth value_of(const Valuation& valuation, std::string_view term) {
  const auto atom = valuation.book().atoms().find_term({}, term);
  return atom == law::kNoAtom ? Truth::kUnknown : valuation.value(atom);
}

std::vector<Imported> import_or_die(std::string_view text, std::string_view file) {
  auto out = conduct::import_text(text, file, the_mappings());
  EXPECT_TRUE(out.ok()) << out.error().to_string();
  return out.ok() ? out.take() : std::vector<Imported>();
}

/// The rows of the community database, or nothing where it is absent.
base::Json community_rows() {
  const auto path = test::shared_path("data/vcdb_actions_7338.json");
  if (!path) return {};
  return base::parse_json(read_text(*path), path->string()).take();
}

bool is_only_error(const base::JsonObject& action) {
  return std::all_of(action.begin(), action.end(), [](const auto& one) {
    return one.key() == "error" || one.key() == "environmental";
  });
}

TEST(Mappings, SpeakOnlyOfTheVocabulary) {
  const law::Vocabulary& vocabulary = the_corpus().book.vocabulary;
  for (const conduct::Mapping* mapping : {&the_mappings().veris, &the_mappings().attack,
                                          &the_mappings().misp, &the_mappings().eurepoc}) {
    for (const conduct::MappingRule& rule : mapping->rules) {
      for (const conduct::MappedFact& fact : rule.facts) {
        EXPECT_TRUE(vocabulary.find_term(fact.term)) << fact.term << " of " << rule.cite;
      }
    }
    for (const conduct::AmountRule& amount : mapping->amounts) {
      EXPECT_NE(vocabulary.find_quantity(amount.quantity), nullptr) << amount.quantity;
    }
  }
}

/// One code is one statement: its facts must not contradict each other.
TEST(Mappings, NoRuleContradictsItself) {
  for (const conduct::Mapping* mapping : {&the_mappings().veris, &the_mappings().attack,
                                          &the_mappings().misp, &the_mappings().eurepoc}) {
    for (const conduct::MappingRule& rule : mapping->rules) {
      std::vector<law::Fact> facts;
      for (const conduct::MappedFact& mapped : rule.facts) {
        law::Fact fact;
        fact.term = mapped.term;
        if (mapped.scope) fact.scope = {*mapped.scope};
        fact.value = mapped.value;
        fact.reason = mapped.reason;
        facts.push_back(fact);
      }
      const auto valuation = Valuation::make(the_corpus().book, facts);
      EXPECT_TRUE(valuation.ok()) << rule.cite << ": " << valuation.error().to_string();
    }
  }
}

/// An error beside an attack does not make the attack unintentional.
TEST(Community, OnlyErrorsLackIntent) {
  const base::Json rows = community_rows();
  if (rows.is_null()) GTEST_SKIP() << "no shared data";
  std::size_t facts = 0;
  for (const base::Json& row : rows.as_array()) {
    const auto record = conduct::import_veris(row, the_mappings());
    ASSERT_TRUE(record.ok()) << record.error().to_string();
    facts += facts_of(*record).size();
    const auto valuation = Valuation::make(the_corpus().book, facts_of(*record));
    ASSERT_TRUE(valuation.ok()) << record->conduct.id << ": " << valuation.error().to_string();
    const base::JsonObject& action = row.at("action").as_object();
    EXPECT_EQ(value_of(*valuation, "mens.intent") == Truth::kFalse, is_only_error(action));
    if (action.contains("hacking")) {
      EXPECT_EQ(value_of(*valuation, "mens.intent"), Truth::kTrue) << record->conduct.id;
    }
  }
  RecordProperty("facts", std::to_string(facts));
  EXPECT_GT(facts, 7338U);
}

TEST(Coded, EveryRecordIsReadAndAgreesWithItself) {
  const auto path = test::shared_path("data/veris_coded_600.json");
  if (!path) GTEST_SKIP() << "no shared data";
  const auto records = import_or_die(read_text(*path), "veris_coded_600.json");
  ASSERT_EQ(records.size(), 600U);
  for (const Imported& record : records) {
    const auto valuation = Valuation::make(the_corpus().book, facts_of(record));
    EXPECT_TRUE(valuation.ok()) << record.conduct.id << ": " << valuation.error().to_string();
  }
}

struct CloseFile {
  void operator()(FILE* file) const { pclose(file); }
};

std::string unpack(const std::filesystem::path& path) {
  const std::string command = "gzip -dc '" + path.string() + "'";
  // The one program that a test may count on for this; the path is that of the test data.
  // NOLINTNEXTLINE(cert-env33-c)
  const std::unique_ptr<FILE, CloseFile> pipe(popen(command.c_str(), "r"));
  std::string out;
  std::array<char, 65536> buffer{};
  for (std::size_t n = 1; pipe && n > 0;) {
    n = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
    out.append(buffer.data(), n);
  }
  return out;
}

TEST(Repository, EveryRowIsReadAndAgreesWithItself) {
  const auto path = test::shared_path("data/eurepoc-1.1.csv.gz");
  if (!path) GTEST_SKIP() << "no shared data";
  const auto records = import_or_die(unpack(*path), "eurepoc-1.1.csv");
  ASSERT_EQ(records.size(), 1643U);
  for (const Imported& record : records) {
    const auto valuation = Valuation::make(the_corpus().book, facts_of(record));
    EXPECT_TRUE(valuation.ok()) << record.conduct.id << ": " << valuation.error().to_string();
  }
}

}  // namespace
}  // namespace rogatory
