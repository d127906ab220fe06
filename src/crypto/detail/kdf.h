// SPDX-License-Identifier: EUPL-1.2
//
// The primitives that sealing is made of, each a call of OpenSSL with the sizes checked before.
// Pure; functions from any thread, a cipher from one at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"
#include "crypto/aead.h"
#include "crypto/bytes.h"
#include "crypto/digest.h"

namespace rogatory::crypto::detail {

/// HMAC-SHA-256 (RFC 2104).
Sha256Digest hmac_sha256(ByteView key, ByteView message);

/// HKDF-SHA-256, extract and expand (RFC 5869). kInvalidArgument when `size` is 0 or beyond 255
/// digests.
base::Result<SecretBytes> hkdf_sha256(ByteView key, ByteView salt, ByteView info, std::size_t size);

/// HKDF-Extract alone, and HKDF-Expand alone, as HPKE uses them (RFC 9180, section 4).
SecretBytes hkdf_extract(ByteView salt, ByteView key);
base::Result<SecretBytes> hkdf_expand(ByteView pseudorandom_key, ByteView info, std::size_t size);

inline constexpr std::size_t kX25519Bytes = 32;

/// X25519 (RFC 7748, section 5). kParse when the shared secret is zero, as it is for points of low
/// order, and kInvalidArgument when a size is wrong.
base::Result<SecretBytes> x25519(ByteView scalar, ByteView point);
/// X25519 with the base point.
std::array<std::byte, kX25519Bytes> x25519_public(const SecretBytes& scalar);

/// ChaCha20-Poly1305 (RFC 8439) under one key, for any number of messages. A nonce is for one
/// message only.
class ChaChaPoly final {
 public:
  enum class Direction { kSeal, kOpen };

  /// `key` has kAeadKeyBytes.
  ChaChaPoly(const SecretBytes& key, Direction direction);
  ChaChaPoly(ChaChaPoly&&) noexcept;
  ChaChaPoly& operator=(ChaChaPoly&&) noexcept;
  ~ChaChaPoly();

  /// Writes ciphertext and tag to `sealed`, which has kAeadTagBytes more than `plain`.
  void seal(std::span<const std::byte, kAeadNonceBytes> nonce, ByteView associated, ByteView plain,
            std::span<std::byte> sealed);

  /// Writes the plaintext to `plain`, which has kAeadTagBytes less than `sealed`; true when the tag
  /// is right. Otherwise `plain` is zero.
  bool open(std::span<const std::byte, kAeadNonceBytes> nonce, ByteView associated, ByteView sealed,
            std::span<std::byte> plain);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// scrypt with r = 8 and p = 1 (RFC 7914) and N = 2^`work_factor`, to 32 bytes. kLimit when memory
/// does not suffice.
base::Result<SecretBytes> scrypt(ByteView passphrase, ByteView salt, int work_factor);

}  // namespace rogatory::crypto::detail
