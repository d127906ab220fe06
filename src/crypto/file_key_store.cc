// SPDX-License-Identifier: EUPL-1.2
//
// Invariants:
//   `current` names the folder of keys in use; it is replaced whole.
//   Every case's file in that folder is wrapped under the vault.key in it.
//   Any other folder `keys-*` is left over from a rotation that did not end, and is destroyed.

#include "crypto/file_key_store.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "crypto/bytes.h"
#include "crypto/detail/key_files.h"
#include "crypto/key_wrap.h"

namespace rogatory::crypto {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

constexpr std::string_view kVaultHead = "rogatory-vault-key/1\n";
constexpr std::string_view kCaseHead = "rogatory-case-key/1\n";
constexpr std::string_view kFolderPrefix = "keys-";
constexpr std::string_view kCasePrefix = "case-";
constexpr std::string_view kCaseSuffix = ".key";
constexpr std::size_t kCaseKeyBytes = 32;

fs::path case_file(const fs::path& keys, std::string_view name) {
  std::string file(kCasePrefix);
  file += name;
  file += kCaseSuffix;
  return keys / file;
}

/// The names inside a folder, sorted. kIo.
base::Result<std::vector<std::string>> names_in(const fs::path& folder) {
  std::error_code failed;
  std::vector<std::string> names;
  fs::directory_iterator at(folder, failed);
  for (; !failed && at != fs::directory_iterator(); at.increment(failed)) {
    names.push_back(at->path().filename().string());
  }
  if (failed) {
    return Error{.code = ErrorCode::kIo,
                 .message = "the folder cannot be listed: " + failed.message(),
                 .context = {},
                 .place = {.file = folder.string(), .line = 0, .column = 0, .pointer = {}}};
  }
  std::ranges::sort(names);
  return names;
}

/// Destroys every file of a folder of keys, the vault's key first, and the folder.
base::Result<void> destroy_folder(const fs::path& folder) {
  ROG_TRY(std::vector<std::string> names, names_in(folder));
  std::ranges::stable_partition(names, [](const std::string& n) { return n == "vault.key"; });
  for (const std::string& name : names) ROG_CHECKED(detail::shred_file(folder / name));
  std::error_code failed;
  fs::remove(folder, failed);
  if (failed) return Error{.code = ErrorCode::kIo, .message = failed.message()};
  return detail::sync_folder(folder.parent_path());
}

/// The number of `keys-<number>`; kParse for any other name.
base::Result<std::uint64_t> folder_number(std::string_view name) {
  std::uint64_t number = 0;
  const std::string_view digits = name.substr(std::min(name.size(), kFolderPrefix.size()));
  const auto [end, reason] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_good = name.starts_with(kFolderPrefix) && !digits.empty() &&
                       reason == std::errc() && end == digits.data() + digits.size();
  if (!is_good) {
    return Error{.code = ErrorCode::kParse, .message = "`current` names no folder of keys"};
  }
  return number;
}

base::Result<std::string> read_current(const fs::path& folder) {
  ROG_TRY(std::string text, base::read_file(folder / "current", detail::kMaxKeyFileBytes));
  if (!text.empty() && text.back() == '\n') text.pop_back();
  ROG_CHECKED(folder_number(text));
  return text;
}

/// Removes what an interrupted rotation or creation left.
base::Result<void> clean_up(const fs::path& folder, const std::string& current) {
  ROG_TRY(const std::vector<std::string> names, names_in(folder));
  for (const std::string& name : names) {
    if (name.starts_with(kFolderPrefix) && name != current) {
      ROG_CHECKED(destroy_folder(folder / name));
    }
  }
  ROG_TRY(const std::vector<std::string> files, names_in(folder / current));
  for (const std::string& name : files) {
    if (name.ends_with(".new")) ROG_CHECKED(detail::shred_file(folder / current / name));
  }
  return {};
}

base::Result<SecretBytes> read_vault_key(const fs::path& keys) {
  ROG_TRY(SecretBytes key, detail::read_key_file(keys / "vault.key", kVaultHead));
  if (key.size() != kWrappingKeyBytes) {
    return Error{.code = ErrorCode::kParse, .message = "the vault's key has not 32 bytes"};
  }
  return key;
}

base::Result<void> write_current(const fs::path& folder, const std::string& name) {
  return base::write_file_atomic(folder / "current", name + "\n");
}

/// Is there a key of a case in any folder of keys, the current one or not?
base::Result<bool> has_case_files(const fs::path& folder) {
  ROG_TRY(const std::vector<std::string> names, names_in(folder));
  for (const std::string& name : names) {
    if (!name.starts_with(kFolderPrefix)) continue;
    ROG_TRY(const std::vector<std::string> files, names_in(folder / name));
    const bool has_case = std::ranges::any_of(
        files, [](const std::string& file) { return file.starts_with(kCasePrefix); });
    if (has_case) return true;
  }
  return false;
}

}  // namespace

