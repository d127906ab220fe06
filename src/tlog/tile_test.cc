// SPDX-License-Identifier: EUPL-1.2

#include "tlog/tile.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"

namespace rogatory::tlog {
namespace {

std::vector<Hash> make_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(crypto::leaf_hash(crypto::to_bytes(std::to_string(i))));
  }
  return leaves;
}

/// All tiles of a tree, as C2SP tlog-tiles defines them.
std::map<TileId, std::vector<Hash>> tiles_of(const std::vector<Hash>& leaves) {
  std::map<TileId, std::vector<Hash>> tiles;
  for (const TileId& id : new_tiles(0, leaves.size())) {
    if (id.is_entries) continue;
    std::size_t span = 1;
    for (int i = 0; i < id.level; ++i) span *= kTileWidth;
    for (std::size_t i = 0; i < id.width; ++i) {
      const std::size_t start = (id.index * kTileWidth + i) * span;
      tiles[id].push_back(crypto::tree_root(std::span(leaves).subspan(start, span)));
    }
  }
  return tiles;
}

TEST(TileId, PathsOfTheSpecification) {
  const TileId id{.is_entries = false, .level = 2, .index = 1234067, .width = 256};
  EXPECT_EQ(id.path(), "tile/2/x001/x234/067");
  const TileId partial{.is_entries = true, .level = 0, .index = 0, .width = 8};
  EXPECT_EQ(partial.path(), "tile/entries/000.p/8");
  for (const TileId& one : {id, partial}) {
    const auto read = TileId::parse_path(one.path());
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, one);
  }
}

TEST(TileId, OtherPathsAreRefused) {
  for (const char* path : {"",
                           "tile",
                           "tile/0",
                           "tile/0/",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/64/000",
                           "tile/00/000",
                           "tile/-1/000",
                           "tile/0/x000/000",
                           "tile/0/001/000",
                           "tile/0/x01/000",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/08",
                           "tile/0/000.p",
                           "tile/entry/000",
                           "tile/0/../../etc",
                           "/tile/0/000",
                           "tile/0/000/",
                           ("tile/0/x009/x223/x372/x036/x854/x775/808"
                            "/000")}) {
    EXPECT_FALSE(TileId::parse_path(path).ok()) << path;
  }
}

TEST(NewTiles, ExampleOfTheSpecification) {
  // A tree of 70,000: 273 full tiles and one of 112, one full and one of 17, one of 1.
  std::map<std::pair<int, std::uint32_t>, int> counts;
  for (const TileId& id : new_tiles(0, 70'000)) {
    if (!id.is_entries) ++counts[{id.level, id.width}];
  }
  const std::map<std::pair<int, std::uint32_t>, int> expected = {
      {{0, 256}, 273}, {{0, 112}, 1}, {{1, 256}, 1}, {{1, 17}, 1}, {{2, 1}, 1}};
  EXPECT_EQ(counts, expected);
}

TEST(NewTiles, TreeOf256HasAFullTileAndOneOfWidthOne) {
  std::vector<std::string> paths;
  for (const TileId& id : new_tiles(255, 256)) paths.push_back(id.path());
  EXPECT_EQ(paths, (std::vector<std::string>{"tile/entries/000", "tile/0/000", "tile/1/000.p/1"}));
}

RC_GTEST_PROP(NewTiles, StepsTogetherMakeTheFinalTree, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 200'000);
  const auto middle = *rc::gen::inRange<std::uint64_t>(0, size + 1);
  std::set<TileId> there;
  for (const TileId& id : new_tiles(0, middle)) there.insert(id);
  for (const TileId& id : new_tiles(middle, size)) there.insert(id);
  for (const TileId& id : new_tiles(0, size)) RC_ASSERT(there.contains(id));
}

TEST(Tile, HasJustItsHashes) {
  const std::vector<Hash> hashes = make_leaves(3);
  const TileId id{.is_entries = false, .level = 0, .index = 0, .width = 3};
  const std::vector<std::byte> bytes = write_tile(hashes);
  ASSERT_EQ(bytes.size(), 96U);
  EXPECT_EQ(*parse_tile(id, bytes), hashes);
  EXPECT_FALSE(parse_tile(id, std::span(bytes).first(95)).ok());
  EXPECT_FALSE(parse_tile(id, std::span(bytes).first(64)).ok());
}

TEST(Bundle, HasJustItsEntries) {
  std::vector<std::byte> bytes;
  const std::vector<std::byte> longest(kMaxEntryBytes, std::byte{5});
  ASSERT_TRUE(append_to_bundle(crypto::to_bytes("one"), bytes).ok());
  ASSERT_TRUE(append_to_bundle({}, bytes).ok());
  ASSERT_TRUE(append_to_bundle(longest, bytes).ok());
  const TileId id{.is_entries = true, .level = 0, .index = 0, .width = 3};
  const auto entries = parse_bundle(id, bytes);
  ASSERT_TRUE(entries.ok());
  EXPECT_EQ((*entries)[0].size(), 3U);
  EXPECT_TRUE((*entries)[1].empty());
  EXPECT_EQ((*entries)[2].size(), kMaxEntryBytes);
  for (const std::uint32_t width : {2U, 4U}) {
    EXPECT_FALSE(parse_bundle({.is_entries = true, .width = width}, bytes).ok());
  }
  for (const std::size_t cut : {1U, 3U, 6U}) {
    EXPECT_FALSE(parse_bundle(id, std::span(bytes).first(bytes.size() - cut)).ok());
  }
  EXPECT_FALSE(parse_bundle({.is_entries = true, .width = 1}, std::span(bytes).first(1)).ok());
  const std::vector<std::byte> longer(kMaxEntryBytes + 1);
  EXPECT_EQ(append_to_bundle(longer, bytes).error().code, base::ErrorCode::kLimit);
}

TEST(NodeReader, TilesGiveTheRootAndProofsOfTheTree) {
  for (const std::size_t size : {1U, 255U, 256U, 257U, 512U, 700U, 65'536U, 66'000U}) {
    const std::vector<Hash> leaves = make_leaves(size);
    const auto tiles = tiles_of(leaves);
    const NodeReader read = make_node_reader(
        size, [&](const TileId& id) -> base::Result<std::vector<Hash>> { return tiles.at(id); });
    const Hash root = *compute_root(size, read);
    ASSERT_EQ(root, crypto::tree_root(leaves)) << size;
    for (const std::size_t index : {std::size_t{0}, size / 2, size - 1}) {
      const auto path = prove_inclusion(index, size, read);
      ASSERT_TRUE(path.ok());
      EXPECT_TRUE(verify_inclusion(leaves[index], index, size, root, *path).ok());
    }
    EXPECT_FALSE(read({.level = 0, .index = size}).ok());
  }
}

TEST(NodeReader, AnErrorOfReadingIsPassedOn) {
  const NodeReader read = make_node_reader(5, [](const TileId&) -> base::Result<std::vector<Hash>> {
    return base::Error{.code = base::ErrorCode::kNotFound, .message = "gone"};
  });
  EXPECT_EQ(compute_root(5, read).error().code, base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace rogatory::tlog
