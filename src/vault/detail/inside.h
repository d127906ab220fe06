// SPDX-License-Identifier: EUPL-1.2
//
// What the files of the vault share.
#pragma once

#include <string>
#include <string_view>

#include "crypto/aead.h"
#include "crypto/bytes.h"
#include "storage/database.h"
#include "vault/vault.h"

namespace rogatory::vault {

/// The case that holds the vault's own events; its name in the key store.
inline constexpr std::string_view kOwnCase = "vault";

/// The key of the vault that encrypts members of events and names of a case.
struct Vault::Secret {
  crypto::SecretBytes key;

  /// `what` is bound to the text, so that none can stand for another.
  base::Result<storage::Bytes> seal(std::string_view what, std::string_view text) const;
  base::Result<std::string> open(std::string_view what, crypto::ByteView sealed) const;
};

struct Vault::Inside {
  std::filesystem::path folder;
  VaultParts parts;
  storage::Database database;
  storage::EventLog log;
  crypto::SecretBytes index_key;

  Inside(std::filesystem::path at, const VaultParts& given, storage::Database opened);

  /// `blobs/ab/<id>.age`; under `incoming/` until whole. Vaults of before have the hashes of the
  /// chunks beside it, `<id>.chunks.age`, which nothing reads: they go with the item.
  std::filesystem::path blob(const ItemId& item) const;
  std::filesystem::path chunks(const ItemId& item) const;
  std::filesystem::path incoming_blob(const ItemId& item) const;
  std::filesystem::path incoming_chunks(const ItemId& item) const;
};

/// An ingest that has begun.
struct Vault::Unfinished {
  CaseId case_id;
  ItemId item;
  crypto::SecretBytes key;
  storage::Bytes wrapped_key;
};

namespace detail {

/// The 16 bytes of an id. kInvalidArgument when it is none.
base::Result<storage::Bytes> id_bytes(std::string_view id);
std::string id_text(const storage::Bytes& bytes);

/// How items are sealed: an age file for a passphrase that is the item's key in hexadecimal digits.
/// The key has 256 random bits, so the least work factor is enough.
crypto::ScryptRecipient item_recipient(const crypto::SecretBytes& key);
crypto::ScryptIdentity item_identity(const crypto::SecretBytes& key);

base::Error failure(base::ErrorCode code, std::string message);

}  // namespace detail
}  // namespace rogatory::vault
