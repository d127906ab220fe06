// SPDX-License-Identifier: EUPL-1.2
//
// Certificate revocation lists (RFC 5280 5), as a file brings them: nothing is ever fetched. What
// they say of a chain is in revocation.h. Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rogatory::crypto {

/// The largest list read.
inline constexpr std::size_t kMaxRevocationListBytes = 32UL * 1024 * 1024;
/// The most lists read from one PEM file or taken from one signature.
inline constexpr std::size_t kMaxRevocationLists = 64;

/// One list, not yet known to be its issuer's word. Equal when the DER is equal.
class RevocationList final {
 public:
  /// From DER. kParse; kLimit; kUnsupported for what speaks of less than all certificates of its
  /// issuer or of those of others (delta, indirect, of some reasons or attributes only), and for a
  /// critical extension that is not known.
  static base::Result<RevocationList> parse(std::span<const std::byte> der);

  /// From DER, or every list of a PEM text; text between them is ignored. kParse when there is
  /// none or one cannot be read; kLimit; kUnsupported.
  static base::Result<std::vector<RevocationList>> parse_all(std::string_view der_or_pem);

  [[nodiscard]] std::span<const std::byte> der() const;
  /// As RFC 2253 writes it, in UTF-8.
  [[nodiscard]] std::string issuer() const;
  [[nodiscard]] std::chrono::sys_seconds this_update() const;
  [[nodiscard]] std::optional<std::chrono::sys_seconds> next_update() const;

  friend bool operator==(const RevocationList& a, const RevocationList& b);

  struct Handle;
  explicit RevocationList(std::shared_ptr<const Handle> handle) : handle_(std::move(handle)) {}
  [[nodiscard]] const Handle& handle() const { return *handle_; }

 private:
  // Shared among copies of one list; never changed after construction.
  std::shared_ptr<const Handle> handle_;
};

}  // namespace rogatory::crypto
