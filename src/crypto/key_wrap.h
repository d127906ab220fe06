// SPDX-License-Identifier: EUPL-1.2
//
// AES-256 key wrap with padding (RFC 5649): how an item's key rests under a case's key and a case's
// key under a vault's. Destroying the upper key erases all below it. Pure; any thread.
#pragma once

#include "base/result.h"
#include "crypto/bytes.h"

namespace rogatory::crypto {

inline constexpr std::size_t kWrappingKeyBytes = 32;
/// The longest key that is wrapped: no private key in use is longer.
inline constexpr std::size_t kMaxWrappedKeyBytes = 16384;

/// `key` under `wrapping_key`: 9 to 16 bytes longer. kInvalidArgument when the wrapping key has not
/// kWrappingKeyBytes or `key` is empty or longer than kMaxWrappedKeyBytes. The same key gives the
/// same bytes.
base::Result<Bytes> wrap_key(const SecretBytes& wrapping_key, ByteView key);

/// The key inside `wrapped`. kParse when it was not wrapped under `wrapping_key` or was changed.
base::Result<SecretBytes> unwrap_key(const SecretBytes& wrapping_key, ByteView wrapped);

}  // namespace rogatory::crypto
