// SPDX-License-Identifier: EUPL-1.2

#include "crypto/key_store.h"

namespace rogatory::crypto {

base::Result<void> check_case_name(std::string_view name) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
  const bool is_good = !name.empty() && name.size() <= kMaxCaseNameBytes &&
                       name.find_first_not_of(kAllowed) == std::string_view::npos;
  if (is_good) return {};
  return base::Error{.code = base::ErrorCode::kInvalidArgument,
                     .message =
                         "the name of a case in a key store has 1 to 64 characters of a-z, "
                         "0-9 and -"};
}

base::Result<void> check_item_key(std::span<const std::byte> item_key) {
  if (item_key.size() >= kMinItemKeyBytes && item_key.size() <= kMaxItemKeyBytes) return {};
  return base::Error{.code = base::ErrorCode::kInvalidArgument,
                     .message = "an item's key has 16 to 64 bytes"};
}

base::Error no_such_case(std::string_view name) {
  return {.code = base::ErrorCode::kNotFound,
          .message = "the case `" + std::string(name) +
                     "` has no key: it was never made, or it was destroyed"};
}

base::Error case_has_a_key(std::string_view name) {
  return {.code = base::ErrorCode::kConflict,
          .message = "the case `" + std::string(name) + "` has a key already"};
}

}  // namespace rogatory::crypto
