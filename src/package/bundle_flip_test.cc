// SPDX-License-Identifier: EUPL-1.2
//
// One bit of a bundle flipped, where an item has more than one chunk: that is found, and in the
// content it is located. evidence_bundle_test.cc does so for each byte of an item of one byte.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/file.h"
#include "crypto/chunk_digest.h"
#include "package/evidence_bundle.h"
#include "support/run_mode.h"
#include "support/sample_bundle.h"
#include "support/temp_folder.h"

namespace rogatory::package {
namespace {

namespace fs = std::filesystem;

/// Two chunks and a bit.
constexpr std::size_t kItemBytes = 2 * crypto::kChunkBytes + 3;
/// How far apart the flips of a short run are: in content, and in the long texts.
constexpr std::size_t kContentStride = 1021;
constexpr std::size_t kTextStride = 251;
constexpr std::size_t kLongTextBytes = 4096;

/// Bytes that are not the same in each chunk.
std::string content() {
  std::string bytes(kItemBytes, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(i * 31 + i / crypto::kChunkBytes);
  }
  return bytes;
}

/// A bundle on the disk of which single bytes are changed and put back.
class FlippedBundle final {
 public:
  FlippedBundle() : sample_({.items = {{"disk.raw", content()}, {"note", "x"}}}) {
    sample_.write(bundle_);
    for (const fs::path& path : base::list_files_recursive(bundle_).take()) {
      files_.emplace_back(path.lexically_relative(bundle_).generic_string(),
                          test::read_bytes(path));
    }
  }

  /// Name and good content of each file.
  const std::vector<std::pair<std::string, std::string>>& files() const { return files_; }

  VerifyReport verify() const {
    auto report = verify_bundle(bundle_, {.policy = sample_.policy()});
    EXPECT_TRUE(report.ok()) << report.error().to_string();
    return report.take();
  }

  /// Says what is wrong with the judgement of a flip; nothing where it is found in its place.
  std::string judge_flip(const std::string& name, const std::string& good, std::size_t at,
                         unsigned bit) const {
    put(name, at, static_cast<char>(good[at] ^ (1 << bit)));
    const VerifyReport report = verify();
    put(name, at, good[at]);
    const std::string place = place_of(name, at);
    const bool is_found =
        report.verdict() == Verdict::kFails &&
        std::any_of(report.problems.begin(), report.problems.end(), [&](const VerifyProblem& one) {
          return one.where == name && one.text.starts_with(place);
        });
    if (is_found && is_just_there(report, place)) return {};
    return name + " byte " + std::to_string(at) + " bit " + std::to_string(bit) + '\n' +
           report.to_text();
  }

 private:
  /// What a problem begins with that names the chunk; nothing outside of the content.
  static std::string place_of(const std::string& name, std::size_t at) {
    if (!name.starts_with("data/")) return {};
    const std::size_t chunk = at / crypto::kChunkBytes;
    return "chunk " + std::to_string(chunk) + " (within bytes " +
           std::to_string(chunk * crypto::kChunkBytes) + " to ";
  }

  /// Where a chunk is named, no other is.
  static bool is_just_there(const VerifyReport& report, const std::string& place) {
    return place.empty() ||
           std::all_of(report.problems.begin(), report.problems.end(), [&](const auto& one) {
             return !one.text.starts_with("chunk") || one.text.starts_with(place);
           });
  }

  void put(const std::string& name, std::size_t at, char byte) const {
    const int file = ::open((bundle_ / name).c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_GE(file, 0) << name;
    EXPECT_EQ(::pwrite(file, &byte, 1, static_cast<off_t>(at)), 1);
    ::close(file);
  }

  test::SampleBundle sample_;
  test::TempFolder folder_;
  fs::path bundle_ = folder_ / "bundle";
  std::vector<std::pair<std::string, std::string>> files_;
};

/// Where a short run flips: evenly, and on both sides of each boundary of chunks.
std::vector<std::size_t> chosen_places(const std::string& name, std::size_t size) {
  const bool is_content = name.starts_with("data/");
  const std::size_t text_stride = size > kLongTextBytes ? kTextStride : 7;
  const std::size_t stride = is_content ? kContentStride : text_stride;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < size; at += stride) places.push_back(at);
  for (std::size_t edge = crypto::kChunkBytes; is_content && edge < size;
       edge += crypto::kChunkBytes) {
    places.insert(places.end(), {edge - 1, edge});
  }
  places.push_back(size - 1);
  return places;
}

TEST(BundleFlipTest, AFlipIsFoundAndItsChunkNamed) {
  const FlippedBundle bundle;
  ASSERT_EQ(bundle.verify().verdict(), Verdict::kHolds) << bundle.verify().to_text();
  unsigned flipped = 0;
  for (const auto& [name, good] : bundle.files()) {
    for (const std::size_t at : chosen_places(name, good.size())) {
      ASSERT_EQ(bundle.judge_flip(name, good, at, flipped++ % 8), "");
    }
  }
  RecordProperty("flipped", static_cast<int>(flipped));
  EXPECT_GT(flipped, 1000U);
  EXPECT_EQ(bundle.verify().verdict(), Verdict::kHolds) << "every byte was put back";
}

/// Shards of a slow run: each ends within the time that one test has.
std::size_t shards() {
  return test::is_slow_run() ? 96 : 1;
}

class BundleEveryBit : public testing::TestWithParam<std::size_t> {};

TEST_P(BundleEveryBit, IsFoundAndItsChunkNamed) {
  if (!test::is_slow_run()) GTEST_SKIP() << "ROGATORY_SLOW=1 flips every bit";
  const FlippedBundle bundle;
  std::size_t bytes = 0;
  std::size_t flipped = 0;
  for (const auto& [name, good] : bundle.files()) {
    for (std::size_t at = 0; at < good.size(); ++at) {
      if (bytes++ % shards() != GetParam()) continue;
      for (unsigned bit = 0; bit < 8; ++bit, ++flipped) {
        ASSERT_EQ(bundle.judge_flip(name, good, at, bit), "");
      }
    }
  }
  RecordProperty("flipped", static_cast<int>(flipped));
  EXPECT_GE(flipped, kItemBytes * 8 / shards());
  EXPECT_EQ(bundle.verify().verdict(), Verdict::kHolds) << "every byte was put back";
}

INSTANTIATE_TEST_SUITE_P(Shards, BundleEveryBit, testing::Range<std::size_t>(0, shards()));

}  // namespace
}  // namespace rogatory::package
