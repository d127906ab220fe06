// SPDX-License-Identifier: EUPL-1.2
#include "storage/byte_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/temp_folder.h"

namespace rogatory::storage {
namespace {

using base::ErrorCode;
using crypto::as_bytes;

class ByteFilesTest : public ::testing::Test {
 protected:
  test::TempFolder folder_;
  std::filesystem::path path_ = folder_ / "file";
};

TEST_F(ByteFilesTest, ReadsWhatWasWritten) {
  {
    auto sink = FileSink::open(path_, Existing::kRefuse).take();
    ASSERT_TRUE(sink.write(as_bytes("abc")).ok());
    ASSERT_TRUE(sink.write(as_bytes("def")).ok());
    ASSERT_TRUE(sink.finish().ok());
  }
  auto source = FileSource::open(path_).take();
  EXPECT_EQ(source.size_bytes().value(), 6U);
  crypto::Bytes bytes(10);
  EXPECT_EQ(crypto::read_fully(source, bytes).value(), 6U);
  EXPECT_EQ(crypto::as_text(crypto::ByteView(bytes).first(6)), "abcdef");
  struct stat status{};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(ByteFilesTest, ReplacesOnlyWhereToldTo) {
  test::write_bytes(path_, "old and long");
  EXPECT_EQ(FileSink::open(path_, Existing::kRefuse).error().code, ErrorCode::kConflict);
  auto sink = FileSink::open(path_, Existing::kReplace).take();
  ASSERT_TRUE(sink.write(as_bytes("new")).ok());
  ASSERT_TRUE(sink.finish().ok());
  EXPECT_EQ(test::read_bytes(path_), "new");
}

TEST_F(ByteFilesTest, GoesOnWhereTheSameBytesEnd) {
  test::write_bytes(path_, "head:abcd");
  auto sink = FileSink::open(path_, Existing::kCompare, 5).take();
  ASSERT_TRUE(sink.write(as_bytes("ab")).ok());
  ASSERT_TRUE(sink.write(as_bytes("cdef")).ok());
  ASSERT_TRUE(sink.finish().ok());
  EXPECT_EQ(sink.compared_bytes(), 4U);
  EXPECT_EQ(test::read_bytes(path_), "head:abcdef");
}

TEST_F(ByteFilesTest, ChangesNothingWhereBytesDiffer) {
  test::write_bytes(path_, "abcd");
  auto sink = FileSink::open(path_, Existing::kCompare).take();
  ASSERT_TRUE(sink.write(as_bytes("ab")).ok());
  EXPECT_EQ(sink.write(as_bytes("xy")).error().code, ErrorCode::kLint);
  EXPECT_EQ(test::read_bytes(path_), "abcd");
}

TEST_F(ByteFilesTest, CutsWhatIsTooLong) {
  test::write_bytes(path_, "abcdefgh");
  auto sink = FileSink::open(path_, Existing::kCompare).take();
  ASSERT_TRUE(sink.write(as_bytes("abc")).ok());
  ASSERT_TRUE(sink.finish().ok());
  EXPECT_EQ(test::read_bytes(path_), "abc");
}

TEST_F(ByteFilesTest, ZerosTakeNoRoomAndAreReadBack) {
  const std::string zeros(std::size_t{4} << 20U, '\0');
  const std::string text = zeros + "middle" + zeros;
  auto sink = FileSink::open(path_, Existing::kRefuse).take();
  ASSERT_TRUE(sink.write(as_bytes(text)).ok());
  ASSERT_TRUE(sink.finish().ok());
  EXPECT_EQ(test::read_bytes(path_), text);
  struct stat status{};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_LT(status.st_blocks * 512, 1 << 20);
}

TEST_F(ByteFilesTest, ZerosOverOldBytesAreWritten) {
  test::write_bytes(path_, std::string(1 << 20U, 'x'));
  const std::string zeros(1 << 20U, '\0');
  auto sink = FileSink::open(path_, Existing::kReplace).take();
  ASSERT_TRUE(sink.write(as_bytes(zeros)).ok());
  ASSERT_TRUE(sink.finish().ok());
  EXPECT_EQ(test::read_bytes(path_), zeros);
}

TEST_F(ByteFilesTest, NamesWhatCannotBeRead) {
  EXPECT_EQ(FileSource::open(folder_ / "absent").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(FileSource::open(folder_.path()).error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace rogatory::storage
