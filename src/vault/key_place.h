// SPDX-License-Identifier: EUPL-1.2
//
// Where the keys of a vault's cases are: in files of its folder `keys`, or in a PKCS #11 token that
// the file `keys/token` names (docs/formats/key-store.md). One thread, one process at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/key_store.h"
#include "storage/files.h"

namespace rogatory::vault {

/// A token, as its maker's module knows it.
struct TokenPlace {
  std::filesystem::path module;
  std::string label;
  /// What tells the keys of this vault from those of others in the same token; made by
  /// create_keys().
  std::string store;
};

/// A store that is open, with what belongs to it.
struct OpenedKeys {
  std::unique_ptr<crypto::KeyStore> store;
  /// VaultParts::after_destruction; empty for a token, which keeps no older key.
  std::function<base::Result<void>()> after_destruction;
  /// Of a token; files have a lock of their own.
  std::unique_ptr<storage::FileLock> lock;
};

/// Makes the folder and the store in it, or writes down the token. Errors of FileKeyStore::create
/// and TokenKeyStore::open.
base::Result<OpenedKeys> create_keys(storage::Files& files, const std::filesystem::path& folder,
                                     std::optional<TokenPlace> token, std::string_view pin);

/// Opens what is there. kInvalidArgument for a token without its PIN; kConflict while another
/// process has it open; errors of the stores.
base::Result<OpenedKeys> open_keys(storage::Files& files, const std::filesystem::path& folder,
                                   std::string_view pin);

/// The token; nothing when the keys are in files. kParse, kSchema.
base::Result<std::optional<TokenPlace>> token_of(storage::Files& files,
                                                 const std::filesystem::path& folder);

}  // namespace rogatory::vault
