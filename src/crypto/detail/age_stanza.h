// SPDX-License-Identifier: EUPL-1.2
//
// How each native recipient of age wraps a file key (C2SP age v1.1.0, "Native recipient types").
// Functions without state; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "crypto/age_header.h"
#include "crypto/age_keys.h"
#include "crypto/bytes.h"

namespace rogatory::crypto::detail {

inline constexpr std::size_t kFileKeyBytes = 16;
inline constexpr std::string_view kScryptType = "scrypt";

/// The first argument of the stanzas that an identity is to be tried on.
std::string_view stanza_type(const AgeIdentity& identity);

/// Wraps a file key. Errors as make_age_header.
base::Result<AgeStanza> make_stanza(const AgeRecipient& recipient, const SecretBytes& file_key);

/// Tries a stanza of the identity's type: nothing when it is for another key. Errors as
/// unwrap_age_header.
base::Result<std::optional<SecretBytes>> open_stanza(const AgeIdentity& identity,
                                                     const AgeStanza& stanza);

}  // namespace rogatory::crypto::detail
