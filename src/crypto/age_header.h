// SPDX-License-Identifier: EUPL-1.2
//
// The header of a sealed file (C2SP age v1.1.0, "Header"): who can open it. Functions without
// state; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "crypto/age_keys.h"
#include "crypto/bytes.h"

namespace rogatory::crypto {

/// The largest header read: some 150 hybrid recipients, or 2,000 of X25519.
inline constexpr std::size_t kMaxAgeHeaderBytes = std::size_t{256} * 1024;
/// The most stanzas in a header, each of which a reader may have to try.
inline constexpr std::size_t kMaxAgeStanzas = 2048;

/// One recipient's part of a header. The arguments begin with the type.
struct AgeStanza {
  std::vector<std::string> arguments;
  Bytes body;

  bool operator==(const AgeStanza&) const = default;
};

/// A header as it was read: well-formed, its MAC not yet verified.
struct AgeHeader {
  std::vector<AgeStanza> stanzas;
  Bytes mac;
  /// The bytes the MAC covers: all up to and including `---`.
  Bytes covered;
  /// The bytes of the whole header, which is where the payload begins.
  std::size_t size_bytes = 0;
};

/// Reads the header at the front of `bytes`, which may go on. kParse when it is not well-formed,
/// kUnsupported for another version, kLimit when it is too large. Stanzas of unknown type are kept.
base::Result<AgeHeader> parse_age_header(ByteView bytes);

/// The header that wraps `file_key` for `recipients`. kInvalidArgument without recipients, when a
/// passphrase is not alone, or when a recipient that a quantum computer breaks stands beside one
/// that it does not (age: the file would be as weak as the former); kUnsupported when this OpenSSL
/// has not what a recipient needs.
base::Result<Bytes> make_age_header(const SecretBytes& file_key,
                                    std::span<const AgeRecipient> recipients);

/// The file key that one of `identities` unwraps, once the MAC of the header verified under it.
/// kNotFound when no stanza is for any of them; kParse for a malformed stanza of a known type, a
/// passphrase stanza that is not alone and a wrong MAC; kLimit for a work factor beyond the
/// identity's.
base::Result<SecretBytes> unwrap_age_header(const AgeHeader& header,
                                            std::span<const AgeIdentity> identities);

/// Fails with kConflict when `file_key` is not the one that made the MAC of `header`.
base::Result<void> check_file_key(const AgeHeader& header, const SecretBytes& file_key);

/// A header of its own for `recipients` in place of `header`, for the same payload. Only the header
/// depends on the recipients: the payload's key comes from the file key and the payload's nonce,
/// and the header's MAC from the file key, so that whoever holds the file key can write a header
/// anew and none of the payload changes. kConflict when `file_key` is not the one of `header`;
/// otherwise as make_age_header. Those who could open the old header still know the file key.
base::Result<Bytes> rewrap_header(const AgeHeader& header, const SecretBytes& file_key,
                                  std::span<const AgeRecipient> recipients);

/// A new file key.
SecretBytes make_age_file_key();

}  // namespace rogatory::crypto
