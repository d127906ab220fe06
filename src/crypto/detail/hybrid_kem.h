// SPDX-License-Identifier: EUPL-1.2
//
// ML-KEM-768 with X25519 as one KEM (X-Wing, draft-connolly-cfrg-xwing-kem; MLKEM768-X25519 of
// draft-ietf-hpke-pq), and the one message of HPKE base mode that age puts on it (RFC 9180, 5.1.1
// and 6.1). ML-KEM comes from OpenSSL 3.5 or later, asked for at run time. Any thread.
#pragma once

#include <cstddef>
#include <optional>

#include "base/result.h"
#include "crypto/bytes.h"

namespace rogatory::crypto::detail {

inline constexpr std::size_t kHybridSeedBytes = 32;
inline constexpr std::size_t kHybridPublicBytes = 1184 + 32;
inline constexpr std::size_t kHybridEncapsulationBytes = 1088 + 32;

/// True when OpenSSL has ML-KEM-768. Without it the functions below give kUnsupported.
bool has_ml_kem();

/// The public key of a seed: that of ML-KEM, then that of X25519.
base::Result<Bytes> hybrid_public(const SecretBytes& seed);

struct HybridSealed {
  Bytes encapsulation;
  Bytes ciphertext;
};

/// Seals one message for `public_key`. kParse when the key is none.
base::Result<HybridSealed> hybrid_seal(ByteView public_key, ByteView info, ByteView message);

/// Opens it. Nothing when it was sealed for another key or changed; kParse when the point of the
/// encapsulation is of low order.
base::Result<std::optional<SecretBytes>> hybrid_open(const SecretBytes& seed,
                                                     ByteView encapsulation, ByteView info,
                                                     ByteView ciphertext);

/// The key and the nonce of HPKE's first message for a shared secret (RFC 9180, 5.1). Shown for
/// tests, which have vectors of it without ML-KEM.
struct HpkeKeys {
  SecretBytes key;
  Bytes nonce;
};
HpkeKeys hpke_keys(ByteView kem_id, const SecretBytes& shared_secret, ByteView info);

}  // namespace rogatory::crypto::detail
