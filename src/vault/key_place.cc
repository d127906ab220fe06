// SPDX-License-Identifier: EUPL-1.2
#include "vault/key_place.h"

#include <system_error>
#include <utility>

#include "base/json.h"
#include "base/shape.h"
#include "crypto/bytes.h"
#include "crypto/file_key_store.h"
#include "crypto/token_key_store.h"
#include "vault/vault.h"

namespace rogatory::vault {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kMaxTokenFileBytes = 64UL * 1024;
constexpr std::string_view kTokenFormat = "rogatory.token/1";

Result<OpenedKeys> in_files(std::unique_ptr<crypto::FileKeyStore> store) {
  crypto::FileKeyStore& files = *store;
  return OpenedKeys{.store = std::move(store),
                    .after_destruction = [&files] { return files.rotate_vault_key(); },
                    .lock = {}};
}

Result<OpenedKeys> in_token(storage::Files& files, const fs::path& folder, const TokenPlace& token,
                            std::string_view pin) {
  if (pin.empty()) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "the keys of this vault are in the token `" + token.label +
                            "`: name the file with its PIN by --pin-file or ROGATORY_PIN_FILE"};
  }
  OpenedKeys opened;
  ROG_TRY(opened.lock, files.lock(folder / "lock"));
  ROG_TRY(opened.store, crypto::TokenKeyStore::open({.module = token.module,
                                                     .label = token.label,
                                                     .pin = std::string(pin),
                                                     .store = token.store}));
  return opened;
}

/// A folder that nobody else may look into.
Result<void> make_private_folder(storage::Files& files, const fs::path& folder) {
  ROG_CHECKED(files.make_folder(folder));
  std::error_code failed;
  fs::permissions(folder, fs::perms::owner_all, failed);
  if (!failed) return {};
  return Error{.code = ErrorCode::kIo,
               .message = "the folder cannot be closed to others: " + failed.message(),
               .context = {},
               .place = {.file = folder.string()}};
}

}  // namespace

Result<OpenedKeys> create_keys(storage::Files& files, const fs::path& folder,
                               std::optional<TokenPlace> token, std::string_view pin) {
  if (!token) {
    ROG_TRY(std::unique_ptr<crypto::FileKeyStore> store, crypto::FileKeyStore::create(folder));
    return in_files(std::move(store));
  }
  token->store = random_id();
  ROG_CHECKED(make_private_folder(files, folder));
  ROG_TRY(OpenedKeys opened, in_token(files, folder, *token, pin));
  const std::string text = base::canonical_json(base::JsonObject{{"format", kTokenFormat},
                                                                 {"label", token->label},
                                                                 {"module", token->module.string()},
                                                                 {"store", token->store}});
  ROG_CHECKED(storage::write_durable(files, folder / "token", crypto::as_bytes(text)));
  return opened;
}

Result<std::optional<TokenPlace>> token_of(storage::Files& files, const fs::path& folder) {
  ROG_TRY(const bool has_token, files.exists(folder / "token"));
  if (!has_token) return std::optional<TokenPlace>();
  ROG_TRY(const std::vector<std::byte> bytes, files.read(folder / "token", kMaxTokenFileBytes));
  const std::string file = (folder / "token").string();
  ROG_TRY(const base::Json json, base::parse_json(crypto::as_text(bytes), file));
  const base::PlaceOf place_of = [&file](std::string_view pointer) {
    return base::Place{.file = file, .line = 0, .column = 0, .pointer = std::string(pointer)};
  };
  const base::Shape shape(json, place_of);
  ROG_CHECKED(shape.allow_only({"format", "label", "module", "store"}));
  TokenPlace token;
  ROG_TRY(const std::string format, shape.get_text("format"));
  if (format != kTokenFormat) return shape.error("this is no format that is known");
  ROG_TRY(token.label, shape.get_text("label"));
  ROG_TRY(const std::string module, shape.get_text("module"));
  ROG_TRY(token.store, shape.get_text("store"));
  token.module = module;
  return std::optional<TokenPlace>(std::move(token));
}

Result<OpenedKeys> open_keys(storage::Files& files, const fs::path& folder, std::string_view pin) {
  ROG_TRY(const std::optional<TokenPlace> token, token_of(files, folder));
  if (token) return in_token(files, folder, *token, pin);
  ROG_TRY(std::unique_ptr<crypto::FileKeyStore> store, crypto::FileKeyStore::open(folder));
  return in_files(std::move(store));
}

}  // namespace rogatory::vault