struct FileKeyStore::State {
  fs::path folder;
  detail::Descriptor lock;
  std::string current;
  SecretBytes vault_key;

  fs::path keys() const { return folder / current; }

  base::Result<SecretBytes> case_key(std::string_view name) const {
    ROG_CHECKED(check_case_name(name));
    auto wrapped = detail::read_key_file(case_file(keys(), name), kCaseHead);
    if (!wrapped.ok() && wrapped.error().code == ErrorCode::kNotFound) return no_such_case(name);
    if (!wrapped.ok()) return wrapped.take_error();
    ROG_TRY(SecretBytes key, unwrap_key(vault_key, wrapped->view()));
    if (key.size() != kCaseKeyBytes) {
      return Error{.code = ErrorCode::kParse, .message = "the key of a case has not 32 bytes"};
    }
    return key;
  }

  /// The key of a case under another key of the vault, in another folder. A file that is no key any
  /// more opens nothing; it goes along as it is, so that it stands in the way of no other case.
  base::Result<void> carry_over(std::string_view name, const SecretBytes& fresh,
                                const fs::path& to) const {
    const auto key = case_key(name);
    if (!key.ok() && key.error().code == ErrorCode::kParse) {
      ROG_TRY(const std::string damaged,
              base::read_file(case_file(keys(), name), detail::kMaxKeyFileBytes));
      return detail::write_key_file(case_file(to, name), /*head=*/"", as_bytes(damaged));
    }
    if (!key.ok()) return key.error();
    ROG_TRY(const Bytes wrapped, wrap_key(fresh, key->view()));
    return detail::write_key_file(case_file(to, name), kCaseHead, wrapped);
  }
};

FileKeyStore::FileKeyStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileKeyStore::~FileKeyStore() = default;

base::Result<std::unique_ptr<FileKeyStore>> FileKeyStore::create(const fs::path& folder) {
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) ROG_CHECKED(detail::make_key_folder(folder));
  {
    ROG_TRY(const detail::Descriptor lock, detail::lock_file(folder / "lock"));
    if (fs::exists(folder / "current", failed)) {
      return Error{.code = ErrorCode::kConflict,
                   .message = "there is a key store in this folder already"};
    }
    // A creation that did not end has made no case's key; a store that lost `current` has.
    ROG_TRY(const bool has_cases, has_case_files(folder));
    if (has_cases) {
      return Error{.code = ErrorCode::kConflict,
                   .message =
                       "there are keys of cases in this folder, but no `current`: bring that "
                       "file back, it names the folder of keys in use"};
    }
    const std::string first = std::string(kFolderPrefix) + "1";
    if (fs::exists(folder / first, failed)) ROG_CHECKED(destroy_folder(folder / first));
    ROG_CHECKED(detail::make_key_folder(folder / first));
    ROG_CHECKED(detail::write_key_file(folder / first / "vault.key", kVaultHead,
                                       SecretBytes::random(kWrappingKeyBytes).view()));
    ROG_CHECKED(write_current(folder, first));
  }
  return open(folder);
}

