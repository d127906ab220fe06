// SPDX-License-Identifier: EUPL-1.2

#include "corpus/blob_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/json.h"
#include "corpus/compile.h"
#include "corpus/detail/sample_corpus.h"
#include "law/report.h"

namespace rogatory::corpus {
namespace {

using detail::cooperation_texts;
using detail::read_sample;
using detail::with_replaced;

using Paths = std::vector<std::string>;

// A sample with its blob and index.
class Sample {
 public:
  explicit Sample(const std::vector<SourceText>& texts) {
    const auto files = read_sample(texts).files;
    bytes_ = to_blob(files);
    index = BlobIndex::make(files);
    text_ = index.to_text();
  }

  IndexedBlob blob() const { return {.bytes = bytes_, .index = text_, .digest = "d"}; }

  /// What is loaded, without what belongs to no owner.
  Paths owned(const Wanted& wanted) const {
    const auto world = load_part(blob(), {.is_all = true}, Readiness::kToShow);
    Paths out;
    for (const IndexedFile* file : index.owned_files(wanted, world->book)) {
      out.push_back(file->path);
    }
    return out;
  }

  Paths shared(const Wanted& wanted) const {
    Paths out;
    for (const IndexedFile* file : index.shared_files(wanted)) out.push_back(file->path);
    return out;
  }

  BlobIndex index;

