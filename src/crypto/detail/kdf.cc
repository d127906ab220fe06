// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/kdf.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <limits>
#include <string>

#include "base/assert.h"
#include "crypto/detail/owned.h"

namespace rogatory::crypto::detail {
namespace {

constexpr std::size_t kMaxHkdfBytes = std::size_t{255} * 32;

using Kdf = Owned<EVP_KDF, EVP_KDF_free>;
using KdfContext = Owned<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

int int_of(std::size_t size) {
  ROG_ASSERT(size <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
  return static_cast<int>(size);
}

/// OpenSSL takes no pointer to const for octets that it only reads.
OSSL_PARAM octets(const char* name, ByteView bytes) {
  static unsigned char none = 0;
  auto* data = bytes.empty() ? &none : const_cast<unsigned char*>(data_of(bytes));
  return OSSL_PARAM_construct_octet_string(name, data, bytes.size());
}

SecretBytes run_hkdf(int mode, ByteView key, ByteView salt, ByteView info, std::size_t size) {
  static const Kdf kHkdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  ROG_ASSERT(kHkdf != nullptr);
  const KdfContext context(EVP_KDF_CTX_new(kHkdf.get()));
  ROG_ASSERT(context != nullptr);
  std::string digest = "SHA256";
  std::array<OSSL_PARAM, 6> parameters = {
      OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      octets(OSSL_KDF_PARAM_KEY, key),
      octets(OSSL_KDF_PARAM_SALT, salt),
      octets(OSSL_KDF_PARAM_INFO, info),
      OSSL_PARAM_construct_end(),
  };
  SecretBytes derived(size);
  const int done =
      EVP_KDF_derive(context.get(), room_of(derived.mutable_view()), size, parameters.data());
  ROG_ASSERT(done == 1);
  return derived;
}

base::Result<void> check_hkdf_size(std::size_t size) {
  if (size > 0 && size <= kMaxHkdfBytes) return {};
  return base::Error{.code = base::ErrorCode::kInvalidArgument,
                     .message = "HKDF gives 1 to 8160 bytes"};
}

}  // namespace

Sha256Digest hmac_sha256(ByteView key, ByteView message) {
  Sha256Digest code;
  unsigned int size = 0;
  const unsigned char* done = HMAC(EVP_sha256(), data_of(key), int_of(key.size()), data_of(message),
                                   message.size(), room_of(code.bytes), &size);
  ROG_ASSERT(done != nullptr);
  ROG_ASSERT(size == code.bytes.size());
  return code;
}

base::Result<SecretBytes> hkdf_sha256(ByteView key, ByteView salt, ByteView info,
                                      std::size_t size) {
  ROG_CHECKED(check_hkdf_size(size));
  return run_hkdf(EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, key, salt, info, size);
}

SecretBytes hkdf_extract(ByteView salt, ByteView key) {
  // RFC 5869 2.2: the extraction is the HMAC of the key under the salt.
  // NOLINTNEXTLINE(readability-suspicious-call-argument)
  return SecretBytes(ByteView(hmac_sha256(salt, key).bytes));
}

base::Result<SecretBytes> hkdf_expand(ByteView pseudorandom_key, ByteView info, std::size_t size) {
  ROG_CHECKED(check_hkdf_size(size));
  return run_hkdf(EVP_KDF_HKDF_MODE_EXPAND_ONLY, pseudorandom_key, {}, info, size);
}

base::Result<SecretBytes> x25519(ByteView scalar, ByteView point) {
  if (scalar.size() != kX25519Bytes || point.size() != kX25519Bytes) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "keys of X25519 have 32 bytes"};
  }
  const Key own(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, data_of(scalar), scalar.size()));
  const Key peer(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, data_of(point), point.size()));
  ROG_ASSERT(own != nullptr);
  ROG_ASSERT(peer != nullptr);
  const KeyContext context(EVP_PKEY_CTX_new(own.get(), nullptr));
  ROG_ASSERT(context != nullptr);
  ROG_ASSERT(EVP_PKEY_derive_init(context.get()) == 1);
  ROG_ASSERT(EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1);
  SecretBytes shared(kX25519Bytes);
  std::size_t size = shared.size();
  // OpenSSL refuses a secret of zeros; that it does is not taken for granted.
  const bool is_derived =
      EVP_PKEY_derive(context.get(), room_of(shared.mutable_view()), &size) == 1;
  const SecretBytes zeros(kX25519Bytes);
  if (!is_derived || is_equal_secret(shared.view(), zeros.view())) {
    return base::Error{.code = base::ErrorCode::kParse,
                       .message = "a point of low order, with which no secret is shared"};
  }
  return shared;
}

