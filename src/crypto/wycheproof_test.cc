// SPDX-License-Identifier: EUPL-1.2
//
// Wycheproof (C2SP, read from vectors/wycheproof.tar.gz) on the primitives that sealing calls.

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"
#include "crypto/bytes.h"
#include "crypto/detail/hybrid_kem.h"
#include "crypto/detail/kdf.h"
#include "support/unpacked.h"

namespace rogatory::crypto {
namespace {

std::string text_of(const base::JsonObject& test, std::string_view key) {
  const auto& text = test.at(key).as_string();
  return {text.data(), text.size()};
}

Bytes bytes_of(const base::JsonObject& test, std::string_view key) {
  return parse_hex(text_of(test, key)).take();
}

/// Calls `check(group, test)` for each test of a file.
template <typename Check>
void for_each_test(const test::TempFolder& folder, const char* name, Check check) {
  const auto json =
      base::parse_json(test::read_test_file(folder.path() / "wycheproof" / name), name);
  ASSERT_TRUE(json.ok()) << json.error().to_string();
  for (const base::Json& group : json->as_object().at("testGroups").as_array()) {
    for (const base::Json& test : group.as_object().at("tests").as_array()) {
      SCOPED_TRACE(std::string(name) + " " +
                   std::to_string(test.at("tcId").to_number<std::uint64_t>()));
      check(group.as_object(), test.as_object());
    }
  }
}

class Wycheproof : public testing::Test {
 protected:
  void SetUp() override {
    if (!folder_) GTEST_SKIP() << "no shared data";
  }
  std::optional<test::TempFolder> folder_ = test::unpack_shared("vectors/wycheproof.tar.gz");
};

TEST_F(Wycheproof, X25519) {
  int checked = 0;
  int zero = 0;
  for_each_test(*folder_, "x25519_test.json", [&](const auto& /*group*/, const auto& test) {
    const Bytes expected = bytes_of(test, "shared");
    const auto shared = detail::x25519(bytes_of(test, "private"), bytes_of(test, "public"));
    ++checked;
    // "Acceptable" are points on the twist, not reduced, or of low order; age refuses the last.
    if (expected == Bytes(32)) {
      ++zero;
      ASSERT_FALSE(shared.ok());
      EXPECT_EQ(shared.error().code, base::ErrorCode::kParse);
      return;
    }
    ASSERT_TRUE(shared.ok());
    EXPECT_EQ(hex(shared->view()), hex(expected));
  });
  EXPECT_EQ(checked, 518);
  EXPECT_GT(zero, 0);
}

TEST_F(Wycheproof, ChaCha20Poly1305) {
  int checked = 0;
  for_each_test(*folder_, "chacha20_poly1305_test.json", [&](const auto& group, const auto& test) {
    if (group.at("ivSize") != 96) return;
    const SecretBytes key{ByteView(bytes_of(test, "key"))};
    const Bytes nonce_bytes = bytes_of(test, "iv");
    const std::span<const std::byte, kAeadNonceBytes> nonce(nonce_bytes);
    const Bytes associated = bytes_of(test, "aad");
    const Bytes plain = bytes_of(test, "msg");
    Bytes expected = bytes_of(test, "ct");
    const Bytes tag = bytes_of(test, "tag");
    expected.insert(expected.end(), tag.begin(), tag.end());
    const bool is_valid = text_of(test, "result") == "valid";
    Bytes opened(plain.size(), std::byte{1});
    detail::ChaChaPoly opener(key, detail::ChaChaPoly::Direction::kOpen);
    EXPECT_EQ(opener.open(nonce, associated, expected, opened), is_valid);
    EXPECT_EQ(opened, is_valid ? plain : Bytes(plain.size()));
    Bytes sealed(plain.size() + kAeadTagBytes);
    detail::ChaChaPoly sealer(key, detail::ChaChaPoly::Direction::kSeal);
    sealer.seal(nonce, associated, plain, sealed);
    EXPECT_EQ(sealed == expected, is_valid);
    ++checked;
  });
  RecordProperty("checked", checked);
  EXPECT_GT(checked, 280);
}

TEST_F(Wycheproof, HkdfSha256) {
  int checked = 0;
  for_each_test(*folder_, "hkdf_sha256_test.json", [&](const auto& /*group*/, const auto& test) {
    const auto size = test.at("size").template to_number<std::size_t>();
    const Bytes key = bytes_of(test, "ikm");
    const Bytes salt = bytes_of(test, "salt");
    const Bytes info = bytes_of(test, "info");
    const auto derived = detail::hkdf_sha256(key, salt, info, size);
    ++checked;
    if (text_of(test, "result") != "valid") {
      EXPECT_EQ(derived.error().code, base::ErrorCode::kInvalidArgument);
      return;
    }
    EXPECT_EQ(hex(derived->view()), text_of(test, "okm"));
    const SecretBytes extracted = detail::hkdf_extract(salt, key);
    const auto expanded = detail::hkdf_expand(extracted.view(), info, size);
    EXPECT_EQ(hex(expanded->view()), text_of(test, "okm"));
  });
  EXPECT_EQ(checked, 86);
}

TEST_F(Wycheproof, MlKem768) {
  if (!detail::has_ml_kem()) GTEST_SKIP() << "this OpenSSL has no ML-KEM-768";
  int checked = 0;
  for_each_test(*folder_, "mlkem_768_test.json", [&](const auto& /*group*/, const auto& test) {
    const SecretBytes seed{ByteView(bytes_of(test, "seed"))};
    const auto secret = detail::ml_kem_decapsulate(seed, bytes_of(test, "c"));
    ++checked;
    if (text_of(test, "result") != "valid") {
      EXPECT_EQ(secret.error().code, base::ErrorCode::kInvalidArgument);
      return;
    }
    EXPECT_EQ(hex(detail::ml_kem_public(seed).value()), text_of(test, "ek"));
    EXPECT_EQ(hex(secret->view()), text_of(test, "K"));
  });
  EXPECT_EQ(checked, 193);
}

}  // namespace
}  // namespace rogatory::crypto