 private:
  std::string bytes_;
  std::string text_;
};

// The treaty of the sample as one between Norway and A-land.
std::vector<SourceText> with_bilateral() {
  return with_replaced(cooperation_texts(), "treaty.yaml", "class: regional", "class: bilateral");
}

const Paths kTreaty = {"instruments/nor-xaa/treaty.yaml"};

TEST(BlobIndex, SurvivesItsText) {
  const Sample sample(with_bilateral());
  const auto again = BlobIndex::parse(sample.index.to_text(), sample.blob().bytes.size());
  ASSERT_TRUE(again.ok()) << again.error().to_string();
  EXPECT_EQ(*again, sample.index);
}

TEST(BlobIndex, PointsAtEachFile) {
  const Sample sample(cooperation_texts());
  ASSERT_FALSE(sample.index.files.empty());
  for (const IndexedFile& file : sample.index.files) {
    const auto piece = base::parse_json(sample.blob().bytes.substr(file.begin, file.size), "piece");
    ASSERT_TRUE(piece.ok()) << file.path;
    EXPECT_EQ(piece->at("path").as_string(), file.path);
    EXPECT_EQ(piece->at("doc").at("format").as_string(), file.format);
  }
}

TEST(BlobIndex, RefusesWhatIsNone) {
  EXPECT_EQ(BlobIndex::parse("{", 9).error().code, base::ErrorCode::kParse);
  EXPECT_EQ(BlobIndex::parse("{}", 9).error().code, base::ErrorCode::kSchema);
  const auto file_at = [](std::string_view begin, std::string_view size) {
    return R"({"format":"rogatory.corpus-index/1","files":[{"path":"p","format":"f","begin":)" +
           std::string(begin) + R"(,"size":)" + std::string(size) + "}]}";
  };
  EXPECT_TRUE(BlobIndex::parse(file_at("4", "5"), 9).ok());
  EXPECT_EQ(BlobIndex::parse(file_at("5", "5"), 9).error().message,
            "the file lies beyond the end of the blob");
  EXPECT_FALSE(BlobIndex::parse(file_at("10", "0"), 9).ok());
  EXPECT_FALSE(BlobIndex::parse(file_at("-1", "1"), 9).ok());
  EXPECT_FALSE(BlobIndex::parse(file_at("4", "9007199254740991"), 9).ok());
}

TEST(BlobIndex, TakesOwnersWithWhatTheyReferTo) {
  const Sample sample(cooperation_texts());
  EXPECT_EQ(sample.owned({.owners = {"NOR-xaa"}}), kTreaty);
  // The law of Norway refers to an article of the convention.
  const Paths norway = sample.owned({.owners = {"no"}});
  EXPECT_TRUE(std::ranges::any_of(norway, [](const auto& p) { return p.starts_with("states/"); }));
  EXPECT_TRUE(std::ranges::any_of(
      norway, [](const auto& p) { return p.starts_with("instruments/conv-2001/"); }));
  EXPECT_FALSE(std::ranges::any_of(norway, [](const auto& p) { return p == kTreaty.front(); }));
}

TEST(BlobIndex, TakesEverythingForAnUnknownName) {
  const Sample sample(cooperation_texts());
  const Paths all = sample.owned({.is_all = true});
  EXPECT_EQ(sample.owned({.owners = {"conv-2002"}}), all);
  EXPECT_EQ(sample.owned({.sides = {"XAA", "Atlantis"}}), all);
  EXPECT_TRUE(sample.owned({}).empty());
}

TEST(BlobIndex, LeavesOutTreatiesOfOtherPairs) {
  const Sample sample(with_bilateral());
  const auto has_treaty = [&](std::vector<std::string> sides) {
    const Paths paths = sample.owned({.sides = std::move(sides)});
    return std::ranges::find(paths, kTreaty.front()) != paths.end();
  };
  EXPECT_TRUE(has_treaty({"XAA", "XBB"}));
  EXPECT_TRUE(has_treaty({"A-land", "xc"}));  // a signatory
  const Sample of_many(cooperation_texts());
  EXPECT_EQ(of_many.owned({.sides = {"XAA", "XBB"}}).back(), kTreaty.front());
  const Sample others(with_replaced(with_bilateral(), "treaty.yaml", "  - {state: XBB}\n", ""));
  const Paths paths = others.owned({.sides = {"XAA", "XBB"}});
  EXPECT_EQ(std::ranges::find(paths, kTreaty.front()), paths.end());
}

TEST(BlobIndex, TakesRequestsAndMappingsWhereWanted) {
  const Sample sample(cooperation_texts());
  const auto has = [](const Paths& paths, std::string_view path) {
    return std::ranges::find(paths, path) != paths.end();
  };
  EXPECT_TRUE(has(sample.shared({}), "requests/freezing.yaml"));
  EXPECT_TRUE(has(sample.shared({.request_kind = "freezing"}), "requests/freezing.yaml"));
  EXPECT_TRUE(has(sample.shared({.request_kind = "unknown"}), "requests/freezing.yaml"));
  const Paths law = sample.shared({.has_requests = false, .has_mappings = false});
  EXPECT_FALSE(has(law, "requests/freezing.yaml"));
  EXPECT_FALSE(has(law, "requests/contents.yaml"));
  EXPECT_FALSE(has(law, "requests/wording.yaml"));
  EXPECT_TRUE(has(law, "requests/ranking.yaml"));
  EXPECT_TRUE(has(law, "states/world.yaml"));
  EXPECT_FALSE(std::ranges::any_of(law, [](const auto& p) { return p.starts_with("mappings/"); }));
}

TEST(LoadPart, GivesTheLawOfTheWhole) {
  const Sample sample(cooperation_texts());
  const auto part = load_part(sample.blob(), {.owners = {"nor-xaa"}});
  const auto whole =
      load_blob(sample.blob().bytes, [](std::string_view) { return std::string("d"); });
  ASSERT_TRUE(part.ok()) << part.error().to_string();
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(part->book.digest, whole->book.digest);
  EXPECT_EQ(part->files, whole->files);
  EXPECT_EQ(part->book.instruments.size(), 1U);
  EXPECT_TRUE(part->book.states.empty());
  EXPECT_EQ(part->book.find_provision("conv-2001:art-2"), nullptr);
  EXPECT_EQ(part->book.world.states.size(), 3U);
  EXPECT_EQ(part->request_kinds, whole->request_kinds);
  EXPECT_EQ(part->mappings, whole->mappings);
  const law::Provision* shown = part->book.find_provision("nor-xaa:g-political");
  ASSERT_NE(shown, nullptr);
  EXPECT_EQ(law::provision_full_json(part->book, *shown),
            law::provision_full_json(whole->book, *whole->book.find_provision(shown->id)));
}

TEST(LoadPart, TellsWhatIsNoIndex) {
  const Sample sample(cooperation_texts());
  IndexedBlob blob = sample.blob();
  blob.index = "{}";
  EXPECT_EQ(load_part(blob, {}).error().code, base::ErrorCode::kSchema);
  blob = sample.blob();
  blob.bytes = blob.bytes.substr(0, blob.bytes.size() / 2);
  EXPECT_EQ(load_part(blob, {}).error().code, base::ErrorCode::kSchema);
  // Of another blob: the index points at no values.
  const std::string shifted = " " + std::string(sample.blob().bytes);
  blob = sample.blob();
  blob.bytes = shifted;
  EXPECT_FALSE(load_part(blob, {}).ok());
}

}  // namespace
}  // namespace rogatory::corpus
