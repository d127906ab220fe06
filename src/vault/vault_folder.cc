// SPDX-License-Identifier: EUPL-1.2
#include "vault/vault_folder.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "crypto/bytes.h"
#include "storage/byte_files.h"
#include "storage/posix_files.h"

namespace rogatory::vault {
namespace {

using base::Result;

constexpr std::size_t kMaxSmallFileBytes = std::size_t{1} << 20;

std::filesystem::path keys_of(const std::filesystem::path& folder) {
  return folder / "keys";
}

std::filesystem::path log_key_of(const std::filesystem::path& folder) {
  return keys_of(folder) / "log.key";
}

Result<std::string> read_text(storage::Files& files, const std::filesystem::path& path) {
  ROG_TRY(const std::vector<std::byte> bytes, files.read(path, kMaxSmallFileBytes));
  return std::string(crypto::as_text(bytes));
}

/// A file of mode 0600, on the disk.
Result<void> write_secret(const std::filesystem::path& path, std::string_view text) {
  ROG_TRY(storage::FileSink sink,
          storage::FileSink::open(path, storage::Existing::kRefuse, /*start=*/0));
  ROG_CHECKED(sink.write(crypto::as_bytes(text)));
  return sink.finish();
}

Result<tlog::SigningKey> make_log_key(std::string_view origin) {
  std::array<std::byte, tlog::SigningKey::kSeedBytes> seed{};
  crypto::random_bytes(seed);
  return tlog::SigningKey::make(std::string(origin), tlog::SignatureType::kEd25519, seed);
}

/// Nothing of a vault is here: keys of another place would take those of this one out of reach.
Result<void> check_is_free(storage::Files& files, const std::filesystem::path& folder) {
  ROG_TRY(const bool has_database, files.exists(folder / "vault.db"));
  ROG_TRY(const bool has_keys, files.exists(keys_of(folder)));
  if (!has_database && !has_keys) return {};
  return base::Error{
      .code = base::ErrorCode::kConflict,
      .message = has_database
                     ? "there is a vault in this folder already"
                     : "there are keys here but no vault.db: either an `evidence init` was cut "
                       "off, then nothing is in it yet and the folder can be removed; or the vault "
                       "lost its database, then bring that back",
      .context = {},
      .place = {.file = folder.string()}};
}

}  // namespace

Result<void> VaultFolder::create(const std::filesystem::path& folder, std::string_view origin,
                                 const std::optional<TokenPlace>& token, std::string_view pin) {
  const std::unique_ptr<storage::Files> files = storage::make_posix_files();
  ROG_TRY(const tlog::SigningKey log_key, make_log_key(origin));
  ROG_CHECKED(files->make_folder(folder));
  ROG_CHECKED(check_is_free(*files, folder));
  ROG_TRY(const OpenedKeys keys, create_keys(*files, keys_of(folder), token, pin));
  ROG_CHECKED(write_secret(log_key_of(folder), log_key.secret_text() + "\n"));
  ROG_CHECKED(files->sync_folder(keys_of(folder)));
  const std::string policy = "log " + log_key.key().to_text() + "\nquorum none\n";
  ROG_CHECKED(storage::write_durable(*files, folder / "policy", crypto::as_bytes(policy)));
  // The database comes last: a folder with one is a vault.
  return Vault::create(folder, {.files = *files, .keys = *keys.store, .after_destruction = {}});
}

Result<std::unique_ptr<VaultFolder>> VaultFolder::open(const std::filesystem::path& folder,
                                                       std::string_view pin) {
  std::unique_ptr<storage::Files> files = storage::make_posix_files();
  ROG_TRY(const bool is_there, files->exists(folder / "vault.db"));
  if (!is_there) {
    return base::Error{.code = base::ErrorCode::kNotFound,
                       .message = "there is no vault here; make one with `evidence init`",
                       .context = {},
                       .place = {.file = folder.string()}};
  }
  ROG_TRY(OpenedKeys keys, open_keys(*files, keys_of(folder), pin));
  ROG_TRY(const std::string text, read_text(*files, log_key_of(folder)));
  ROG_TRY(tlog::SigningKey log_key, tlog::SigningKey::parse(base::trim(text)));
  std::unique_ptr<VaultFolder> opened(
      new VaultFolder(folder, std::move(files), std::move(keys), std::move(log_key)));
  ROG_TRY(opened->vault_,
          Vault::open(folder, {.files = *opened->files_,
                               .keys = *opened->keys_.store,
                               .after_destruction = opened->keys_.after_destruction}));
  return opened;
}

VaultFolder::VaultFolder(std::filesystem::path folder, std::unique_ptr<storage::Files> files,
                         OpenedKeys keys, tlog::SigningKey log_key)
    : folder_(std::move(folder)),
      files_(std::move(files)),
      keys_(std::move(keys)),
      log_key_(std::move(log_key)) {}

Result<void> VaultFolder::publish(std::chrono::sys_seconds at) {
  const std::array<tlog::NoteSigner, 1> signers = {log_key_.signer()};
  const auto seconds = static_cast<std::uint64_t>(at.time_since_epoch().count());
  ROG_CHECKED(vault_->log().publish(signers, origin(), seconds));
  return {};
}

}  // namespace rogatory::vault
