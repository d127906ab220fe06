// SPDX-License-Identifier: EUPL-1.2
//
// The vectors of transparency-dev/merkle (inclusion, consistency, and both of subtrees).

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <optional>

#include "base/file.h"
#include "base/json.h"
#include "crypto/bytes.h"
#include "support/shared.h"
#include "support/temp_folder.h"
#include "tlog/merkle_proof.h"

namespace rogatory::tlog {
namespace {

namespace fs = std::filesystem;
using base::Json;

std::uint64_t number(const Json& test, const char* key) {
  const Json& value = test.at(key);
  return value.is_uint64() ? value.get_uint64() : static_cast<std::uint64_t>(value.get_int64());
}

/// A hash of 32 bytes. Nothing for bytes that are no hash.
std::optional<Hash> hash_of(const Json& value) {
  const auto bytes = crypto::parse_base64(std::string_view(value.get_string()));
  if (!bytes.ok() || bytes->size() != 32) return std::nullopt;
  Hash hash;
  std::copy(bytes->begin(), bytes->end(), hash.bytes.begin());
  return hash;
}

/// Some vectors write a root that does not matter as "don't care 1", which no root of ours can be:
/// its digest stands for it, and equal texts stay equal.
Hash root_of(const Json& test, const char* key) {
  const Json& value = test.at(key);
  return hash_of(value).value_or(crypto::sha256(std::string_view(value.get_string())));
}

std::optional<std::vector<Hash>> proof_of(const Json& test) {
  std::vector<Hash> proof;
  if (test.at("proof").is_null()) return proof;
  for (const Json& one : test.at("proof").get_array()) {
    const auto hash = hash_of(one);
    if (!hash) return std::nullopt;
    proof.push_back(*hash);
  }
  return proof;
}

base::Result<void> verify(const std::string& kind, const Json& test, std::span<const Hash> proof) {
  if (kind == "inclusion") {
    return verify_inclusion(root_of(test, "leafHash"), number(test, "leafIdx"),
                            number(test, "treeSize"), root_of(test, "root"), proof);
  }
  if (kind == "consistency") {
    return verify_consistency({.size = number(test, "size1"), .root = root_of(test, "root1")},
                              {.size = number(test, "size2"), .root = root_of(test, "root2")},
                              proof);
  }
  const LeafRange range{.start = number(test, "start"), .end = number(test, "end")};
  if (kind == "subtreeinclusion") {
    return verify_subtree_inclusion(root_of(test, "leafHash"), number(test, "leafIdx"), range,
                                    root_of(test, "root"), proof);
  }
  return verify_subtree_consistency(range, root_of(test, "root1"),
                                    {.size = number(test, "size"), .root = root_of(test, "root2")},
                                    proof);
}

/// Whether the vector has the outcome it says.
void check(const fs::path& path, const std::string& kind) {
  const auto text = base::read_file(path);
  ASSERT_TRUE(text.ok());
  // Not parse_json: sizes of the vectors go beyond 2^53.
  const Json test = boost::json::parse(*text);
  const bool is_wrong = test.at("wantErr").get_bool();
  const auto proof = proof_of(test);
  const bool is_accepted = proof && verify(kind, test, *proof).ok();
  EXPECT_EQ(is_accepted, !is_wrong) << path << ": " << test.at("desc").get_string();
}

TEST(MerkleVectors, AllHaveTheOutcomeTheySay) {
  const auto archive = test::shared_path("vectors/merkle.tar.gz");
  if (!archive) GTEST_SKIP() << "no shared data";
  const test::TempFolder folder;
  test::unpack(*archive, folder.path());
  int count = 0;
  for (const char* kind : {"inclusion", "consistency", "subtreeinclusion", "subtreeconsistency"}) {
    const fs::path top = folder.path() / "merkle" / "testdata" / kind;
    for (const auto& entry : fs::recursive_directory_iterator(top)) {
      if (entry.path().extension() != ".json") continue;
      check(entry.path(), kind);
      ++count;
    }
  }
  EXPECT_EQ(count, 518);
}

}  // namespace
}  // namespace rogatory::tlog
