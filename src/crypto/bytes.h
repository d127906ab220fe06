// SPDX-License-Identifier: EUPL-1.2
//
// Bytes, their spellings as text, secrets and randomness. Any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rogatory::crypto {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

/// The bytes of `text`, borrowed.
ByteView as_bytes(std::string_view text);

/// The bytes of `text`, copied.
Bytes to_bytes(std::string_view text);

/// `bytes` as characters, borrowed; nothing is checked.
std::string_view as_text(ByteView bytes);

/// Lower-case hexadecimal digits, two for each byte.
std::string hex(ByteView bytes);

/// Reads what hex() wrote; kParse for anything else, upper case included.
base::Result<Bytes> parse_hex(std::string_view text);

/// Base64 with `=` at the end (RFC 4648, section 4), without line breaks.
std::string base64(ByteView bytes);

/// Reads what base64() writes and nothing else: kParse for blanks, wrong padding and bits set
/// behind the last byte (RFC 4648 3.5).
base::Result<Bytes> parse_base64(std::string_view text);

/// The same without `=` at the end, as age spells it.
std::string base64_unpadded(ByteView bytes);
base::Result<Bytes> parse_base64_unpadded(std::string_view text);

/// Fills `out` from the random generator of OpenSSL, which the system seeds. Aborts when it has no
/// randomness to give: going on would make keys that can be guessed.
void random_bytes(std::span<std::byte> out);

/// Whether there are bytes and every one of them is zero.
bool is_all_zero(ByteView bytes);

/// True when both are equal, in a time that depends on the lengths only.
bool is_equal_secret(ByteView left, ByteView right);

/// Bytes that are overwritten when they go. They can be moved, not copied, printed or compared by
/// `==`.
class SecretBytes final {
 public:
  SecretBytes() = default;
  /// `size` zero bytes, to be filled through mutable_view().
  explicit SecretBytes(std::size_t size);
  /// A copy of `bytes`; the caller still owns, and cleans, the original.
  explicit SecretBytes(ByteView bytes);
  static SecretBytes random(std::size_t size);

  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  /// A second copy, where one is really meant.
  SecretBytes duplicate() const;

  ByteView view() const { return bytes_; }
  std::span<std::byte> mutable_view() { return bytes_; }
  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }

 private:
  void clean();

  Bytes bytes_;
};

}  // namespace rogatory::crypto
