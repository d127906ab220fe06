// SPDX-License-Identifier: EUPL-1.2

#include "package/zip.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdlib>

#include "package/detail/zip_format.h"
#include "support/run_mode.h"
#include "support/temp_folder.h"

namespace rogatory::package {
namespace {

using base::ErrorCode;
using zip::put;

/// An archive built field by field, so that each can be wrong.
struct Part {
  std::string name = "a.txt";
  std::string data = "hello";
  std::string content = "hello";
  std::uint16_t method = zip::kStored;
  std::uint16_t flags = 0;
  std::string local_name = {};
  std::string extra = {};
  std::string after = {};
  std::uint32_t mode = 0;
  std::uint32_t local_sum_change = 0;
};

std::uint32_t sum_of(const std::string& bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

void put_header(std::string& out, const Part& part, std::uint32_t sum, const std::string& name) {
  put(out, 20, 2);
  put(out, part.flags, 2);
  put(out, part.method, 2);
  put(out, 0, 2);
  put(out, zip::kFirstDate, 2);
  put(out, sum, 4);
  put(out, part.data.size(), 4);
  put(out, part.content.size(), 4);
  put(out, name.size(), 2);
}

std::string build(const std::vector<Part>& parts, const std::string& before_directory = {},
                  const std::string& comment = {}, int count_change = 0) {
  std::string out;
  std::string directory;
  for (const Part& part : parts) {
    const auto offset = out.size();
    const std::string& name = part.local_name.empty() ? part.name : part.local_name;
    put(out, zip::kLocalSignature, 4);
    put_header(out, part, sum_of(part.content) + part.local_sum_change, name);
    put(out, part.extra.size(), 2);
    out += name + part.extra + part.data + part.after;
    put(directory, zip::kCentralSignature, 4);
    put(directory, 3U << 8U | 20U, 2);
    put_header(directory, part, sum_of(part.content), part.name);
    // No extra field, no comment, first disk, no internal attributes.
    put(directory, 0, 8);
    put(directory, part.mode << 16U, 4);
    put(directory, offset, 4);
    directory += part.name;
  }
  out += before_directory;
  const auto start = out.size();
  out += directory;
  put(out, zip::kEndSignature, 4);
  put(out, 0, 4);
  put(out, parts.size() + static_cast<std::size_t>(count_change), 2);
  put(out, parts.size() + static_cast<std::size_t>(count_change), 2);
  put(out, directory.size(), 4);
  put(out, start, 4);
  put(out, comment.size(), 2);
  return out + comment;
}

std::string deflated(const std::string& content) {
  z_stream stream{};
  if (::deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK) abort();
  std::string out(::deflateBound(&stream, content.size()), '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  if (::deflate(&stream, Z_FINISH) != Z_STREAM_END) abort();
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

void expect_refused(const std::string& bytes, ErrorCode code, std::string_view why) {
  const auto reader = ZipReader::over(bytes);
  ASSERT_FALSE(reader.ok()) << why;
  EXPECT_EQ(reader.error().code, code) << reader.error().to_string();
  EXPECT_NE(reader.error().message.find(why), std::string::npos) << reader.error().message;
}

std::string content_of(const std::string& bytes, std::string_view name) {
  const auto reader = ZipReader::over(bytes);
  if (!reader.ok()) return reader.error().to_string();
  const ZipMember* const member = reader->find(name);
  if (member == nullptr) return "no such member";
  auto content = reader->read_all(*member, 1 << 20);
  return content.ok() ? content.take() : content.error().to_string();
}

TEST(ZipReader, StoredAndDeflated) {
  const std::string text = std::string(2000, 'x') + "end";
  const std::string bytes =
      build({{}, {.name = "b/c.txt", .data = deflated(text), .content = text, .method = 8}});
  EXPECT_EQ(content_of(bytes, "a.txt"), "hello");
  EXPECT_EQ(content_of(bytes, "b/c.txt"), text);
  EXPECT_EQ(content_of(build({{}}, "", "a comment"), "a.txt"), "hello");
  EXPECT_EQ(content_of(build({{.name = "f/", .data = "", .content = ""}, {}}), "a.txt"), "hello");
  EXPECT_TRUE(ZipReader::over(build({}))->members().empty());
}

TEST(ZipReader, DescriptorsOfEitherForm) {
  for (const bool is_signed : {true, false}) {
    std::string after;
    if (is_signed) put(after, zip::kDescriptorSignature, 4);
    put(after, sum_of("hello"), 4);
    put(after, 5, 4);
    put(after, 5, 4);
    EXPECT_EQ(content_of(build({{.flags = 8, .after = after}, {.name = "b"}}), "a.txt"), "hello");
    after[after.size() - 1] = 1;
    expect_refused(build({{.flags = 8, .after = after}}), ErrorCode::kLint, "descriptor");
  }
}

TEST(ZipReader, WhatTwoReadersCouldReadDifferently) {
  expect_refused(build({{.local_name = "b.txt"}}), ErrorCode::kLint, "contradict");
  expect_refused(build({{.local_sum_change = 1}}), ErrorCode::kLint, "contradict");
  expect_refused(build({{}, {}}), ErrorCode::kLint, "beside each other");
  expect_refused(build({{}, {.name = "A.TXT"}}), ErrorCode::kLint, "beside each other");
  expect_refused(build({{.name = "N\xC3\xBA", .flags = zip::kFlagUtf8},
                        {.name = "Nu\xCC\x81", .flags = zip::kFlagUtf8}}),
                 ErrorCode::kLint, "beside each other");
  expect_refused(build({{.name = "N\xC3\xBA"}}), ErrorCode::kLint, "UTF-8");
  expect_refused(build({{.after = "hidden"}, {.name = "b"}}), ErrorCode::kLint, "after a member");
  expect_refused(build({{}}, "hidden"), ErrorCode::kLint, "after a member");
  expect_refused(build({}, "hidden"), ErrorCode::kLint, "before the directory");
  expect_refused("hidden" + build({{}}), ErrorCode::kLint, "does not lie before");
  expect_refused(build({{}}) + "x", ErrorCode::kParse, "does not end");
  expect_refused(build({{}}, "", "", 1), ErrorCode::kLint, "fewer");
  expect_refused(build({{}, {.name = "b"}}, "", "", -1), ErrorCode::kLint, "more");
  std::string inner;
  put(inner, zip::kEndSignature, 4);
  put(inner, 0, 18);
  expect_refused(build({{}}, "", inner), ErrorCode::kLint, "two ends");
  std::string second_name;
  put(second_name, zip::kExtraUnicodePath, 2);
  put(second_name, 0, 2);
  expect_refused(build({{.extra = second_name}}), ErrorCode::kLint, "second name");
}

TEST(ZipReader, NamesAndKindsThatAreRefused) {
  for (const char* name : {"../x", "/x", "a/../b", "C:/x", "a\\b", "~/x", "a//b"}) {
    const auto reader = ZipReader::over(build({{.name = name}}));
    ASSERT_FALSE(reader.ok()) << name;
    EXPECT_EQ(reader.error().code, ErrorCode::kLint) << name;
  }
  expect_refused(build({{.mode = 0120777}}), ErrorCode::kLint, "link");
  expect_refused(build({{.flags = zip::kFlagEncrypted}}), ErrorCode::kUnsupported, "encrypted");
  expect_refused(build({{.method = 12}}), ErrorCode::kUnsupported, "packed in a way");
  expect_refused("", ErrorCode::kParse, "no ZIP archive");
}

TEST(ZipReader, BombsAreRefusedBeforeTheyGoOff) {
  const std::string zeroes(std::size_t{8} << 20, '\0');
  const std::string bomb = build({{.data = deflated(zeroes), .content = zeroes, .method = 8}});
  expect_refused(bomb, ErrorCode::kLimit, "unpack to too much");
  EXPECT_EQ(ZipReader::over(build({{}, {.name = "b"}}), {.max_total_bytes = 9}).error().code,
            ErrorCode::kLimit);
  EXPECT_EQ(ZipReader::over(build({{}, {.name = "b"}}), {.max_members = 1}).error().code,
            ErrorCode::kLimit);
  // A size that lies: no more than was announced comes out.
  EXPECT_NE(
      content_of(build({{.data = deflated(std::string(99, 'x')), .content = "xx", .method = 8}}),
                 "a.txt")
          .find("cannot be unpacked"),
      std::string::npos);
}

TEST(ZipReader, DamagedDataAreFound) {
  const std::string bytes = build({{.content = "hellp"}});
  EXPECT_NE(content_of(bytes, "a.txt").find("check sum"), std::string::npos);
  const std::string packed = deflated("hello");
  for (const std::string& data : {packed + "x", packed.substr(0, packed.size() - 1), std::string(),
                                  std::string("\xFF\xFF")}) {
    EXPECT_NE(content_of(build({{.data = data, .method = 8}}), "a.txt").find("cannot be unpacked"),
              std::string::npos);
  }
}

TEST(ZipReader, AnyTruncationAndAnyFlipIsNoCrash) {
  std::string after;
  put(after, sum_of("hello"), 4);
  put(after, 5, 4);
  put(after, 5, 4);
  const std::string whole = build({{.flags = 8, .after = after}, {.name = "b"}});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(ZipReader::over(whole.substr(0, size)).ok()) << size;
  }
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    std::string flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    content_of(flipped, "a.txt");
  }
}

class ZipWriterTest : public testing::Test {
 protected:
  void write(bool always_zip64) {
    auto writer = ZipWriter::create(path_);
    ASSERT_TRUE(writer.ok()) << writer.error().to_string();
    if (always_zip64) writer->always_zip64();
    ASSERT_TRUE(writer->add("mimetype", "text/plain").ok());
    ASSERT_TRUE(writer->add("d/\xC3\xA9.txt", "").ok());
    const auto done = writer->finish();
    ASSERT_TRUE(done.ok()) << done.error().to_string();
  }

  test::TempFolder folder_;
  std::filesystem::path path_ = folder_ / "a.zip";
};

TEST_F(ZipWriterTest, RoundTripAndOtherReaders) {
  for (const bool always_zip64 : {false, true}) {
    std::filesystem::remove(path_);
    write(always_zip64);
    const auto reader = ZipReader::open(path_);
    ASSERT_TRUE(reader.ok()) << reader.error().to_string();
    ASSERT_EQ(reader->members().size(), 2U);
    EXPECT_EQ(reader->members()[0].has_extra, always_zip64);
    EXPECT_EQ(reader->read_all(reader->members()[0], 100).take(), "text/plain");
    const std::string python = "python3 -c \"import zipfile,sys\nz=zipfile.ZipFile('" +
                               path_.string() +
                               "')\nassert z.testzip() is None\n"
                               "assert z.namelist()==['mimetype','d/\\u00e9.txt'], z.namelist()\n"
                               "assert z.read('mimetype')==b'text/plain'\"";
    EXPECT_EQ(std::system(python.c_str()), 0);
  }
}

TEST_F(ZipWriterTest, ReadsWhatPythonWrites) {
  const std::string python = "python3 -c \"import zipfile\nz=zipfile.ZipFile('" + path_.string() +
                             "','w',zipfile.ZIP_DEFLATED)\nz.writestr('a','x'*5000)\n"
                             "z.writestr('b/\\u00e9','')\nz.close()\"";
  ASSERT_EQ(std::system(python.c_str()), 0);
  const auto reader = ZipReader::open(path_);
  ASSERT_TRUE(reader.ok()) << reader.error().to_string();
  EXPECT_EQ(reader->read_all(*reader->find("a"), 5000).take(), std::string(5000, 'x'));
  EXPECT_EQ(reader->read_all(*reader->find("a"), 4999).error().code, ErrorCode::kLimit);
}

TEST_F(ZipWriterTest, RefusesTwinsAndWrongSizesAndLeavesNothing) {
  {
    auto writer = ZipWriter::create(path_);
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->add("a", "1").ok());
    EXPECT_EQ(writer->add("A", "2").error().code, ErrorCode::kConflict);
    EXPECT_EQ(writer->add("../b", "2").error().code, ErrorCode::kLint);
    EXPECT_EQ(writer->add("c", 3, source_of("12")).error().code, ErrorCode::kLint);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
  write(false);
  EXPECT_EQ(ZipWriter::create(path_).error().code, ErrorCode::kConflict);
}

TEST_F(ZipWriterTest, MoreThanFourGibibytes) {
  if (!test::is_slow_run()) GTEST_SKIP() << "ROGATORY_SLOW=1 writes 4 GiB";
  constexpr std::uint64_t kSize = (std::uint64_t{1} << 32) + 5;
  auto writer = ZipWriter::create(path_);
  ASSERT_TRUE(writer.ok());
  const std::string piece(kPieceBytes, 'z');
  const ContentSource source = [&](const ByteSink& sink) -> base::Result<void> {
    for (std::uint64_t left = kSize; left > 0;) {
      const auto size = std::min<std::uint64_t>(left, piece.size());
      ROG_CHECKED(sink(std::as_bytes(std::span(piece).first(size))));
      left -= size;
    }
    return {};
  };
  ASSERT_TRUE(writer->add("large", kSize, source).ok());
  ASSERT_TRUE(writer->add("after", "x").ok());
  ASSERT_TRUE(writer->finish().ok());
  const auto reader = ZipReader::open(path_);
  ASSERT_TRUE(reader.ok()) << reader.error().to_string();
  EXPECT_EQ(reader->find("large")->size_bytes, kSize);
  EXPECT_TRUE(reader->read(*reader->find("large"), [](auto) { return base::Result<void>(); }).ok());
  EXPECT_EQ(reader->read_all(*reader->find("after"), 1).take(), "x");
}

RC_GTEST_PROP(ZipWriterProperty, WhatIsWrittenIsRead, (const std::vector<std::string>& contents)) {
  const test::TempFolder folder;
  auto writer = ZipWriter::create(folder / "z").take();
  if (*rc::gen::arbitrary<bool>()) writer.always_zip64();
  for (std::size_t i = 0; i < contents.size(); ++i) {
    RC_ASSERT(writer.add("m" + std::to_string(i), contents[i]).ok());
  }
  RC_ASSERT(writer.finish().ok());
  const auto reader = ZipReader::open(folder / "z");
  RC_ASSERT(reader.ok());
  RC_ASSERT(reader->members().size() == contents.size());
  for (std::size_t i = 0; i < contents.size(); ++i) {
    RC_ASSERT(reader->read_all(reader->members()[i], contents[i].size()).take() == contents[i]);
  }
}

}  // namespace
}  // namespace rogatory::package
