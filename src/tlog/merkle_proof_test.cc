// SPDX-License-Identifier: EUPL-1.2

#include "tlog/merkle_proof.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <map>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"

namespace rogatory::tlog {
namespace {

/// RFC 6962 2.1 word by word: the oracle.
Hash slow_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return crypto::empty_root();
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  return crypto::node_hash(slow_root(leaves.first(k)), slow_root(leaves.subspan(k)));
}

std::vector<Hash> make_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(crypto::leaf_hash(crypto::to_bytes(std::to_string(i))));
  }
  return leaves;
}

NodeReader reader_of(const std::vector<Hash>& leaves) {
  return [&leaves](const Node& node) -> base::Result<Hash> {
    const std::size_t width = std::size_t{1} << node.level;
    return slow_root(std::span(leaves).subspan(node.index * width, width));
  };
}

TEST(MerkleProof, EveryLeafOfSmallTrees) {
  const std::vector<Hash> all = make_leaves(40);
  for (std::size_t size = 1; size <= all.size(); ++size) {
    const Hash root = slow_root(std::span(all).first(size));
    ASSERT_EQ(*compute_root(size, reader_of(all)), root);
    for (std::size_t index = 0; index < size; ++index) {
      const auto path = prove_inclusion(index, size, reader_of(all));
      ASSERT_TRUE(path.ok());
      ASSERT_TRUE(verify_inclusion(all[index], index, size, root, *path).ok());
      // Of another place of the tree it proves nothing.
      for (std::size_t other = 0; other < size; ++other) {
        if (other != index) {
          ASSERT_FALSE(verify_inclusion(all[index], other, size, root, *path).ok());
        }
      }
    }
  }
}

TEST(MerkleProof, EveryPairOfSmallTrees) {
  const std::vector<Hash> all = make_leaves(33);
  for (std::size_t size = 1; size <= all.size(); ++size) {
    const TreeHead head{.size = size, .root = slow_root(std::span(all).first(size))};
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const TreeHead old_head{.size = old_size, .root = slow_root(std::span(all).first(old_size))};
      const auto proof = prove_consistency(old_size, size, reader_of(all));
      ASSERT_TRUE(proof.ok());
      ASSERT_TRUE(verify_consistency(old_head, head, *proof).ok()) << old_size << " " << size;
      TreeHead wrong = old_head;
      wrong.root.bytes[31] ^= std::byte{1};
      ASSERT_FALSE(verify_consistency(wrong, head, *proof).ok());
      if (!proof->empty()) {
        ASSERT_FALSE(verify_consistency(old_head, head, std::span(*proof).subspan(1)).ok());
      }
    }
  }
}

TEST(MerkleProof, NothingIsProvedByAnEmptyTree) {
  const TreeHead nothing{.size = 0, .root = crypto::empty_root()};
  const std::vector<Hash> leaves = make_leaves(2);
  const TreeHead some{.size = 2, .root = slow_root(leaves)};
  EXPECT_FALSE(verify_consistency(nothing, some, {}).ok());
  EXPECT_FALSE(verify_consistency(nothing, nothing, {}).ok());
  EXPECT_EQ(verify_consistency(nothing, some, {}).error().code, base::ErrorCode::kLint);
  EXPECT_FALSE(prove_consistency(0, 2, reader_of(leaves)).ok());
  EXPECT_FALSE(prove_consistency(3, 2, reader_of(leaves)).ok());
  EXPECT_FALSE(prove_inclusion(2, 2, reader_of(leaves)).ok());
}

TEST(MerkleProof, TheEmptyRootIsTheDigestOfNothing) {
  EXPECT_EQ(compute_root(0, {})->hex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(MerkleProof, LargestTree) {
  // Nobody has such a tree; every complete subtree gets a hash made of its place.
  const NodeReader read = [](const Node& node) -> base::Result<Hash> {
    return crypto::sha256(std::to_string(node.level) + ":" + std::to_string(node.index));
  };
  for (const std::uint64_t size : {kMaxTreeSize, kMaxTreeSize - 1, std::uint64_t{1} << 62}) {
    const Hash root = *compute_root(size, read);
    // Only the last leaves are consistent with themselves: their path reads no inner node twice.
    const std::uint64_t index = size - 1;
    const auto path = prove_inclusion(index, size, read);
    ASSERT_TRUE(path.ok());
    EXPECT_LE(path->size(), kMaxProofHashes);
    const Hash leaf = *read({.level = 0, .index = index});
    if (size % 2 == 1) {
      EXPECT_TRUE(verify_inclusion(leaf, index, size, root, *path).ok());
    }
    EXPECT_FALSE(verify_inclusion(leaf, index, size - 1, root, *path).ok());
  }
  EXPECT_FALSE(compute_root(kMaxTreeSize + 1, read).ok());
}

TEST(MerkleProof, Subtrees) {
  EXPECT_TRUE(is_subtree({.start = 0, .end = 13}));
  EXPECT_TRUE(is_subtree({.start = 8, .end = 13}));
  EXPECT_TRUE(is_subtree({.start = 4, .end = 4}));
  EXPECT_FALSE(is_subtree({.start = 4, .end = 9}));
  EXPECT_FALSE(is_subtree({.start = 5, .end = 4}));
}

RC_GTEST_PROP(MerkleProof, ProofsOfRandomTreesHoldAndBrokenOnesDoNot, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(1, 300);
  const auto index = *rc::gen::inRange<std::size_t>(0, size);
  const std::vector<Hash> leaves = make_leaves(size);
  const Hash root = slow_root(leaves);
  auto path = prove_inclusion(index, size, reader_of(leaves)).take();
  RC_ASSERT(verify_inclusion(leaves[index], index, size, root, path).ok());
  if (path.empty()) return;
  const auto hash = *rc::gen::inRange<std::size_t>(0, path.size());
  const auto bit = *rc::gen::inRange<std::size_t>(0, 256);
  path[hash].bytes[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
  RC_ASSERT(!verify_inclusion(leaves[index], index, size, root, path).ok());
}

}  // namespace
}  // namespace rogatory::tlog
