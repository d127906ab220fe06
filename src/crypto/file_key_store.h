// SPDX-License-Identifier: EUPL-1.2
//
// Keys in a folder: docs/formats/key-store.md. One thread and one process at a time; a lock file
// sees to the latter.
#pragma once

#include <filesystem>
#include <memory>

#include "crypto/key_store.h"

namespace rogatory::crypto {

/// A key store of files: one folder of keys in use, with `vault.key` and a file for each case, all
/// of mode 0600.
///
/// Destruction overwrites the file of the case, flushes it and removes it. A medium that writes
/// elsewhere (flash, copy on write) and a backup of the folder may keep an older copy of that file,
/// so a complete erasure also changes the vault's key: rotate_vault_key wraps what remains anew and
/// makes every older copy of a case's file worthless, provided that no copy of the old vault key is
/// kept. Backups of the vault's key belong apart from those of the cases' files.
class FileKeyStore final : public KeyStore {
 public:
  /// A new store. kConflict when the folder holds one, or keys of cases of one that lost its
  /// `current`; kIo.
  static base::Result<std::unique_ptr<FileKeyStore>> create(const std::filesystem::path& folder);

  /// An existing store. kNotFound; kInvalidArgument when others than the owner may read the key;
  /// kParse when a file is not what it should be; kConflict when another process has it open; kIo.
  static base::Result<std::unique_ptr<FileKeyStore>> open(const std::filesystem::path& folder);

  FileKeyStore(const FileKeyStore&) = delete;
  FileKeyStore& operator=(const FileKeyStore&) = delete;
  ~FileKeyStore() override;

  base::Result<void> create_case_key(std::string_view case_name) override;
  base::Result<bool> has_case_key(std::string_view case_name) override;
  base::Result<std::vector<std::string>> case_names() override;
  base::Result<std::vector<std::byte>> wrap_item_key(std::string_view case_name,
                                                     std::span<const std::byte> item_key) override;
  base::Result<SecretBytes> unwrap_item_key(std::string_view case_name,
                                            std::span<const std::byte> wrapped) override;
  base::Result<void> destroy_case_key(std::string_view case_name) override;

  /// A new vault key, with every case's key wrapped under it. A crash at any moment leaves a store
  /// that opens with every case's key: the old or the new vault key stands, never a mixture. The
  /// file of a case that is no key any more goes along as it is. kIo.
  base::Result<void> rotate_vault_key();

 private:
  struct State;
  explicit FileKeyStore(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace rogatory::crypto
