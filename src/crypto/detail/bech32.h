// SPDX-License-Identifier: EUPL-1.2
//
// Bech32 (BIP 173) without its limit on the length, as age spells keys. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/bytes.h"

namespace rogatory::crypto::detail {

/// `prefix` (lower case), `1`, the bytes and a checksum.
std::string bech32(std::string_view prefix, ByteView bytes);

/// The bytes of a text that begins with `prefix` (lower case) and is all lower case or all upper
/// case; kParse for anything else, with no word of the text, which may be a secret.
base::Result<Bytes> parse_bech32(std::string_view prefix, std::string_view text);

}  // namespace rogatory::crypto::detail
