// SPDX-License-Identifier: EUPL-1.2
//
// Keys in a PKCS #11 token (OASIS PKCS #11 2.40): the module is loaded at run time, keys of cases
// are made inside the token and never leave it. One thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "crypto/key_store.h"

namespace rogatory::crypto {

struct TokenOptions {
  /// The shared library of the token's maker, such as `/usr/lib/softhsm/libsofthsm2.so`.
  std::filesystem::path module;
  /// The label of the token; exactly one token must have it.
  std::string label;
  /// The user's PIN.
  std::string pin;
  /// Tells the keys of this store from those of others in one token; may be empty.
  std::string store;
};

/// A key store in a token. The key of a case is an AES-256 object `rogatory <store> case
/// <name>` (`rogatory case <name>` without a name of the store), sensitive, not extractable; its
/// destruction destroys the object, and that is the erasure as far as the token itself keeps no
/// backup.
class TokenKeyStore final : public KeyStore {
 public:
  /// Loads the module and logs in. kNotFound when there is no such module or token, kConflict when
  /// two tokens have the label, kInvalidArgument when the PIN is refused, kUnsupported when the
  /// token lacks AES key generation or wrapping with padding, kIo for other answers of the token.
  static base::Result<std::unique_ptr<TokenKeyStore>> open(const TokenOptions& options);

  TokenKeyStore(const TokenKeyStore&) = delete;
  TokenKeyStore& operator=(const TokenKeyStore&) = delete;
  ~TokenKeyStore() override;

  base::Result<void> create_case_key(std::string_view case_name) override;
  base::Result<bool> has_case_key(std::string_view case_name) override;
  base::Result<std::vector<std::string>> case_names() override;
  base::Result<std::vector<std::byte>> wrap_item_key(std::string_view case_name,
                                                     std::span<const std::byte> item_key) override;
  base::Result<SecretBytes> unwrap_item_key(std::string_view case_name,
                                            std::span<const std::byte> wrapped) override;
  base::Result<void> destroy_case_key(std::string_view case_name) override;

 private:
  struct State;
  explicit TokenKeyStore(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace rogatory::crypto
