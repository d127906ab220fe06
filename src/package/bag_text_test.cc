// SPDX-License-Identifier: EUPL-1.2

#include "package/bag_text.h"

#include <gtest/gtest.h>

namespace rogatory::package {
namespace {

using base::ErrorCode;
using crypto::DigestName;

const std::string kA(32, 'a');
const std::string kB(32, 'b');

BagDeclaration version(int major, int minor) {
  return {.major = major, .minor = minor, .encoding = "UTF-8"};
}

void expect_refused(std::string_view text, ErrorCode code, std::string_view why) {
  const auto read = parse_bag_declaration(text);
  ASSERT_FALSE(read.ok()) << text;
  EXPECT_EQ(read.error().code, code) << text;
  EXPECT_NE(read.error().message.find(why), std::string::npos) << read.error().message;
}

TEST(BagText, Declaration) {
  const auto read =
      parse_bag_declaration("BagIt-Version: 0.97\r\nTag-File-Character-Encoding: utf-16\r\n");
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  EXPECT_EQ(read->version(), "0.97");
  EXPECT_EQ(read->encoding, "UTF-16");
  EXPECT_FALSE(read->is_1_0_or_later());
}

TEST(BagText, DeclarationIsStrict) {
  const std::string encoding = "Tag-File-Character-Encoding: UTF-8\n";
  expect_refused(
      "\xEF\xBB\xBF"
      "BagIt-Version: 1.0\n" +
          encoding,
      ErrorCode::kParse, "byte order");
  expect_refused("BagIt-Version : 1.0\n" + encoding, ErrorCode::kParse, "is expected");
  expect_refused("BagIt-Version: 1.0 \n" + encoding, ErrorCode::kParse, "not `M.N`");
  expect_refused("BagIt-Version: .97\n" + encoding, ErrorCode::kParse, "not `M.N`");
  expect_refused("BagIt-Version: +1.0\n" + encoding, ErrorCode::kParse, "not `M.N`");
  expect_refused("BagIt-Version: 2.0\n" + encoding, ErrorCode::kUnsupported, "not known");
  expect_refused("BagIt-Version: 1.0\n", ErrorCode::kParse, "two lines");
  expect_refused("BagIt-Version: 1.0\n" + encoding + "\n", ErrorCode::kParse, "two lines");
  expect_refused("BagIt-Version: 1.0\nTag-File-Character-Encoding: EBCDIC\n",
                 ErrorCode::kUnsupported, "encoding");
}

TEST(BagText, EncodingsOfTagFiles) {
  EXPECT_EQ(decode_tag_file("a\xE9", "ISO-8859-1").take(), "a\xC3\xA9");
  EXPECT_EQ(decode_tag_file(std::string("\xFE\xFF\0a", 4), "UTF-16").take(), "a");
  EXPECT_EQ(decode_tag_file(std::string("\xFF\xFE"
                                        "a\0",
                                        4),
                            "UTF-16")
                .take(),
            "a");
  EXPECT_EQ(decode_tag_file(std::string("\xD8\x3D\xDE\x00", 4), "UTF-16").take(),
            "\xF0\x9F\x98\x80");
  EXPECT_FALSE(decode_tag_file("\xD8\x3D", "UTF-16").ok());
  EXPECT_FALSE(decode_tag_file("abc", "UTF-16").ok());
  EXPECT_FALSE(decode_tag_file("\xEF\xBB\xBF"
                               "a",
                               "UTF-8")
                   .ok());
  EXPECT_FALSE(decode_tag_file("\xFF", "UTF-8").ok());
  EXPECT_FALSE(decode_tag_file(std::string("a\0", 2), "UTF-8").ok());
}

TEST(BagText, ManifestLines) {
  const auto read =
      parse_manifest(kA + "  data/a b\r\n" + kB + "\t*./data/b\n", DigestName::kMd5, version(1, 0));
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  ASSERT_EQ(read->entries.size(), 2U);
  EXPECT_EQ(read->entries[0].path, "data/a b");
  EXPECT_EQ(read->entries[1].path, "data/b");
  ASSERT_EQ(read->warnings.size(), 2U) << "`*` and `./`";
}

TEST(BagText, PercentIsDecodedSince10) {
  const std::string line = kA + "  data/100%25\n";
  EXPECT_EQ(parse_manifest(line, DigestName::kMd5, version(1, 0))->entries[0].path, "data/100%");
  EXPECT_EQ(parse_manifest(line, DigestName::kMd5, version(0, 97))->entries[0].path, "data/100%25");
  EXPECT_EQ(manifest_text({{.digest = kA, .path = "data/100%"}}), line);
  EXPECT_FALSE(parse_manifest(kA + "  data/a%0Ab\n", DigestName::kMd5, version(1, 0)).ok());
}

TEST(BagText, APathTwice) {
  const std::string same = kA + "  data/a\n" + kA + "  data/a\n";
  const auto old = parse_manifest(same, DigestName::kMd5, version(0, 97));
  ASSERT_TRUE(old.ok());
  EXPECT_EQ(old->warnings.size(), 1U);
  EXPECT_EQ(parse_manifest(same, DigestName::kMd5, version(1, 0)).error().code, ErrorCode::kLint);
  const auto other =
      parse_manifest(kA + "  data/a\n" + kB + "  data/a\n", DigestName::kMd5, version(0, 97));
  ASSERT_FALSE(other.ok());
  EXPECT_NE(other.error().message.find("different digests"), std::string::npos);
}

TEST(BagText, ManifestsAreStrict) {
  for (const std::string& text :
       {std::string("abc"), kA, kA + " ", kA + "a  data/x\n", "zz" + kA.substr(2) + "  data/x\n",
        kA + "  ../x\n", kA + "  /x\n", std::string("\n")}) {
    EXPECT_FALSE(parse_manifest(text, DigestName::kMd5, version(1, 0)).ok()) << text;
  }
}

TEST(BagText, InfoKeepsOrderAndContinuations) {
  const auto read = parse_bag_info("A: 1\nB  :  2\r\nA: x\n  y\n\tz\n");
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  EXPECT_EQ(*read, (BagInfo{{"A", "1"}, {"B", "2"}, {"A", "x y z"}}));
  EXPECT_FALSE(parse_bag_info("no colon\n").ok());
  EXPECT_FALSE(parse_bag_info(" x: continuation of nothing\n").ok());
  EXPECT_EQ(parse_payload_oxum("12.3"), (PayloadOxum{.bytes = 12, .files = 3}));
  for (const char* bad : {"12", "12.", ".3", "-1.2", "1.2.3", "1e2.1"}) {
    EXPECT_EQ(parse_payload_oxum(bad), std::nullopt) << bad;
  }
}

TEST(BagText, FetchIsOnlyRead) {
  const auto read = parse_fetch("http://x/y - data/a b\nhttps://x 12 data/c\n");
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  EXPECT_EQ(*read, (std::vector<std::string>{"data/a b", "data/c"}));
  for (const char* bad : {"http://x -\n", "http://x - ../a\n", "http://x - bagit.txt\n",
                          "http://x - ~/a\n", " - data/a\n"}) {
    EXPECT_FALSE(parse_fetch(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace rogatory::package
