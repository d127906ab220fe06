// SPDX-License-Identifier: EUPL-1.2
//
// A private key of a log or witness as one line of text, in the form that Go's note package made
// customary. Pure; any thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "tlog/cosignature.h"
#include "tlog/note.h"

namespace rogatory::tlog {

/// `PRIVATE+KEY+<name>+<id in hex>+<base64 of type and seed>`.
class SigningKey final {
 public:
  static constexpr std::size_t kSeedBytes = 32;

  /// From a seed that nobody else has. kInvalidArgument for a name that is none or a seed of
  /// another length; kUnsupported when the platform lacks the suite.
  static base::Result<SigningKey> make(std::string name, SignatureType type,
                                       std::span<const std::byte> seed);

  /// kParse for what is no key; kLint when the id is not that of the key; kUnsupported.
  static base::Result<SigningKey> parse(std::string_view text);

  /// What parse reads, without a newline: the secret itself.
  std::string secret_text() const;

  const VerifierKey& key() const;
  /// Shares the key with this object.
  NoteSigner signer() const;

 private:
  struct Secret;
  explicit SigningKey(std::shared_ptr<const Secret> secret) : secret_(std::move(secret)) {}

  // Shared by the signers made of it; never changed.
  std::shared_ptr<const Secret> secret_;
};

}  // namespace rogatory::tlog
