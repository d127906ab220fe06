// SPDX-License-Identifier: EUPL-1.2
//
// A vault as a program opens it: the vault's folder, keys in files or a token, the key of its log
// (docs/formats/vault.md). One thread, one process at a time.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "storage/files.h"
#include "tlog/signing_key.h"
#include "vault/endorsements.h"
#include "vault/key_place.h"
#include "vault/vault.h"

namespace rogatory::vault {

class VaultFolder final {
 public:
  /// Makes a vault with new keys in `<folder>/keys`, or those of its cases in `token`, and a policy
  /// that asks for the log's own signature alone. `origin` is the name of its log, such as
  /// `evidence.example/vault`. kConflict when there is one; kInvalidArgument for an origin that a
  /// log cannot have; errors of create_keys(); kIo.
  static base::Result<void> create(const std::filesystem::path& folder, std::string_view origin,
                                   const std::optional<TokenPlace>& token = {},
                                   std::string_view pin = {});

  /// `pin` is that of the token, for a vault that has one. kNotFound; errors of open_keys() and
  /// Vault::open.
  static base::Result<std::unique_ptr<VaultFolder>> open(const std::filesystem::path& folder,
                                                         std::string_view pin = {});

  Vault& vault() { return *vault_; }
  /// The token that has the keys of cases; nothing when files have them.
  base::Result<std::optional<TokenPlace>> token() { return token_of(*files_, folder_ / "keys"); }
  const std::string& origin() const { return log_key_.key().name(); }

  /// Places what was recorded in the log and signs it. kRefused after a restore.
  base::Result<void> publish(std::chrono::sys_seconds at);

  /// The policy of the vault's log (C2SP tlog-policy), which goes into bundles.
  base::Result<std::string> policy() { return endorsements().policy(); }

  /// What others say of the log, and whose word counts.
  Endorsements endorsements() { return {*files_, folder_, vault_->log(), log_key_.key()}; }

 private:
  VaultFolder(std::filesystem::path folder, std::unique_ptr<storage::Files> files, OpenedKeys keys,
              tlog::SigningKey log_key);

  std::filesystem::path folder_;
  std::unique_ptr<storage::Files> files_;
  OpenedKeys keys_;
  tlog::SigningKey log_key_;
  std::unique_ptr<Vault> vault_;
};

}  // namespace rogatory::vault
