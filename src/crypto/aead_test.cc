// SPDX-License-Identifier: EUPL-1.2
#include "crypto/aead.h"

#include <gtest/gtest.h>

namespace rogatory::crypto {
namespace {

using base::ErrorCode;

class AeadTest : public ::testing::Test {
 protected:
  SecretBytes key_ = SecretBytes::random(kAeadKeyBytes);
  Bytes plain_ = to_bytes("of person P7");
  Bytes for_ = to_bytes("event 7");
};

TEST_F(AeadTest, OpensWhatWasSealed) {
  for (const Bytes& plain : {plain_, Bytes(), Bytes(70'000, std::byte{1})}) {
    EXPECT_EQ(aead_open(key_, for_, aead_seal(key_, for_, plain).value()).value(), plain);
  }
}

TEST_F(AeadTest, NeverSealsAlikeTwice) {
  EXPECT_NE(aead_seal(key_, for_, plain_).value(), aead_seal(key_, for_, plain_).value());
}

TEST_F(AeadTest, RefusesEveryFlippedBit) {
  const Bytes sealed = aead_seal(key_, for_, plain_).value();
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes changed = sealed;
    changed[bit / 8] ^= std::byte{1} << (bit % 8);
    EXPECT_EQ(aead_open(key_, for_, changed).error().code, ErrorCode::kParse);
  }
}

TEST_F(AeadTest, RefusesEveryShorterText) {
  const Bytes sealed = aead_seal(key_, for_, plain_).value();
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(aead_open(key_, for_, ByteView(sealed).first(size)).ok());
  }
}

TEST_F(AeadTest, IsBoundToKeyAndPurpose) {
  const Bytes sealed = aead_seal(key_, for_, plain_).value();
  EXPECT_FALSE(aead_open(SecretBytes::random(kAeadKeyBytes), for_, sealed).ok());
  EXPECT_FALSE(aead_open(key_, to_bytes("event 8"), sealed).ok());
}

TEST_F(AeadTest, NeedsAKeyOf32Bytes) {
  EXPECT_EQ(aead_seal(SecretBytes::random(16), for_, plain_).error().code,
            ErrorCode::kInvalidArgument);
}

// RFC 8439 2.8.2.
TEST_F(AeadTest, OpensTheExampleOfTheRfc) {
  const SecretBytes key(
      parse_hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f").value());
  const Bytes associated = parse_hex("50515253c0c1c2c3c4c5c6c7").value();
  const Bytes sealed = parse_hex(
                           "070000004041424344454647"
                           "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
                           "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
                           "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
                           "3ff4def08e4b7a9de576d26586cec64b6116"
                           "1ae10b594f09e26a7e902ecbd0600691")
                           .value();
  const Bytes plain = aead_open(key, associated, sealed).value();
  EXPECT_EQ(as_text(plain),
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
            "future, sunscreen would be it.");
}

}  // namespace
}  // namespace rogatory::crypto
