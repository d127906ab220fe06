// SPDX-License-Identifier: EUPL-1.2

#include "corpus/coverage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "corpus/detail/sample_corpus.h"
#include "corpus/reader.h"

namespace rogatory::corpus {
namespace {

std::vector<Coverage> sample_coverage() {
  return count_coverage(read_files(detail::read_sample(detail::sample_texts()).files).book);
}

TEST(Coverage, CountsStatementsByFile) {
  const auto coverage = sample_coverage();
  ASSERT_EQ(coverage.size(), 4U);
  EXPECT_EQ(coverage[0],
            (Coverage{.file = "instruments/conv-2001/instrument.yaml", .found = 1, .recalled = 1}));
  EXPECT_EQ(
      coverage[1],
      (Coverage{
          .file = "instruments/conv-2001/offences.yaml", .found = 8, .derived = 1, .recalled = 7}));
  EXPECT_EQ(coverage[2], (Coverage{.file = "states/NOR/code.yaml", .recalled = 8}));
  EXPECT_EQ(coverage[3], (Coverage{.file = "states/NOR/state.yaml", .found = 1, .recalled = 2}));
}

TEST(Coverage, CountsWhatTheLawRestsOnToo) {
  const Reading reading = read_files(detail::read_sample(detail::sample_texts()).files);
  const auto coverage = count_coverage(reading.book, reading.mappings);
  const auto of_file = [&](std::string_view file) {
    const auto it = std::ranges::find(coverage, file, &Coverage::file);
    return it == coverage.end() ? Coverage{} : *it;
  };
  EXPECT_GT(of_file("mappings/veris.yaml").found, 0U);
  EXPECT_EQ(of_file("states/NOR/code.yaml"),
            (Coverage{.file = "states/NOR/code.yaml", .recalled = 8}));
  std::size_t entailments = 0;
  for (const Coverage& one : coverage) {
    if (one.file.starts_with("vocabulary/")) entailments += one.derived;
  }
  EXPECT_EQ(entailments, reading.book.vocabulary.entailments.size());
  EXPECT_TRUE(std::ranges::is_sorted(coverage, {}, &Coverage::file));
}

TEST(Coverage, PrintsATable) {
  const std::vector<Coverage> coverage = {{.file = "a.yaml", .found = 1, .recalled = 20},
                                          {.file = "b/c.yaml", .derived = 3}};
  EXPECT_EQ(coverage_text(coverage),
            "file         found   derived  recalled\n"
            "a.yaml           1         0        20\n"
            "b/c.yaml         0         3         0\n"
            "total            1         3        20\n");
}

TEST(Coverage, PrintsJson) {
  const std::vector<Coverage> coverage = {{.file = "a.yaml", .found = 1, .recalled = 2}};
  EXPECT_EQ(base::canonical_json(coverage_json(coverage)),
            R"({"derived":0,"files":[{"derived":0,"file":"a.yaml","found":1,"recalled":2}],)"
            R"("found":1,"recalled":2})");
}

}  // namespace
}  // namespace rogatory::corpus
