// SPDX-License-Identifier: EUPL-1.2

#include "crypto/key_wrap.h"

#include <openssl/evp.h>

#include <algorithm>

#include "base/assert.h"
#include "crypto/detail/owned.h"

namespace rogatory::crypto {
namespace {

/// RFC 5649 3: a header of eight bytes, and the key filled up to whole blocks of eight.
constexpr std::size_t kBlockBytes = 8;

using Cipher = detail::Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

std::size_t wrapped_size(std::size_t key_bytes) {
  return (key_bytes + kBlockBytes - 1) / kBlockBytes * kBlockBytes + kBlockBytes;
}

base::Result<Cipher> start(const SecretBytes& wrapping_key, int is_wrapping) {
  if (wrapping_key.size() != kWrappingKeyBytes) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "a wrapping key has 32 bytes"};
  }
  Cipher cipher(EVP_CIPHER_CTX_new());
  ROG_ASSERT(cipher != nullptr);
  EVP_CIPHER_CTX_set_flags(cipher.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  const int done = EVP_CipherInit_ex(cipher.get(), EVP_aes_256_wrap_pad(), /*impl=*/nullptr,
                                     detail::data_of(wrapping_key.view()),
                                     /*iv=*/nullptr, is_wrapping);
  ROG_ASSERT(done == 1);
  return cipher;
}

/// The number of bytes written to `out`; nothing when the cipher refuses.
std::size_t run(const Cipher& cipher, ByteView in, std::span<std::byte> out) {
  int size = 0;
  const int done = EVP_CipherUpdate(cipher.get(), detail::room_of(out), &size, detail::data_of(in),
                                    static_cast<int>(in.size()));
  return done == 1 && size > 0 ? static_cast<std::size_t>(size) : 0;
}

}  // namespace

base::Result<Bytes> wrap_key(const SecretBytes& wrapping_key, ByteView key) {
  if (key.empty() || key.size() > kMaxWrappedKeyBytes) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "a key to be wrapped has 1 to 16384 bytes"};
  }
  ROG_TRY(const Cipher cipher, start(wrapping_key, /*is_wrapping=*/1));
  Bytes wrapped(wrapped_size(key.size()));
  const std::size_t size = run(cipher, key, wrapped);
  ROG_ASSERT(size == wrapped.size());
  return wrapped;
}

base::Result<SecretBytes> unwrap_key(const SecretBytes& wrapping_key, ByteView wrapped) {
  ROG_TRY(const Cipher cipher, start(wrapping_key, /*is_wrapping=*/0));
  const base::Error refused{.code = base::ErrorCode::kParse,
                            .message = "the wrapped key is damaged or belongs to another key"};
  const bool has_size = wrapped.size() >= 2 * kBlockBytes && wrapped.size() % kBlockBytes == 0 &&
                        wrapped.size() <= wrapped_size(kMaxWrappedKeyBytes);
  if (!has_size) return refused;
  // Room for what OpenSSL writes before it knows the length.
  SecretBytes room(wrapped.size());
  const std::size_t size = run(cipher, wrapped, room.mutable_view());
  if (size == 0 || wrapped_size(size) != wrapped.size()) return refused;
  return SecretBytes(room.view().first(size));
}

}  // namespace rogatory::crypto
