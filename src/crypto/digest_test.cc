// SPDX-License-Identifier: EUPL-1.2
//
// Vectors: NIST, "Secure Hash Standard" examples (FIPS 180) and the one million `a` of FIPS 180-2,
// appendix B.3.

#include "crypto/digest.h"

#include <gtest/gtest.h>

#include <string>

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

}  // namespace
}  // namespace rogatory::crypto
