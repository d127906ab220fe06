// SPDX-License-Identifier: EUPL-1.2

#include "corpus/coverage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "corpus/detail/sample_corpus.h"
#include "corpus/reader.h"

namespace rogatory::corpus {
namespace {

Reading reading_of(const std::vector<SourceText>& texts) {
  return read_files(detail::read_sample(texts).files);
}

// The documents by the names of their files.
base::JsonObject requests_of(const Reading& reading) {
  base::JsonObject out = reading.request_kinds;
  out["contents"] = reading.request_contents;
  return out;
}

std::vector<Coverage> coverage_of(const Reading& reading) {
  return count_coverage(reading.book, requests_of(reading));
}

std::vector<Coverage> sample_coverage() {
  return coverage_of(reading_of(detail::sample_texts()));
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

TEST(Coverage, CountsCooperation) {
  const Reading reading = reading_of(detail::cooperation_texts());
  const auto coverage = coverage_of(reading);
  const auto of = [&](std::string_view file) {
    const auto it = std::ranges::find(coverage, file, &Coverage::file);
    return it == coverage.end() ? Coverage{} : *it;
  };
  EXPECT_EQ(
      of("instruments/nor-xaa/treaty.yaml"),
      (Coverage{
          .file = "instruments/nor-xaa/treaty.yaml", .found = 15, .derived = 1, .recalled = 1}));
  EXPECT_EQ(of("requests/freezing.yaml"),
            (Coverage{.file = "requests/freezing.yaml", .found = 1, .recalled = 1}));
  EXPECT_EQ(of("requests/contents.yaml"),
            (Coverage{.file = "requests/contents.yaml", .recalled = 1}))
      << "an unknown cause of refusal states nothing";
  EXPECT_EQ(of("requests/ranking.yaml").recalled, 3U);
  EXPECT_EQ(of("requests/grounds.yaml").total(), 0U) << "names state nothing";
  EXPECT_EQ(of("states/world.yaml"),
            (Coverage{.file = "states/world.yaml", .found = 7, .recalled = 1}));
}

TEST(Coverage, CountsTheSameBySubject) {
  const Reading reading = reading_of(detail::cooperation_texts());
  const auto subjects = count_by_subject(reading.book, requests_of(reading));
  std::string names;
  std::size_t total = 0;
  for (const Coverage& subject : subjects) {
    names += subject.file + '=' + std::to_string(subject.total()) + ' ';
    total += subject.total();
  }
  EXPECT_EQ(names,
            "offences=23 bases=2 grounds=5 clocks=3 other provisions=1 instruments=2 Parties=6 "
            "statements of Parties=1 States=3 world=8 ranking=3 kinds of request=3 ");
  std::size_t by_file = 0;
  for (const Coverage& file : coverage_of(reading)) {
    by_file += file.total();
  }
  EXPECT_EQ(total, by_file);
}

TEST(Coverage, CountsWhatTheLawRestsOnToo) {
  const Reading reading = read_files(detail::read_sample(detail::sample_texts()).files);
  const auto coverage = count_foundations(reading.book, reading.mappings);
  const auto of_file = [&](std::string_view file) {
    const auto it = std::ranges::find(coverage, file, &Coverage::file);
    return it == coverage.end() ? Coverage{} : *it;
  };
  EXPECT_GT(of_file("mappings/veris.yaml").found, 0U);
  std::size_t entailments = 0;
  for (const Coverage& one : coverage) {
    if (one.file.starts_with("vocabulary/")) entailments += one.total();
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
  const std::vector<Coverage> subjects = {{.file = "offences", .found = 1, .recalled = 2}};
  EXPECT_EQ(base::canonical_json(coverage_json(coverage, subjects)),
            R"({"derived":0,"files":[{"derived":0,"file":"a.yaml","found":1,"recalled":2}],)"
            R"("found":1,"recalled":2,)"
            R"("subjects":[{"derived":0,"found":1,"recalled":2,"subject":"offences"}]})");
}

}  // namespace
}  // namespace rogatory::corpus
