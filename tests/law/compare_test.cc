// SPDX-License-Identifier: EUPL-1.2
//
// What the entailments of the vocabulary do: without one of them, some relations between the
// proposal of 2021 and the Budapest Convention may vanish.

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "law/compare.h"
#include "law_support/corpus.h"

namespace rogatory::test {
namespace {

using Relations = std::map<std::string, law::Relation>;

Relations relations(const law::LawBook& book) {
  Relations out;
  for (const law::ArticleRelation& r :
       law::compare(book, "un-ict-2021", "budapest-2001").articles) {
    out.emplace(r.from_article + " to " + r.to_article, r.relation);
  }
  return out;
}

/// The vocabulary and the two instruments: all that their relations rest on.
std::vector<corpus::CorpusFile> compared_files() {
  std::vector<corpus::CorpusFile> out = corpus_files();
  std::erase_if(out, [](const corpus::CorpusFile& file) {
    return !file.path.starts_with("vocabulary/") &&
           !file.path.starts_with("instruments/un-ict-2021/") &&
           !file.path.starts_with("instruments/budapest-2001/");
  });
  return out;
}

TEST(Compare, SomeEntailmentsMatter) {
  const auto files = compared_files();
  const auto whole = make_book(files);
  ASSERT_TRUE(whole.ok()) << whole.error().to_string();
  const Relations before = relations(*whole);
  EXPECT_EQ(before, relations(the_law()));
  std::size_t mattering = 0;
  for (const law::Entailment& entailment : whole->vocabulary.entailments) {
    law::LinkOptions options;
    options.theory.without = {entailment.id};
    const auto book = make_book(files, {}, options);
    ASSERT_TRUE(book.ok()) << entailment.id << ": " << book.error().to_string();
    const Relations after = relations(*book);
    bool matters = false;
    for (const auto& [pair, relation] : before) {
      const law::Relation now = after.at(pair);
      if (now == relation) continue;
      matters = true;
      std::cout << "without " << entailment.id << ": " << pair << " is " << to_text(now)
                << " instead of " << to_text(relation) << "\n";
    }
    mattering += matters ? 1 : 0;
  }
  std::cout << mattering << " of " << whole->vocabulary.entailments.size()
            << " entailments change a relation between these two instruments\n";
  EXPECT_GT(mattering, 0U);
}

TEST(Compare, EveryRelationHasTheWitnessesItImplies) {
  for (const law::ArticleRelation& r :
       law::compare(the_law(), "un-ict-2021", "budapest-2001").articles) {
    const std::string pair = r.from_article + " to " + r.to_article;
    const bool has_from =
        r.relation == law::Relation::kBroader || r.relation == law::Relation::kOverlapping;
    const bool has_to =
        r.relation == law::Relation::kNarrower || r.relation == law::Relation::kOverlapping;
    EXPECT_EQ(!r.witness_from_only.empty(), has_from) << pair << " " << to_text(r.relation);
    EXPECT_EQ(!r.witness_to_only.empty(), has_to) << pair << " " << to_text(r.relation);
  }
}

}  // namespace
}  // namespace rogatory::test
