// SPDX-License-Identifier: EUPL-1.2
//
// Vectors: the eight leaves of the reference test tree of Certificate Transparency, whose roots are
// those of transparency-dev/merkle, testdata (read from vectors/merkle.tar.gz).

#include "crypto/hash_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/json.h"
#include "crypto/bytes.h"
#include "support/unpacked.h"

namespace rogatory::crypto {
namespace {

std::vector<Sha256Digest> reference_leaves() {
  std::vector<Sha256Digest> leaves;
  for (const char* entry : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f"}) {
    leaves.push_back(leaf_hash(parse_hex(entry).value()));
  }
  return leaves;
}

/// RFC 6962 2.1 as it is written: slow and obvious.
Sha256Digest defined_root(std::span<const Sha256Digest> leaves) {
  if (leaves.empty()) return sha256("");
  if (leaves.size() == 1) return leaves[0];
  std::size_t split = 1;
  while (2 * split < leaves.size()) split *= 2;
  return node_hash(defined_root(leaves.first(split)), defined_root(leaves.subspan(split)));
}

TEST(HashTree, NoLeavesHaveTheDigestOfNothing) {
  EXPECT_EQ(empty_root().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(TreeHasher().root(), empty_root());
  EXPECT_EQ(tree_root({}), empty_root());
}

TEST(HashTree, LeafAndNodeDiffer) {
  EXPECT_EQ(leaf_hash({}).hex(),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  const Sha256Digest a = sha256("a");
  const Sha256Digest b = sha256("b");
  Bytes both(a.bytes.begin(), a.bytes.end());
  both.insert(both.end(), b.bytes.begin(), b.bytes.end());
  EXPECT_NE(node_hash(a, b), leaf_hash(both));
  both.insert(both.begin(), std::byte{1});
  EXPECT_EQ(node_hash(a, b), sha256(both));
  EXPECT_NE(node_hash(a, b), node_hash(b, a));
}

TEST(HashTree, RootsOfTheReferenceTree) {
  const auto leaves = reference_leaves();
  EXPECT_EQ(tree_root(leaves).hex(),
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  EXPECT_EQ(tree_root(std::span(leaves).first(5)).hex(),
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4");
}

TEST(HashTree, EqualsTheDefinition) {
  std::vector<Sha256Digest> leaves;
  TreeHasher tree;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(tree.root(), defined_root(leaves));
    EXPECT_EQ(tree.size(), leaves.size());
    EXPECT_LE(tree.subtrees().size(), 9U);
    leaves.push_back(sha256(std::to_string(i)));
    tree.push_leaf_hash(leaves.back());
  }
}

/// The roots that a happy path names, by size of tree.
void collect(const base::JsonObject& vector, std::string_view size, std::string_view root,
             std::map<std::uint64_t, std::string>& roots) {
  if (!vector.contains(size)) return;
  const auto& text = vector.at(root).as_string();
  roots[vector.at(size).to_number<std::uint64_t>()] = std::string(text.data(), text.size());
}

TEST(HashTree, RootsOfTheSharedVectors) {
  const auto folder = test::unpack_shared("vectors/merkle.tar.gz");
  if (!folder) GTEST_SKIP() << "no shared data";
  std::map<std::uint64_t, std::string> roots;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder->path())) {
    if (entry.path().filename() != "happy-path.json") continue;
    const auto json = base::parse_json(test::read_test_file(entry.path()), "vector");
    const auto& vector = json->as_object();
    collect(vector, "treeSize", "root", roots);
    collect(vector, "size1", "root1", roots);
    collect(vector, "size2", "root2", roots);
  }
  const auto leaves = reference_leaves();
  int checked = 0;
  for (const auto& [size, root] : roots) {
    if (size > leaves.size()) continue;
    EXPECT_EQ(base64(tree_root(std::span(leaves).first(size)).bytes), root) << size;
    ++checked;
  }
  RecordProperty("checked", checked);
  EXPECT_GE(checked, 6);
}

}  // namespace
}  // namespace rogatory::crypto
