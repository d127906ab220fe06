// SPDX-License-Identifier: EUPL-1.2
//
// Offences of the 2021 proposal that touch expression or are likely to be political carry the same
// three safeguards, and the text that an officer reads prints them.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "law/answer.h"
#include "law/report.h"
#include "law_support/corpus.h"

namespace rogatory::test {
namespace {

const std::set<std::string> kArticles{"16", "19", "20", "21", "22", "23", "24", "26"};
const std::vector<std::string> kSafeguards{"sg.expression", "sg.political", "sg.human-rights"};

TEST(Safeguards, StandBesideEachOffenceThatNeedsThem) {
  const law::LawBook& book = the_law();
  std::set<std::string> seen;
  for (const law::ProvisionIndex i : book.provisions_of("un-ict-2021")) {
    const law::Provision& provision = book.provisions[i];
    if (!provision.is_offence() || !kArticles.contains(provision.article)) continue;
    seen.insert(provision.article);
    for (const std::string& id : kSafeguards) {
      EXPECT_NE(std::ranges::find(provision.safeguards, id), provision.safeguards.end())
          << provision.id << " lacks " << id;
    }
  }
  EXPECT_EQ(seen, kArticles);
}

TEST(Safeguards, ArePrintedBesideTheVerdict) {
  const law::LawBook& book = the_law();
  const auto valuation = law::Valuation::make(book, std::vector<law::Fact>{});
  ASSERT_TRUE(valuation.ok());
  for (const char* id : {"art-16", "art-22", "art-23", "art-26"}) {
    const auto index = book.find_provision_index("un-ict-2021:" + std::string(id));
    ASSERT_TRUE(index.has_value()) << id;
    law::Document out;
    law::write_assessment(*valuation, law::assess(*valuation, *index, law::Detail::kFull), out);
    const std::string text = out.to_text();
    for (const char* title :
         {"Freedom of expression", "Political offence", "Non-discrimination and human rights"}) {
      EXPECT_NE(text.find(title), std::string::npos) << id << ": " << title << "\n" << text;
    }
  }
}

}  // namespace
}  // namespace rogatory::test
