// SPDX-License-Identifier: EUPL-1.2
//
// What a cosigner signs of a checkpoint (C2SP tlog-cosignature v1.0.1; ML-DSA-44 as in
// v1.1.0-rc.1), and who signs notes at all. Pure: the private key is behind a function. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/checkpoint.h"
#include "tlog/note.h"

namespace rogatory::tlog {

/// The message of an Ed25519 cosignature: `cosignature/v1`, the time, the whole text.
std::string ed25519_cosigned_message(std::uint64_t timestamp, std::string_view checkpoint_text);

/// The message of an ML-DSA-44 cosignature over the whole tree. kInvalidArgument when a name or the
/// origin is empty or longer than 255 bytes.
base::Result<std::vector<std::byte>> ml_dsa44_cosigned_message(std::string_view cosigner_name,
                                                               std::uint64_t timestamp,
                                                               const Checkpoint& checkpoint);

/// Signs a message with a private key that stays where it is (a file, a token).
using SignFunction =
    std::function<base::Result<std::vector<std::byte>>(std::span<const std::byte> message)>;

/// A named key that signs notes.
class NoteSigner final {
 public:
  NoteSigner(VerifierKey key, SignFunction sign) : key_(std::move(key)), sign_(std::move(sign)) {}

  const VerifierKey& key() const { return key_; }

  /// Signs a text that ends with a newline; for cosignature types it must be a checkpoint, and
  /// `timestamp` is the time stated (seconds since 1970, at most 2^63 - 1, not 0). kInvalidArgument
  /// otherwise; errors of the sign function.
  base::Result<NoteSignature> sign(std::string_view text, std::uint64_t timestamp = 0) const;

 private:
  VerifierKey key_;
  SignFunction sign_;
};

}  // namespace rogatory::tlog
