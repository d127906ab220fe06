// SPDX-License-Identifier: EUPL-1.2
//
// Vectors: the keys that C2SP age v1.1.0 prints, X-Wing and RFC 9180, appendix A.

#include "crypto/age_keys.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"
#include "crypto/detail/bech32.h"
#include "crypto/detail/hybrid_kem.h"

namespace rogatory::crypto {
namespace {

constexpr std::string_view kIdentity =
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
constexpr std::string_view kRecipient =
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
constexpr std::string_view kHybridIdentity =
    "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR";

TEST(AgeKeys, PublishedPair) {
  const auto identity = X25519Identity::parse(kIdentity);
  ASSERT_TRUE(identity.ok());
  EXPECT_EQ(identity->scalar().view()[0], std::byte{0x42});
  EXPECT_EQ(identity->recipient().to_text(), kRecipient);
  EXPECT_EQ(identity->to_secret_text(), kIdentity);
  EXPECT_EQ(X25519Recipient::parse(kRecipient).value(), identity->recipient());
}

TEST(AgeKeys, GeneratedOnesAreReadBackAndDiffer) {
  const X25519Identity one = X25519Identity::generate();
  EXPECT_NE(one.recipient(), X25519Identity::generate().recipient());
  const auto again = X25519Identity::parse(one.to_secret_text());
  EXPECT_EQ(again->recipient(), one.recipient());
}

TEST(AgeKeys, EveryChangedCharacterIsFound) {
  for (std::size_t at = 0; at < kRecipient.size(); ++at) {
    std::string text(kRecipient);
    text[at] = text[at] == 'q' ? 'p' : 'q';
    EXPECT_FALSE(X25519Recipient::parse(text).ok()) << text;
  }
}

TEST(AgeKeys, RefusesMixedCaseAndOtherKinds) {
  std::string mixed(kRecipient);
  mixed.back() = 'J';
  EXPECT_FALSE(X25519Recipient::parse(mixed).ok());
  EXPECT_TRUE(X25519Recipient::parse(base::upper_ascii(kRecipient)).ok());
  EXPECT_FALSE(X25519Recipient::parse(kIdentity).ok());
  EXPECT_FALSE(X25519Identity::parse(kRecipient).ok());
  EXPECT_FALSE(X25519Identity::parse(kHybridIdentity).ok());
  EXPECT_FALSE(X25519Recipient::parse("").ok());
  EXPECT_FALSE(X25519Recipient::parse(std::string(5000, 'q')).ok());
  const Bytes too_long(33);
  EXPECT_FALSE(X25519Recipient::parse(detail::bech32("age", too_long)).ok());
}

TEST(AgeKeys, ErrorsDoNotRepeatASecret) {
  const std::string damaged = std::string(kIdentity) + "Q";
  EXPECT_EQ(X25519Identity::parse(damaged).error().to_string().find("GFPYY"), std::string::npos);
}

TEST(AgeKeys, TextsNameTheirKind) {
  EXPECT_TRUE(std::holds_alternative<X25519Recipient>(parse_age_recipient(kRecipient).value()));
  EXPECT_TRUE(std::holds_alternative<X25519Identity>(parse_age_identity(kIdentity).value()));
  EXPECT_TRUE(std::holds_alternative<HybridIdentity>(parse_age_identity(kHybridIdentity).value()));
  const auto hybrid = HybridRecipient::from_bytes(Bytes(HybridRecipient::kBytes, std::byte{9}));
  const auto again = parse_age_recipient(hybrid->to_text());
  EXPECT_EQ(std::get<HybridRecipient>(again.value()), hybrid.value());
  EXPECT_FALSE(parse_age_recipient("age1tag1qqq").ok());
}

TEST(Hybrid, IdentityHasATextWithoutMlKem) {
  const auto identity = HybridIdentity::parse(kHybridIdentity);
  ASSERT_TRUE(identity.ok());
  EXPECT_EQ(identity->to_secret_text(), kHybridIdentity);
  EXPECT_FALSE(HybridRecipient::from_bytes(Bytes(32)).ok());
}

TEST(Hybrid, SaysWhenItIsNotAvailable) {
  if (is_hybrid_available()) GTEST_SKIP() << "OpenSSL has ML-KEM-768";
  const auto recipient = HybridIdentity::generate().recipient();
  ASSERT_FALSE(recipient.ok());
  EXPECT_EQ(recipient.error().code, base::ErrorCode::kUnsupported);
  EXPECT_NE(recipient.error().message.find("3.5"), std::string::npos);
}

/// RFC 9180, A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305 in base mode. What
/// follows the KEM is the same for every KEM.
TEST(Hybrid, KeysOfHpkeAreThePublishedOnes) {
  const auto secret = parse_hex("0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7");
  const auto info = parse_hex("4f6465206f6e2061204772656369616e2055726e");
  const auto kem_id = parse_hex("0020");
  const auto keys =
      detail::hpke_keys(kem_id.value(), SecretBytes(ByteView(secret.value())), info.value());
  EXPECT_EQ(hex(keys.key.view()),
            "ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91");
  EXPECT_EQ(hex(keys.nonce), "5c4d98150661b848853b547f");
}

}  // namespace
}  // namespace rogatory::crypto
