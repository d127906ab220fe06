// SPDX-License-Identifier: EUPL-1.2
//
// Vectors: RFC 4648, section 10.

#include "crypto/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <utility>

#include "crypto/byte_stream.h"

namespace rogatory::crypto {
namespace {

TEST(Base64, PublishedVectors) {
  const std::array<std::pair<std::string_view, std::string_view>, 7> vectors = {
      {{"", ""},
       {"f", "Zg=="},
       {"fo", "Zm8="},
       {"foo", "Zm9v"},
       {"foob", "Zm9vYg=="},
       {"fooba", "Zm9vYmE="},
       {"foobar", "Zm9vYmFy"}}};
  for (const auto& [plain, coded] : vectors) {
    EXPECT_EQ(base64(as_bytes(plain)), coded);
    EXPECT_EQ(as_text(parse_base64(coded).value()), plain);
    const std::string_view bare = coded.substr(0, coded.find('='));
    EXPECT_EQ(base64_unpadded(as_bytes(plain)), bare);
    EXPECT_EQ(as_text(parse_base64_unpadded(bare).value()), plain);
  }
}

TEST(Base64, RefusesOtherForms) {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Z===", "====", "Zm9v=", "Zh==", "Zm9=", " Zg==",
                           "Zg==\n", "Zm9-", "Zm=v", "Zg==Zg=="}) {
    const auto refused = parse_base64(text);
    ASSERT_FALSE(refused.ok()) << text;
    EXPECT_EQ(refused.error().code, base::ErrorCode::kParse);
  }
  for (const char* text : {"Z", "Zg==", "Zh", "Zm9", "Zm9vY", "Zm 9"}) {
    EXPECT_FALSE(parse_base64_unpadded(text).ok()) << text;
  }
}

TEST(Text, FormsAreReadBack) {
  EXPECT_TRUE(rc::check("hex and base64", [](const std::string& text) {
    const ByteView bytes = as_bytes(text);
    const Bytes copy = to_bytes(text);
    RC_ASSERT(parse_hex(hex(bytes)).value() == copy);
    RC_ASSERT(parse_base64(base64(bytes)).value() == copy);
    RC_ASSERT(parse_base64_unpadded(base64_unpadded(bytes)).value() == copy);
  }));
}

TEST(Text, HexIsStrict) {
  EXPECT_EQ(hex(as_bytes("\x01\xab")), "01ab");
  for (const char* text : {"0", "AB", "0g", " 00", "0x00"}) {
    EXPECT_FALSE(parse_hex(text).ok()) << text;
  }
}

TEST(AllZero, SeesEveryByte) {
  EXPECT_FALSE(is_all_zero({}));
  Bytes bytes(100);
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    EXPECT_TRUE(is_all_zero(ByteView(bytes).first(size))) << size;
  }
  for (std::byte& byte : bytes) {
    byte = std::byte{0x80};
    EXPECT_FALSE(is_all_zero(bytes));
    byte = std::byte{0};
  }
}

TEST(SecretBytes, MovesAndLeavesNothing) {
  SecretBytes first = SecretBytes::random(32);
  const SecretBytes copy = first.duplicate();
  const SecretBytes second = std::move(first);
  EXPECT_TRUE(is_equal_secret(second.view(), copy.view()));
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is what is asked
  EXPECT_FALSE(is_equal_secret(SecretBytes::random(32).view(), copy.view()));
  EXPECT_FALSE(is_equal_secret(copy.view().first(31), copy.view()));
}

/// Gives one byte at a time.
class SlowSource final : public ByteSource {
 public:
  explicit SlowSource(ByteView bytes) : inner_(bytes) {}
  base::Result<std::size_t> read(std::span<std::byte> out) override {
    return inner_.read(out.first(std::min<std::size_t>(1, out.size())));
  }

 private:
  MemorySource inner_;
};

TEST(ByteStream, ReadsFullyAndStopsAtTheEnd) {
  const Bytes bytes = to_bytes("abcdef");
  SlowSource source(bytes);
  Bytes out(4);
  EXPECT_EQ(read_fully(source, out).value(), 4U);
  EXPECT_EQ(as_text(out), "abcd");
  EXPECT_EQ(read_fully(source, out).value(), 2U);
  EXPECT_EQ(read_fully(source, out).value(), 0U);
}

TEST(ByteStream, MemoryHasALimit) {
  MemorySink sink(3);
  EXPECT_TRUE(sink.write(as_bytes("ab")).ok());
  EXPECT_EQ(sink.write(as_bytes("cd")).error().code, base::ErrorCode::kLimit);
  EXPECT_TRUE(sink.write(as_bytes("c")).ok());
  EXPECT_EQ(as_text(sink.bytes()), "abc");
}

}  // namespace
}  // namespace rogatory::crypto
