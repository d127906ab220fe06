// SPDX-License-Identifier: EUPL-1.2
#include "vault/detail/inside.h"

#include <algorithm>

namespace rogatory::vault {

using base::Result;

Result<storage::Bytes> Vault::Secret::seal(std::string_view what, std::string_view text) const {
  return crypto::aead_seal(key, crypto::as_bytes(what), crypto::as_bytes(text));
}

Result<std::string> Vault::Secret::open(std::string_view what, crypto::ByteView sealed) const {
  ROG_TRY(const crypto::Bytes text, crypto::aead_open(key, crypto::as_bytes(what), sealed));
  return std::string(crypto::as_text(text));
}

Vault::Inside::Inside(std::filesystem::path at, const VaultParts& given, storage::Database opened)
    : folder(std::move(at)),
      parts(given),
      database(std::move(opened)),
      log(database, given.files,
          {.export_folder = folder / "log", .signed_record = folder / "log-signed"}) {}

std::filesystem::path Vault::Inside::blob(const ItemId& item) const {
  return folder / "blobs" / item.str().substr(0, 2) / (item.str() + ".age");
}

std::filesystem::path Vault::Inside::chunks(const ItemId& item) const {
  return folder / "blobs" / item.str().substr(0, 2) / (item.str() + ".chunks.age");
}

std::filesystem::path Vault::Inside::incoming_blob(const ItemId& item) const {
  return folder / "incoming" / (item.str() + ".age");
}

std::filesystem::path Vault::Inside::incoming_chunks(const ItemId& item) const {
  return folder / "incoming" / (item.str() + ".chunks.age");
}

std::string random_id() {
  storage::Bytes bytes(16);
  crypto::random_bytes(bytes);
  return crypto::hex(bytes);
}

namespace detail {

constexpr std::size_t kIdBytes = 16;
constexpr int kItemWorkFactor = 1;

Result<storage::Bytes> id_bytes(std::string_view id) {
  auto bytes = crypto::parse_hex(id);
  if (bytes.ok() && bytes->size() == kIdBytes) return bytes;
  return failure(base::ErrorCode::kInvalidArgument,
                 "`" + std::string(id) + "` is no id; ids have 32 hexadecimal digits");
}

std::string id_text(const storage::Bytes& bytes) {
  return crypto::hex(bytes);
}

namespace {

crypto::SecretBytes passphrase_of(const crypto::SecretBytes& key) {
  std::string digits = crypto::hex(key.view());
  crypto::SecretBytes passphrase(crypto::as_bytes(digits));
  std::fill(digits.begin(), digits.end(), '0');
  return passphrase;
}

}  // namespace

crypto::ScryptRecipient item_recipient(const crypto::SecretBytes& key) {
  return {.passphrase = passphrase_of(key), .work_factor = kItemWorkFactor};
}

crypto::ScryptIdentity item_identity(const crypto::SecretBytes& key) {
  return {.passphrase = passphrase_of(key), .max_work_factor = kItemWorkFactor};
}

base::Error failure(base::ErrorCode code, std::string message) {
  return {.code = code, .message = std::move(message), .context = {}, .place = {}};
}

}  // namespace detail
}  // namespace rogatory::vault
