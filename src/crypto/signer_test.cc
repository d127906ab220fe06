// SPDX-License-Identifier: EUPL-1.2

#include "crypto/signer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "base/json.h"
#include "crypto/bytes.h"
#include "support/shared.h"
#include "support/temp_folder.h"

namespace rogatory::crypto {
namespace {

Bytes hex_bytes(std::string_view text) {
  auto bytes = parse_hex(text);
  EXPECT_TRUE(bytes.ok()) << text;
  return bytes.ok() ? bytes.take() : Bytes();
}

class EverySuite : public testing::TestWithParam<SignatureSuite> {
 protected:
  void SetUp() override {
    const auto available = check_available(GetParam());
    if (!available.ok()) GTEST_SKIP() << available.error().message;
  }
};

TEST_P(EverySuite, SignsAndRefusesWhatChanged) {
  const PrivateKey key = PrivateKey::generate(GetParam()).take();
  const Bytes message = to_bytes("preserve until the court has decided");
  Bytes signature = key.sign(message);
  const PublicKey open = key.public_key();
  EXPECT_TRUE(open.verify(message, signature));
  EXPECT_FALSE(open.verify(to_bytes("preserve"), signature));
  EXPECT_FALSE(open.verify(message, {}));
  for (const std::size_t at : {std::size_t{0}, signature.size() / 2, signature.size() - 1}) {
    signature[at] ^= std::byte{1};
    EXPECT_FALSE(open.verify(message, signature)) << at;
    signature[at] ^= std::byte{1};
  }
  EXPECT_FALSE(PrivateKey::generate(GetParam()).take().public_key().verify(message, signature));
}

TEST_P(EverySuite, KeysAreReadBack) {
  const PrivateKey key = PrivateKey::generate(GetParam()).take();
  const Bytes message = to_bytes("x");
  const PrivateKey again = PrivateKey::parse_pem(as_text(key.secret_pem().view())).take();
  EXPECT_EQ(again.suite(), GetParam());
  EXPECT_TRUE(key.public_key().verify(message, again.sign(message)));
  const PublicKey open = key.public_key();
  EXPECT_EQ(PublicKey::parse_raw(GetParam(), open.raw()).value().spki(), open.spki());
  EXPECT_EQ(PublicKey::parse_spki(open.spki()).value().raw(), open.raw());
  EXPECT_EQ(parse_suite_id(suite_id(GetParam())).value(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Signer, EverySuite, testing::ValuesIn(kSignatureSuites),
                         [](const auto& suite) {
                           std::string name(suite_id(suite.param));
                           std::erase(name, '-');
                           return name;
                         });

// RFC 8032 7.1, test 3.
TEST(Ed25519, PublishedVector) {
  const auto key = Ed25519PrivateKey::parse(
      hex_bytes("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));
  ASSERT_TRUE(key.ok());
  const Bytes message = hex_bytes("af82");
  EXPECT_EQ(hex(key->public_key().bytes),
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  EXPECT_EQ(hex(key->sign(message)),
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  EXPECT_TRUE(key->public_key().verify(message, key->sign(message)));
  EXPECT_EQ(hex(key->secret_seed().view()),
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
}

// RFC 8032 5.1.3. Under the neutral element as a key every message has this signature.
TEST(Ed25519, AKeyHasOneText) {
  const auto verifies = [](std::string_view key, std::string_view r) {
    Bytes signature = hex_bytes(r);
    signature.resize(64);
    return Ed25519PublicKey::parse(hex_bytes(key))->verify(to_bytes("any"), signature);
  };
  const std::string one = "01" + std::string(62, '0');
  const std::string one_with_sign = "01" + std::string(60, '0') + "80";
  const std::string one_above_p = "ee" + std::string(60, 'f') + "7f";
  EXPECT_TRUE(verifies(one, one));
  EXPECT_FALSE(verifies(one_with_sign, one));
  EXPECT_FALSE(verifies(one_above_p, one));
  EXPECT_FALSE(verifies(one, one_with_sign));
}

TEST(Signer, SaysWhatThePlatformLacks) {
  for (const SignatureSuite suite : kSignatureSuites) {
    const auto available = check_available(suite);
    EXPECT_EQ(available.ok(), is_available(suite));
    EXPECT_EQ(PrivateKey::generate(suite).ok(), available.ok());
    if (available.ok()) continue;
    EXPECT_EQ(suite, SignatureSuite::kMlDsa44);
    EXPECT_EQ(available.error().code, base::ErrorCode::kUnsupported);
    EXPECT_NE(available.error().message.find("not offered by this platform's OpenSSL"),
              std::string::npos);
  }
}

TEST(Signer, RefusesWhatIsNoKey) {
  EXPECT_EQ(PublicKey::parse_raw(SignatureSuite::kEd25519, Bytes(31)).error().code,
            base::ErrorCode::kParse);
  // The right length, and no point of the curve.
  EXPECT_EQ(PublicKey::parse_raw(SignatureSuite::kEcdsaP384, Bytes(97, std::byte{4})).error().code,
            base::ErrorCode::kParse);
  EXPECT_EQ(PublicKey::parse_raw(SignatureSuite::kEcdsaP384, Bytes(97)).error().code,
            base::ErrorCode::kParse);
  EXPECT_EQ(PublicKey::parse_spki(to_bytes("no key")).error().code, base::ErrorCode::kParse);
  EXPECT_EQ(PrivateKey::parse_pem("no key").error().code, base::ErrorCode::kParse);
  EXPECT_EQ(Ed25519PublicKey::parse(Bytes(33)).error().code, base::ErrorCode::kParse);
  EXPECT_EQ(Ed25519PrivateKey::parse(Bytes(31)).error().code, base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(PrivateKey::from_seed(SignatureSuite::kEcdsaP384, Bytes(32)).error().code,
            base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(parse_suite_id("rsa").error().code, base::ErrorCode::kUnsupported);
}

TEST(Signer, TrailingBytesAfterAKeyAreRefused) {
  const PublicKey key = PrivateKey::generate(SignatureSuite::kEd25519).take().public_key();
  Bytes longer = key.spki();
  longer.push_back(std::byte{0});
  EXPECT_EQ(PublicKey::parse_spki(longer).error().code, base::ErrorCode::kParse);
}

/// A file of Project Wycheproof: of the shared archive, or, for those it does not hold, of the
/// folder testvectors_v1 that the variable ROGATORY_WYCHEPROOF names. Nothing when there is none.
std::optional<base::Json> wycheproof(const std::string& name) {
  const test::TempFolder unpacked;
  std::filesystem::path path;
  if (const auto archive = test::shared_path("vectors/wycheproof.tar.gz")) {
    test::unpack(*archive, unpacked.path());
    path = unpacked / "wycheproof" / name;
  }
  const auto folder = test::folder_of_variable("ROGATORY_WYCHEPROOF");
  if (folder && !std::filesystem::exists(path)) path = *folder / name;
  const auto text = base::read_file(path);
  if (!text.ok()) return std::nullopt;
  auto json = base::parse_json(*text, name);
  EXPECT_TRUE(json.ok()) << (json.ok() ? "" : json.error().to_string());
  return json.ok() ? std::optional(json.take()) : std::nullopt;
}

/// A public key as a group of the suite of vectors writes it: an object or the bare bytes.
std::string group_key(const base::JsonObject& group) {
  const base::Json& key = group.at("publicKey");
  if (key.is_string()) return key.as_string().c_str();
  const base::JsonObject& parts = key.as_object();
  return parts.at(parts.contains("pk") ? "pk" : "uncompressed").as_string().c_str();
}

int run_wycheproof(const base::Json& file, SignatureSuite suite) {
  int count = 0;
  for (const base::Json& group : file.at("testGroups").as_array()) {
    const auto key = PublicKey::parse_raw(suite, hex_bytes(group_key(group.as_object())));
    for (const base::Json& test : group.at("tests").as_array()) {
      // A context string, which no suite here uses.
      if (test.as_object().contains("ctx")) continue;
      const bool valid = test.at("result").as_string() == "valid";
      const bool holds = key.ok() && key->verify(hex_bytes(test.at("msg").as_string().c_str()),
                                                 hex_bytes(test.at("sig").as_string().c_str()));
      EXPECT_EQ(holds, valid) << test.at("tcId").to_number<int>() << " "
                              << test.at("comment").as_string().c_str();
      ++count;
    }
  }
  return count;
}

TEST(SignerWycheproof, Ed25519) {
  const auto file = wycheproof("ed25519_test.json");
  if (!file) GTEST_SKIP() << "no shared data";
  EXPECT_EQ(run_wycheproof(*file, SignatureSuite::kEd25519),
            file->at("numberOfTests").to_number<int>());
}

TEST(SignerWycheproof, MlDsa44) {
  const auto available = check_available(SignatureSuite::kMlDsa44);
  if (!available.ok()) GTEST_SKIP() << available.error().message;
  const auto file = wycheproof("mldsa_44_verify_test.json");
  if (!file) GTEST_SKIP() << "no shared data";
  EXPECT_GT(run_wycheproof(*file, SignatureSuite::kMlDsa44), 0);
}

TEST(SignerWycheproof, EcdsaP384) {
  const auto file = wycheproof("ecdsa_secp384r1_sha384_test.json");
  if (!file) GTEST_SKIP() << "no vectors for ECDSA P-384";
  EXPECT_EQ(run_wycheproof(*file, SignatureSuite::kEcdsaP384),
            file->at("numberOfTests").to_number<int>());
}

}  // namespace
}  // namespace rogatory::crypto
