// SPDX-License-Identifier: EUPL-1.2
//
// Every kind that this processor has against OpenSSL (leaf_hash), on random entries of every class
// of length: around each border of a block and of its padding, and of whole chunks.

#include "crypto/detail/sha256_lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "support/run_mode.h"

namespace rogatory::crypto::detail {
namespace {

Bytes random_content(std::size_t size, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Bytes bytes(size);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(random() & 0xFFU);
  return bytes;
}

void expect_leaves(LaneKind kind, std::size_t entry_bytes, std::size_t count, std::uint64_t seed) {
  // One byte in front, so that entries stand at odd addresses too.
  const Bytes content = random_content(1 + entry_bytes * count, seed);
  std::vector<Sha256Digest> leaves(count + 1, sha256("untouched"));
  leaf_hashes(kind, content.data() + 1, entry_bytes, count, leaves.data());
  for (std::size_t i = 0; i < count; ++i) {
    ASSERT_EQ(leaves[i], leaf_hash(ByteView(content).subspan(1 + i * entry_bytes, entry_bytes)))
        << "kind " << static_cast<int>(kind) << ", entry " << i << " of " << count << " with "
        << entry_bytes << " bytes";
  }
  EXPECT_EQ(leaves[count], sha256("untouched"));
}

class Lanes : public testing::TestWithParam<LaneKind> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "not on this processor";
  }
};

TEST_P(Lanes, EveryLengthUpToFourBlocks) {
  const std::uint64_t seed = test::seed_or(7);
  for (std::size_t size = 0; size <= 260; ++size) {
    expect_leaves(GetParam(), size, lane_count(GetParam()), seed + size);
  }
}

TEST_P(Lanes, EveryNumberOfEntries) {
  for (std::size_t count = 0; count <= 40; ++count) expect_leaves(GetParam(), 100, count, count);
}

TEST_P(Lanes, ChunksAndLengthsAroundThem) {
  for (const std::size_t size : {4095UL, 4096UL, 65471UL, 65472UL, 65535UL, 65536UL, 65537UL}) {
    expect_leaves(GetParam(), size, 16, size);
  }
}

TEST_P(Lanes, WordsThatOverflow) {
  const std::size_t count = lane_count(GetParam());
  const Bytes content(count * 128, std::byte{0xFF});
  std::vector<Sha256Digest> leaves(count);
  leaf_hashes(GetParam(), content.data(), 128, count, leaves.data());
  for (const auto& leaf : leaves) EXPECT_EQ(leaf, leaf_hash(ByteView(content).first(128)));
}

const char* name_of(LaneKind kind) {
  switch (kind) {
    case LaneKind::kPortable:
      return "portable";
    case LaneKind::kAvx2:
      return "avx2";
    case LaneKind::kAvx512:
      return "avx512";
  }
  return "unknown";
}

INSTANTIATE_TEST_SUITE_P(EveryKind, Lanes, testing::ValuesIn(kLaneKinds),
                         [](const auto& kind) { return name_of(kind.param); });

TEST(LaneKinds, TheBestIsAvailable) {
  EXPECT_TRUE(is_available(LaneKind::kPortable));
  EXPECT_TRUE(is_available(best_lane_kind()));
}

}  // namespace
}  // namespace rogatory::crypto::detail
