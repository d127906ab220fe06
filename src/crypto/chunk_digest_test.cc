// SPDX-License-Identifier: EUPL-1.2
//
// The oracle hashes the whole content three times, each the plain way.

#include "crypto/chunk_digest.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

namespace rogatory::crypto {
namespace {

Bytes content_of(std::size_t size) {
  Bytes bytes(size);
  std::uint32_t state = 1;
  for (std::byte& byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::byte>(state >> 24U);
  }
  return bytes;
}

std::vector<Sha256Digest> leaves_of(ByteView content) {
  std::vector<Sha256Digest> leaves;
  for (std::size_t at = 0; at < content.size(); at += kChunkBytes) {
    leaves.push_back(leaf_hash(content.subspan(at, std::min(kChunkBytes, content.size() - at))));
  }
  return leaves;
}

ContentDigests expected_of(ByteView content) {
  const auto leaves = leaves_of(content);
  return {.size_bytes = content.size(),
          .sha256 = sha256(content),
          .sha512 = sha512(content),
          .tree_root = tree_root(leaves),
          .chunks = leaves.size()};
}

/// Lengths at every border: chunk, batch, all buffers.
const std::vector<std::size_t> kSizes = {0,
                                         1,
                                         kChunkBytes - 1,
                                         kChunkBytes,
                                         kChunkBytes + 1,
                                         9 * kChunkBytes,
                                         kBatchBytes - 1,
                                         kBatchBytes,
                                         kBatchBytes + 1,
                                         kBatchBytes + 3 * kChunkBytes + 5,
                                         (kBatchesInFlight + 2) * kBatchBytes + 77};

TEST(ChunkDigest, NothingHasTheEmptyRoot) {
  const auto digests = ChunkDigester().finish().value();
  EXPECT_EQ(digests.chunks, 0U);
  EXPECT_EQ(digests.tree_root, empty_root());
  EXPECT_EQ(digests.sha256, sha256(""));
  EXPECT_EQ(digests.sha512, sha512(""));
}

TEST(ChunkDigest, EqualsThreePlainPasses) {
  for (const std::size_t size : kSizes) {
    const Bytes content = content_of(size);
    for (const bool use_thread : {true, false}) {
      std::vector<Sha256Digest> leaves;
      MemorySource source(content);
      const auto digests = digest_content(
          source, {.use_thread = use_thread, .leaves = [&](std::span<const Sha256Digest> some) {
                     leaves.insert(leaves.end(), some.begin(), some.end());
                     return base::Result<void>();
                   }});
      EXPECT_EQ(digests.value(), expected_of(content)) << size;
      EXPECT_EQ(leaves, leaves_of(content)) << size;
    }
  }
}

TEST(ChunkDigest, PartsOfAnySizeGiveTheSame) {
  const Bytes content = content_of(2 * kBatchBytes + 12345);
  const auto expected = expected_of(content);
  EXPECT_TRUE(rc::check("cut anywhere", [&](const std::vector<std::uint32_t>& cuts) {
    ChunkDigester digester;
    ChunkTreeHasher tree;
    ByteView rest(content);
    for (const std::uint32_t cut : cuts) {
      const ByteView part = rest.first(std::min<std::size_t>(rest.size(), cut % 300'000));
      RC_ASSERT(digester.update(part).ok());
      RC_ASSERT(tree.update(part).ok());
      rest = rest.subspan(part.size());
    }
    RC_ASSERT(digester.update(rest).ok());
    RC_ASSERT(tree.update(rest).ok());
    RC_ASSERT(tree.finish().ok());
    RC_ASSERT(digester.finish().value() == expected);
    RC_ASSERT(tree.root() == expected.tree_root);
    RC_ASSERT(tree.chunks() == expected.chunks);
    RC_ASSERT(tree.size_bytes() == expected.size_bytes);
  }));
}

TEST(ChunkDigest, WithoutTheTreeTheLinearDigestsAreTheSame) {
  for (const std::size_t size : kSizes) {
    const Bytes content = content_of(size);
    for (const bool use_thread : {false, true}) {
      ChunkDigester digester({.use_thread = use_thread, .use_tree = false});
      ASSERT_TRUE(digester.update(content).ok());
      const ContentDigests expected = {
          .size_bytes = size, .sha256 = sha256(content), .sha512 = sha512(content)};
      EXPECT_EQ(digester.finish().value(), expected) << size;
    }
  }
}

TEST(ChunkDigest, ShortBuffersAreContentToo) {
  const Bytes content = content_of(3 * kBatchBytes);
  ChunkDigester digester;
  ByteView rest(content);
  for (std::size_t size = 1; !rest.empty(); size = size * 7 % 999'983) {
    const auto buffer = digester.next_buffer();
    const ByteView part = rest.first(std::min(rest.size(), size));
    std::copy(part.begin(), part.end(), buffer.begin());
    ASSERT_TRUE(digester.push(part.size()).ok());
    rest = rest.subspan(part.size());
  }
  EXPECT_EQ(digester.finish().value(), expected_of(content));
}

TEST(ChunkDigest, OneFlippedBitChangesItsLeafAlone) {
  Bytes content = content_of(5 * kChunkBytes);
  const auto before = leaves_of(content);
  content[3 * kChunkBytes + 17] ^= std::byte{0x10};
  std::vector<Sha256Digest> after;
  ChunkTreeHasher tree([&](std::span<const Sha256Digest> leaves) {
    after.insert(after.end(), leaves.begin(), leaves.end());
    return base::Result<void>();
  });
  ASSERT_TRUE(tree.update(content).ok());
  ASSERT_TRUE(tree.finish().ok());
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i] == before[i], i != 3) << i;
  EXPECT_NE(tree.root(), tree_root(before));
}

TEST(ChunkDigest, AFailingSinkEndsTheWork) {
  const auto refuse = [](std::span<const Sha256Digest> /*leaves*/) -> base::Result<void> {
    return base::Error{.code = base::ErrorCode::kIo, .message = "full"};
  };
  const Bytes content = content_of(2 * kBatchBytes);
  MemorySource source(content);
  const auto digests = digest_content(source, {.leaves = refuse});
  ASSERT_FALSE(digests.ok());
  EXPECT_EQ(digests.error().message, "full");
}

/// Fails after some bytes.
class BrokenSource final : public ByteSource {
 public:
  base::Result<std::size_t> read(std::span<std::byte> out) override {
    if (++reads_ > 3) return base::Error{.code = base::ErrorCode::kIo, .message = "unplugged"};
    return out.size();
  }

 private:
  int reads_ = 0;
};

TEST(ChunkDigest, AFailingSourceEndsTheWork) {
  BrokenSource source;
  const auto digests = digest_content(source, {});
  ASSERT_FALSE(digests.ok());
  EXPECT_EQ(digests.error().message, "unplugged");
}

}  // namespace
}  // namespace rogatory::crypto
