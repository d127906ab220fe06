// SPDX-License-Identifier: EUPL-1.2

#include "package/bag.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/temp_folder.h"

namespace rogatory::package {
namespace {

namespace fs = std::filesystem;

class BagTest : public testing::Test {
 protected:
  void write_bag() {
    auto bag = BagWriter::create(bag_);
    ASSERT_TRUE(bag.ok()) << bag.error().to_string();
    ASSERT_TRUE(bag->add("data/a.txt", source_of("abc")).ok());
    ASSERT_TRUE(bag->add("data/sub/100%.txt", source_of("")).ok());
    ASSERT_TRUE(bag->add("custody/note", source_of("hello")).ok());
    const auto done = bag->finish({{"Source-Organization", "Ministry"}});
    ASSERT_TRUE(done.ok()) << done.error().to_string();
  }

  BagReport check() {
    auto report = check_bag(bag_);
    EXPECT_TRUE(report.ok()) << report.error().to_string();
    return report.take();
  }

  /// That there is this problem, and that it names this file.
  void expect_problem(BagProblemKind kind, const std::string& path) {
    const BagReport report = check();
    for (const auto& problem : report.problems) {
      if (problem.kind == kind && problem.path == path) return;
    }
    ADD_FAILURE() << bag_problem_name(kind) << ' ' << path << " not among "
                  << report.problems.size() << " problems";
  }

  test::TempFolder folder_;
  fs::path bag_ = folder_ / "bag";
};

TEST_F(BagTest, WhatIsWrittenIsValid) {
  write_bag();
  const BagReport report = check();
  EXPECT_TRUE(report.is_valid());
  EXPECT_TRUE(report.warnings.empty());
  EXPECT_EQ(report.payload_files, 2U);
  EXPECT_EQ(report.payload_bytes, 3U);
  EXPECT_EQ(report.declaration.version(), "1.0");
  EXPECT_EQ(
      test::read_bytes(bag_ / "manifest-sha256.txt"),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  data/a.txt\n"
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  data/sub/100%25.txt\n");
}

TEST_F(BagTest, LargeFilesAreReadToTheirEnd) {
  // Around the buffers in which large files are hashed while they are read.
  for (const std::size_t size : {4 * crypto::kChunkBytes, 4 * crypto::kChunkBytes + 1,
                                 crypto::kBatchBytes, 5 * crypto::kBatchBytes + 3}) {
    fs::remove_all(bag_);
    std::string content(size, 'x');
    auto bag = BagWriter::create(bag_);
    ASSERT_TRUE(bag.ok());
    ASSERT_TRUE(bag->add("data/large", source_of(content)).ok());
    ASSERT_TRUE(bag->finish({}).ok());
    EXPECT_TRUE(check().is_valid()) << size;
    const auto found =
        digest_file(bag_, "data/large", {crypto::DigestName::kSha256, crypto::DigestName::kSha512});
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->size_bytes, size);
    EXPECT_EQ(found->digests.at(crypto::DigestName::kSha512), crypto::sha512(content).hex());
    content.back() = 'y';
    test::write_bytes(bag_ / "data/large", content);
    expect_problem(BagProblemKind::kAltered, "data/large");
  }
}

TEST_F(BagTest, ZerosTakeNoRoom) {
  const std::string content =
      std::string(std::size_t{8} << 20U, '\0') + "x" + std::string(std::size_t{8} << 20U, '\0');
  auto bag = BagWriter::create(bag_);
  ASSERT_TRUE(bag.ok());
  ASSERT_TRUE(bag->add("data/image", source_of(content)).ok());
  ASSERT_TRUE(bag->finish({}).ok());
  EXPECT_TRUE(check().is_valid());
  EXPECT_EQ(test::read_bytes(bag_ / "data/image"), content);
  struct stat status{};
  ASSERT_EQ(::stat((bag_ / "data/image").c_str(), &status), 0);
  EXPECT_LT(status.st_blocks * 512, 4 << 20);
}

TEST_F(BagTest, EachChangeIsNamed) {
  write_bag();
  test::write_bytes(bag_ / "data/a.txt", "abd");
  expect_problem(BagProblemKind::kAltered, "data/a.txt");
  fs::remove(bag_ / "data/a.txt");
  expect_problem(BagProblemKind::kMissing, "data/a.txt");
  test::write_bytes(bag_ / "data/b.txt", "abc");
  expect_problem(BagProblemKind::kUnlisted, "data/b.txt");
  test::write_bytes(bag_ / "custody/note", "Hello");
  expect_problem(BagProblemKind::kAltered, "custody/note");
  fs::remove(bag_ / "manifest-sha512.txt");
  expect_problem(BagProblemKind::kMissing, "manifest-sha512.txt");
}

TEST_F(BagTest, LinksAreNeverFollowed) {
  write_bag();
  test::write_bytes(folder_ / "outside", "abc");
  fs::remove(bag_ / "data/a.txt");
  fs::create_symlink(folder_ / "outside", bag_ / "data/a.txt");
  expect_problem(BagProblemKind::kRefused, "data/a.txt");
  fs::remove(bag_ / "data/a.txt");
  ASSERT_EQ(::mkfifo((bag_ / "data/a.txt").c_str(), 0600), 0);
  expect_problem(BagProblemKind::kRefused, "data/a.txt");
  fs::rename(bag_ / "custody", folder_ / "moved");
  fs::create_directory_symlink(folder_ / "moved", bag_ / "custody");
  expect_problem(BagProblemKind::kMissing, "custody/note");
}

TEST_F(BagTest, SourcesStayInsideTheirFolder) {
  test::write_bytes(folder_ / "in/x", "abc");
  fs::create_directory_symlink(folder_.path(), folder_ / "in/up");
  EXPECT_EQ(read_all(source_of(folder_ / "in", "x"), 3).take(), "abc");
  EXPECT_EQ(read_all(source_of(folder_ / "in", "x"), 2).error().code, base::ErrorCode::kLimit);
  EXPECT_FALSE(read_all(source_of(folder_ / "in", "up/in/x"), 3).ok());
  EXPECT_EQ(read_all(source_of(folder_ / "in", "y"), 3).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(read_all(source_of(folder_.path(), "in"), 3).error().code, base::ErrorCode::kLint);
}

TEST_F(BagTest, TheWriterRefusesTwinsAndNamesThatLeadOutside) {
  auto bag = BagWriter::create(bag_);
  ASSERT_TRUE(bag.ok());
  ASSERT_TRUE(bag->add("data/a.txt", source_of("1")).ok());
  EXPECT_EQ(bag->add("data/A.txt", source_of("2")).error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(bag->add("data/../x", source_of("2")).error().code, base::ErrorCode::kLint);
}

TEST_F(BagTest, AnUnfinishedBagLeavesNothing) {
  {
    auto bag = BagWriter::create(bag_);
    ASSERT_TRUE(bag.ok());
    ASSERT_TRUE(bag->add("data/a.txt", source_of("1")).ok());
  }
  EXPECT_TRUE(fs::is_empty(folder_.path()));
  fs::create_directory(bag_);
  EXPECT_EQ(BagWriter::create(bag_).error().code, base::ErrorCode::kConflict);
}

TEST_F(BagTest, NoFolderIsAnError) {
  EXPECT_EQ(check_bag(folder_ / "none").error().code, base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace rogatory::package