std::array<std::byte, kX25519Bytes> x25519_public(const SecretBytes& scalar) {
  ROG_ASSERT(scalar.size() == kX25519Bytes);
  const Key own(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, data_of(scalar.view()),
                                             scalar.size()));
  ROG_ASSERT(own != nullptr);
  std::array<std::byte, kX25519Bytes> point;
  std::size_t size = point.size();
  const int done = EVP_PKEY_get_raw_public_key(own.get(), room_of(point), &size);
  ROG_ASSERT(done == 1);
  return point;
}

struct ChaChaPoly::Context {
  Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> cipher;
};

ChaChaPoly::ChaChaPoly(const SecretBytes& key, Direction direction)
    : context_(std::make_unique<Context>()) {
  ROG_ASSERT(key.size() == kAeadKeyBytes);
  context_->cipher.reset(EVP_CIPHER_CTX_new());
  const int done =
      EVP_CipherInit_ex(context_->cipher.get(), EVP_chacha20_poly1305(), /*impl=*/nullptr,
                        data_of(key.view()), /*iv=*/nullptr, direction == Direction::kSeal ? 1 : 0);
  ROG_ASSERT(done == 1);
}

ChaChaPoly::ChaChaPoly(ChaChaPoly&&) noexcept = default;
ChaChaPoly& ChaChaPoly::operator=(ChaChaPoly&&) noexcept = default;
ChaChaPoly::~ChaChaPoly() = default;

void ChaChaPoly::seal(std::span<const std::byte, kAeadNonceBytes> nonce, ByteView associated,
                      ByteView plain, std::span<std::byte> sealed) {
  ROG_ASSERT(sealed.size() == plain.size() + kAeadTagBytes);
  EVP_CIPHER_CTX* const cipher = context_->cipher.get();
  int size = 0;
  // -1 keeps the direction.
  ROG_ASSERT(EVP_CipherInit_ex(cipher, nullptr, nullptr, nullptr, data_of(nonce), -1) == 1);
  if (!associated.empty()) {
    ROG_ASSERT(EVP_CipherUpdate(cipher, nullptr, &size, data_of(associated),
                                int_of(associated.size())) == 1);
  }
  if (!plain.empty()) {
    ROG_ASSERT(EVP_CipherUpdate(cipher, room_of(sealed), &size, data_of(plain),
                                int_of(plain.size())) == 1);
  }
  ROG_ASSERT(EVP_CipherFinal_ex(cipher, room_of(sealed.subspan(plain.size())), &size) == 1);
  ROG_ASSERT(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, kAeadTagBytes,
                                 room_of(sealed.last(kAeadTagBytes))) == 1);
}

bool ChaChaPoly::open(std::span<const std::byte, kAeadNonceBytes> nonce, ByteView associated,
                      ByteView sealed, std::span<std::byte> plain) {
  ROG_ASSERT(sealed.size() == plain.size() + kAeadTagBytes);
  EVP_CIPHER_CTX* const cipher = context_->cipher.get();
  int size = 0;
  std::array<std::byte, kAeadTagBytes> tag;
  std::copy_n(sealed.end() - kAeadTagBytes, kAeadTagBytes, tag.begin());
  ROG_ASSERT(EVP_CipherInit_ex(cipher, nullptr, nullptr, nullptr, data_of(nonce), -1) == 1);
  ROG_ASSERT(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, kAeadTagBytes, room_of(tag)) == 1);
  if (!associated.empty()) {
    ROG_ASSERT(EVP_CipherUpdate(cipher, nullptr, &size, data_of(associated),
                                int_of(associated.size())) == 1);
  }
  if (!plain.empty()) {
    ROG_ASSERT(EVP_CipherUpdate(cipher, room_of(plain), &size, data_of(sealed),
                                int_of(plain.size())) == 1);
  }
  std::array<unsigned char, 16> rest;
  if (EVP_CipherFinal_ex(cipher, rest.data(), &size) == 1) return true;
  std::fill(plain.begin(), plain.end(), std::byte{0});
  return false;
}

base::Result<SecretBytes> scrypt(ByteView passphrase, ByteView salt, int work_factor) {
  ROG_ASSERT(work_factor > 0 && work_factor < 40);
  constexpr std::uint64_t kBlock = 8;
  constexpr std::uint64_t kParallel = 1;
  const std::uint64_t rounds = std::uint64_t{1} << static_cast<unsigned>(work_factor);
  // RFC 7914: 128 * r bytes for each of N blocks, and a little beside them.
  const std::uint64_t memory = 128 * kBlock * (rounds + 64);
  SecretBytes key(32);
  const int done = EVP_PBE_scrypt(reinterpret_cast<const char*>(passphrase.data()),
                                  passphrase.size(), data_of(salt), salt.size(), rounds, kBlock,
                                  kParallel, memory, room_of(key.mutable_view()), key.size());
  if (done == 1) return key;
  return base::Error{.code = base::ErrorCode::kLimit,
                     .message = "there is not enough memory for the work factor of a passphrase"};
}

}  // namespace rogatory::crypto::detail
