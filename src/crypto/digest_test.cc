// SPDX-License-Identifier: EUPL-1.2
//
// Vectors: NIST, "Secure Hash Standard" examples (FIPS 180) and the one million `a` of FIPS 180-2,
// appendix B.3.

#include "crypto/digest.h"

#include <gtest/gtest.h>

#include <string>

#include "crypto/bytes.h"

namespace rogatory::crypto {
namespace {

TEST(Sha256, PublishedVectors) {
  EXPECT_EQ(sha256("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc").hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex(),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(
      sha256(
          "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
          "lmnopqrsmnopqrstnopqrstu")
          .hex(),
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')).hex(),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, TakesBytes) {
  const std::array<std::byte, 1> byte = {std::byte{0xbd}};
  EXPECT_EQ(sha256(byte).hex(), "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b");
}

TEST(Sha256, HexIsReadBack) {
  const Sha256Digest digest = sha256("abc");
  EXPECT_EQ(Sha256Digest::parse_hex(digest.hex()).value(), digest);
  EXPECT_NE(digest, sha256("abd"));
}

TEST(Sha256, RefusesOtherText) {
  const std::string hex = sha256("abc").hex();
  for (const std::string& text :
       {hex.substr(1), hex + "0", "B" + hex.substr(1), "g" + hex.substr(1), std::string()}) {
    const auto refused = Sha256Digest::parse_hex(text);
    ASSERT_FALSE(refused.ok()) << text;
    EXPECT_EQ(refused.error().code, base::ErrorCode::kParse);
  }
}

TEST(Sha512, PublishedVectors) {
  EXPECT_EQ(sha512("").hex(),
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
            "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
  EXPECT_EQ(sha512("abc").hex(),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(Sha512Digest::parse_hex(sha512("abc").hex()).value(), sha512("abc"));
  EXPECT_FALSE(Sha512Digest::parse_hex(sha256("abc").hex()).ok());
}

TEST(Stream, PartsGiveTheDigestOfTheWhole) {
  const std::string text(1000, 'x');
  for (std::size_t cut = 0; cut <= text.size(); cut += 37) {
    Sha256Stream stream256;
    Sha512Stream stream512;
    stream256.update(as_bytes(text).first(cut));
    stream512.update(as_bytes(text).first(cut));
    Sha256Stream copy = stream256;
    stream256.update(as_bytes(text).subspan(cut));
    stream512.update(as_bytes(text).subspan(cut));
    EXPECT_EQ(stream256.finish(), sha256(text));
    EXPECT_EQ(stream512.finish(), sha512(text));
    EXPECT_EQ(copy.finish(), sha256(text.substr(0, cut)));
    EXPECT_EQ(stream256.finish(), sha256("")) << "as new after finish()";
    EXPECT_EQ(stream512.finish(), sha512(""));
  }
}

}  // namespace
}  // namespace rogatory::crypto
