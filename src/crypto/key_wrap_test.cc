// SPDX-License-Identifier: EUPL-1.2
//
// The oracle builds the padded form of RFC 5649 by hand around the block cipher, after section 3.

#include "crypto/key_wrap.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <rapidcheck.h>

#include <memory>

#include "base/assert.h"

namespace rogatory::crypto {
namespace {

void encrypt_block(const SecretBytes& key, unsigned char* block) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cipher(EVP_CIPHER_CTX_new(),
                                                                               EVP_CIPHER_CTX_free);
  int size = 0;
  EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_ecb(), nullptr,
                     reinterpret_cast<const unsigned char*>(key.view().data()), nullptr);
  EVP_CIPHER_CTX_set_padding(cipher.get(), 0);
  EVP_EncryptUpdate(cipher.get(), block, &size, block, 16);
  ROG_ASSERT(size == 16);
}

/// RFC 5649 3 and 4.1 with RFC 3394 2.2.1.
Bytes defined_wrap(const SecretBytes& wrapping_key, ByteView key) {
  Bytes padded(key.begin(), key.end());
  padded.resize((key.size() + 7) / 8 * 8);
  unsigned char block[16] = {0xA6, 0x59, 0x59, 0xA6, 0, 0, 0, 0};
  for (unsigned i = 0; i < 4; ++i) {
    block[4 + i] = static_cast<unsigned char>(key.size() >> (24 - 8 * i));
  }
  const std::size_t n = padded.size() / 8;
  auto* r = reinterpret_cast<unsigned char*>(padded.data());
  if (n == 1) {
    std::copy_n(r, 8, block + 8);
    encrypt_block(wrapping_key, block);
    const auto* first = reinterpret_cast<const std::byte*>(block);
    return {first, first + 16};
  }
  for (std::size_t t = 1; t <= 6 * n; ++t) {
    unsigned char* word = r + 8 * ((t - 1) % n);
    std::copy_n(word, 8, block + 8);
    encrypt_block(wrapping_key, block);
    for (unsigned i = 0; i < 8; ++i) block[7 - i] ^= static_cast<unsigned char>(t >> (8 * i));
    std::copy_n(block + 8, 8, word);
  }
  const auto* head = reinterpret_cast<const std::byte*>(block);
  Bytes wrapped(head, head + 8);
  wrapped.insert(wrapped.end(), padded.begin(), padded.end());
  return wrapped;
}

TEST(KeyWrap, EqualsTheDefinitionAndIsReadBack) {
  const SecretBytes wrapping_key = SecretBytes::random(kWrappingKeyBytes);
  for (std::size_t size = 1; size <= 80; ++size) {
    const SecretBytes key = SecretBytes::random(size);
    const Bytes wrapped = wrap_key(wrapping_key, key.view()).value();
    EXPECT_EQ(wrapped, defined_wrap(wrapping_key, key.view())) << size;
    EXPECT_GE(wrapped.size(), size + 8);
    EXPECT_LE(wrapped.size(), size + 16);
    const auto unwrapped = unwrap_key(wrapping_key, wrapped);
    EXPECT_TRUE(is_equal_secret(unwrapped->view(), key.view())) << size;
  }
}

TEST(KeyWrap, EveryFlippedBitIsFound) {
  const SecretBytes wrapping_key = SecretBytes::random(kWrappingKeyBytes);
  for (const std::size_t size : {5U, 8U, 16U, 33U}) {
    Bytes wrapped = wrap_key(wrapping_key, SecretBytes::random(size).view()).value();
    for (std::size_t bit = 0; bit < 8 * wrapped.size(); ++bit) {
      const std::byte flip = std::byte{1} << (bit % 8);
      wrapped[bit / 8] ^= flip;
      const auto refused = unwrap_key(wrapping_key, wrapped);
      ASSERT_FALSE(refused.ok()) << bit;
      EXPECT_EQ(refused.error().code, base::ErrorCode::kParse);
      wrapped[bit / 8] ^= flip;
    }
    EXPECT_TRUE(unwrap_key(wrapping_key, wrapped).ok());
  }
}

TEST(KeyWrap, AnotherKeyDoesNotOpen) {
  const Bytes wrapped = wrap_key(SecretBytes::random(32), as_bytes("a key of the case")).value();
  EXPECT_EQ(unwrap_key(SecretBytes::random(32), wrapped).error().message,
            "the wrapped key is damaged or belongs to another key");
}

TEST(KeyWrap, SizesAreChecked) {
  const SecretBytes wrapping_key = SecretBytes::random(32);
  EXPECT_EQ(wrap_key(SecretBytes::random(16), as_bytes("x")).error().code,
            base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(wrap_key(wrapping_key, {}).error().code, base::ErrorCode::kInvalidArgument);
  EXPECT_EQ(wrap_key(wrapping_key, Bytes(kMaxWrappedKeyBytes + 1)).error().code,
            base::ErrorCode::kInvalidArgument);
  EXPECT_TRUE(wrap_key(wrapping_key, Bytes(kMaxWrappedKeyBytes)).ok());
  for (const std::size_t size : {0U, 1U, 8U, 15U, 17U, 20000U}) {
    EXPECT_EQ(unwrap_key(wrapping_key, Bytes(size)).error().code, base::ErrorCode::kParse);
  }
}

}  // namespace
}  // namespace rogatory::crypto
