// SPDX-License-Identifier: EUPL-1.2
//
// Custody of keys: an item's key is wrapped under its case's key, and that under the vault's key.
// Destroying the case's key is the erasure of the case: what is wrapped under it stays unreadable
// wherever copies of it are.
//
// Thread rule: one store from one thread at a time, and one process at a time.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/bytes.h"

namespace rogatory::crypto {

/// An item's key has 16 to 64 bytes.
inline constexpr std::size_t kMinItemKeyBytes = 16;
inline constexpr std::size_t kMaxItemKeyBytes = 64;
/// The longest name of a case in a store.
inline constexpr std::size_t kMaxCaseNameBytes = 64;

/// kInvalidArgument unless a store can have a case of that name.
base::Result<void> check_case_name(std::string_view name);

/// kInvalidArgument unless the key has the size of an item's key.
base::Result<void> check_item_key(std::span<const std::byte> item_key);

/// What both stores say, kNotFound: the case has no key.
base::Error no_such_case(std::string_view name);

/// What both stores say, kConflict: the case has one.
base::Error case_has_a_key(std::string_view name);

/// The port. Names of cases are 1 to 64 of `a-z`, `0-9`, `-`; others are kInvalidArgument.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  /// A fresh key for a case, on the disk or in the token before this returns. kConflict when there
  /// is one, kIo.
  virtual base::Result<void> create_case_key(std::string_view case_name) = 0;

  /// Whether the case has a key; false after its destruction. kIo.
  virtual base::Result<bool> has_case_key(std::string_view case_name) = 0;

  /// The names of all cases with a key, sorted. kIo.
  virtual base::Result<std::vector<std::string>> case_names() = 0;

  /// `item_key` under the key of the case (AES-256 key wrap with padding, RFC 5649): bytes to keep
  /// beside the item. kNotFound when the case has no key, kInvalidArgument for another size, kIo.
  virtual base::Result<std::vector<std::byte>> wrap_item_key(
      std::string_view case_name, std::span<const std::byte> item_key) = 0;

  /// Back again. kNotFound when the case has no key, kParse when `wrapped` is not of this case or
  /// was changed, kIo.
  virtual base::Result<SecretBytes> unwrap_item_key(std::string_view case_name,
                                                    std::span<const std::byte> wrapped) = 0;

  /// Destroys the key of the case for good. kNotFound when there is none, kIo when the medium did
  /// not confirm it: the key may then still be there.
  virtual base::Result<void> destroy_case_key(std::string_view case_name) = 0;

 protected:
  KeyStore() = default;
  KeyStore(const KeyStore&) = default;
  KeyStore& operator=(const KeyStore&) = default;
};

}  // namespace rogatory::crypto