base::Result<std::unique_ptr<FileKeyStore>> FileKeyStore::open(const fs::path& folder) {
  std::error_code failed;
  if (!fs::exists(folder / "current", failed)) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "there is no key store in `" + folder.string() + "`"};
  }
  ROG_TRY(detail::Descriptor lock, detail::lock_file(folder / "lock"));
  ROG_TRY(const std::string current, read_current(folder));
  ROG_TRY(SecretBytes vault_key, read_vault_key(folder / current));
  ROG_CHECKED(clean_up(folder, current));
  return std::unique_ptr<FileKeyStore>(
      new FileKeyStore(std::make_unique<State>(State{.folder = folder,
                                                     .lock = std::move(lock),
                                                     .current = current,
                                                     .vault_key = std::move(vault_key)})));
}

base::Result<void> FileKeyStore::create_case_key(std::string_view case_name) {
  ROG_TRY(const bool is_there, has_case_key(case_name));
  if (is_there) return case_has_a_key(case_name);
  const SecretBytes key = SecretBytes::random(kCaseKeyBytes);
  ROG_TRY(const Bytes wrapped, wrap_key(state_->vault_key, key.view()));
  return detail::write_key_file(case_file(state_->keys(), case_name), kCaseHead, wrapped);
}

base::Result<bool> FileKeyStore::has_case_key(std::string_view case_name) {
  ROG_CHECKED(check_case_name(case_name));
  std::error_code failed;
  const bool is_there = fs::exists(case_file(state_->keys(), case_name), failed);
  if (failed) return Error{.code = ErrorCode::kIo, .message = failed.message()};
  return is_there;
}

base::Result<std::vector<std::string>> FileKeyStore::case_names() {
  ROG_TRY(const std::vector<std::string> files, names_in(state_->keys()));
  std::vector<std::string> names;
  for (const std::string& file : files) {
    if (!file.starts_with(kCasePrefix) || !file.ends_with(kCaseSuffix)) continue;
    names.push_back(
        file.substr(kCasePrefix.size(), file.size() - kCasePrefix.size() - kCaseSuffix.size()));
  }
  std::ranges::sort(names);
  return names;
}

base::Result<std::vector<std::byte>> FileKeyStore::wrap_item_key(
    std::string_view case_name, std::span<const std::byte> item_key) {
  ROG_CHECKED(check_item_key(item_key));
  ROG_TRY(const SecretBytes key, state_->case_key(case_name));
  return wrap_key(key, item_key);
}

base::Result<SecretBytes> FileKeyStore::unwrap_item_key(std::string_view case_name,
                                                        std::span<const std::byte> wrapped) {
  ROG_TRY(const SecretBytes key, state_->case_key(case_name));
  return unwrap_key(key, wrapped);
}

base::Result<void> FileKeyStore::destroy_case_key(std::string_view case_name) {
  ROG_CHECKED(check_case_name(case_name));
  auto destroyed = detail::shred_file(case_file(state_->keys(), case_name));
  if (!destroyed.ok() && destroyed.error().code == ErrorCode::kNotFound)
    return no_such_case(case_name);
  return destroyed;
}

base::Result<void> FileKeyStore::rotate_vault_key() {
  ROG_TRY(const std::uint64_t number, folder_number(state_->current));
  const std::string next = std::string(kFolderPrefix) + std::to_string(number + 1);
  const fs::path keys = state_->folder / next;
  std::error_code failed;
  if (fs::exists(keys, failed)) ROG_CHECKED(destroy_folder(keys));
  ROG_CHECKED(detail::make_key_folder(keys));
  SecretBytes fresh = SecretBytes::random(kWrappingKeyBytes);
  ROG_CHECKED(detail::write_key_file(keys / "vault.key", kVaultHead, fresh.view()));
  ROG_TRY(const std::vector<std::string> names, case_names());
  for (const std::string& name : names) {
    ROG_CHECKED(state_->carry_over(name, fresh, keys));
  }
  ROG_CHECKED(write_current(state_->folder, next));
  const fs::path old = std::exchange(state_->current, next);
  state_->vault_key = std::move(fresh);
  return destroy_folder(state_->folder / old);
}

}  // namespace rogatory::crypto
