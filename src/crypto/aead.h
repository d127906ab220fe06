// SPDX-License-Identifier: EUPL-1.2
//
// Small secrets at rest: ChaCha20-Poly1305 (RFC 8439) with a random nonce. For contents that
// stream, see age.h. Any thread.
#pragma once

#include "base/result.h"
#include "crypto/bytes.h"

namespace rogatory::crypto {

inline constexpr std::size_t kAeadKeyBytes = 32;
inline constexpr std::size_t kAeadNonceBytes = 12;
inline constexpr std::size_t kAeadTagBytes = 16;
/// The largest plaintext.
inline constexpr std::size_t kMaxAeadBytes = std::size_t{16} * 1024 * 1024;

/// nonce || ciphertext || tag. `associated` is bound to it and not stored. The nonce is random, so
/// one key should seal no more than 2^32 texts (a collision would have the chance of 2^-33).
/// kInvalidArgument for a key of another size, kLimit for a larger text.
base::Result<Bytes> aead_seal(const SecretBytes& key, ByteView associated, ByteView plain);

/// The plaintext; kParse when the bytes were changed, cut, or sealed under another key or for
/// something else.
base::Result<Bytes> aead_open(const SecretBytes& key, ByteView associated, ByteView sealed);

}  // namespace rogatory::crypto
