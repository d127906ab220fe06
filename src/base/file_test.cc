// SPDX-License-Identifier: EUPL-1.2

#include "base/file.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace rogatory::base {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test.
class FileTest : public testing::Test {
 protected:
  FileTest() {
    std::string pattern = (fs::temp_directory_path() / "rogatory_file_test.XXXXXX").string();
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  ~FileTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  void write(const std::string& name, std::string_view bytes) {
    fs::create_directories((folder_ / name).parent_path());
    const auto written = write_file_atomic(folder_ / name, bytes);
    ASSERT_TRUE(written.ok()) << written.error().to_string();
  }

  fs::path folder_;
};

TEST_F(FileTest, ReadsWhatWasWritten) {
  const std::string bytes("a\0b\n\xff", 5);
  write("x", bytes);
  EXPECT_EQ(read_file(folder_ / "x").value(), bytes);
}

TEST_F(FileTest, ReplacesAndLeavesNothingBehind) {
  write("x", "old");
  write("x", "new");
  EXPECT_EQ(read_file(folder_ / "x").value(), "new");
  EXPECT_EQ(list_files_recursive(folder_).value().size(), 1U);
}

TEST_F(FileTest, ReadsExactlyUpToTheLimit) {
  write("x", "12345");
  EXPECT_EQ(read_file(folder_ / "x", 5).value(), "12345");
  const auto refused = read_file(folder_ / "x", 4);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kLimit);
  EXPECT_EQ(refused.error().message, "the file has more than 4 bytes");
  EXPECT_EQ(refused.error().place.file, (folder_ / "x").string());
}

TEST_F(FileTest, ReadsMoreThanOneBuffer) {
  const std::string bytes(200'000, 'z');
  write("x", bytes);
  EXPECT_EQ(read_file(folder_ / "x").value(), bytes);
  EXPECT_EQ(read_file(folder_ / "x", 199'999).error().code, ErrorCode::kLimit);
}

TEST_F(FileTest, TellsAbsentFromUnreadable) {
  const auto absent = read_file(folder_ / "absent");
  EXPECT_EQ(absent.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(absent.error().place.file, (folder_ / "absent").string());
  EXPECT_EQ(read_file(folder_).error().code, ErrorCode::kIo);
}

TEST_F(FileTest, FailsToWriteIntoAnAbsentFolder) {
  EXPECT_EQ(write_file_atomic(folder_ / "absent" / "x", "1").error().code, ErrorCode::kIo);
}

TEST_F(FileTest, FailedWriteLeavesNothingBehind) {
  fs::create_directories(folder_ / "x" / "y");
  EXPECT_EQ(write_file_atomic(folder_ / "x", "1").error().code, ErrorCode::kIo);
  EXPECT_TRUE(list_files_recursive(folder_).value().empty());
}

TEST_F(FileTest, ListsSortedAndWithoutLinks) {
  write("b/2", "");
  write("b/10", "");
  write("a/z", "");
  write("B", "");
  fs::create_symlink(folder_ / "B", folder_ / "link");
  fs::create_directory_symlink(folder_ / "b", folder_ / "folder_link");
  EXPECT_EQ(
      list_files_recursive(folder_).value(),
      (std::vector<fs::path>{folder_ / "B", folder_ / "a/z", folder_ / "b/10", folder_ / "b/2"}));
}

TEST_F(FileTest, ListsNothingWhereThereIsNoFolder) {
  EXPECT_EQ(list_files_recursive(folder_ / "absent").error().code, ErrorCode::kNotFound);
}

TEST_F(FileTest, RefusesFoldersNestedTooDeeply) {
  fs::path deep = folder_;
  for (int i = 0; i <= kMaxFolderDepth + 1; ++i) deep /= "d";
  fs::create_directories(deep);
  EXPECT_EQ(list_files_recursive(folder_).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace rogatory::base
