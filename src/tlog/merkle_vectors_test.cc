// SPDX-License-Identifier: EUPL-1.2
//
// The vectors of transparency-dev/merkle (inclusion, consistency, and both of subtrees).

#include <gtest/gtest.h>

#include <array>
#include <boost/json/parse.hpp>
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

/// A hash of 32 bytes. Nothing for bytes that are no hash, as every reader of ours refuses them.
/// Some vectors write a root that does not matter as "don't care 1", which no root of ours can be:
/// its digest stands for it, and equal texts stay equal.
std::optional<Hash> hash_of(const Json& value) {
  const auto bytes = crypto::parse_base64(std::string_view(value.get_string()));
  if (!bytes.ok()) return std::nullopt;
  if (crypto::as_text(*bytes).starts_with("don't care ")) return crypto::sha256(*bytes);
  Hash hash;
  if (bytes->size() != hash.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.bytes.begin());
  return hash;
}

/// The hashes under those names; nothing when one of them is none.
std::optional<std::array<Hash, 2>> hashes_of(const Json& test, const char* first,
                                             const char* second) {
  const auto one = hash_of(test.at(first));
  const auto other = hash_of(test.at(second));
  if (!one || !other) return std::nullopt;
  return std::array{*one, *other};
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

bool is_accepted(const std::string& kind, const Json& test) {
  const auto proof = proof_of(test);
  const bool is_inclusion = kind.ends_with("inclusion");
  const auto hashes =
      is_inclusion ? hashes_of(test, "leafHash", "root") : hashes_of(test, "root1", "root2");
  if (!proof || !hashes) return false;
  const auto& [first, second] = *hashes;
  if (kind == "inclusion") {
    return verify_inclusion(first, number(test, "leafIdx"), number(test, "treeSize"), second,
                            *proof)
        .ok();
  }
  if (kind == "consistency") {
    return verify_consistency({.size = number(test, "size1"), .root = first},
                              {.size = number(test, "size2"), .root = second}, *proof)
        .ok();
  }
  const LeafRange range{.start = number(test, "start"), .end = number(test, "end")};
  if (is_inclusion) {
    return verify_subtree_inclusion(first, number(test, "leafIdx"), range, second, *proof).ok();
  }
  return verify_subtree_consistency(range, first, {.size = number(test, "size"), .root = second},
                                    *proof)
      .ok();
}

/// Whether the vector has the outcome it says.
void check(const fs::path& path, const std::string& kind) {
  const auto text = base::read_file(path);
  ASSERT_TRUE(text.ok());
  // Not parse_json: sizes of the vectors go beyond 2^53.
  const Json test = boost::json::parse(*text);
  const bool is_wrong = test.at("wantErr").get_bool();
  EXPECT_EQ(is_accepted(kind, test), !is_wrong) << path << ": " << test.at("desc").get_string();
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
