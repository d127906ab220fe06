// SPDX-License-Identifier: EUPL-1.2

#include "crypto/digest.h"

#include <openssl/evp.h>

#include <ostream>

#include "base/assert.h"

namespace rogatory::crypto {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

}  // namespace

std::string Sha256Digest::hex() const {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::byte byte : bytes) {
    text += kHex[std::to_integer<std::size_t>(byte >> 4)];
    text += kHex[std::to_integer<std::size_t>(byte & std::byte{0x0F})];
  }
  return text;
}

base::Result<Sha256Digest> Sha256Digest::parse_hex(std::string_view text) {
  Sha256Digest digest;
  const bool is_hex = text.find_first_not_of(kHex) == std::string_view::npos;
  if (!is_hex || text.size() != 2 * digest.bytes.size()) {
    return base::Error{.code = base::ErrorCode::kParse,
                       .message = "a SHA-256 digest has 64 lower-case hexadecimal digits"};
  }
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    digest.bytes[i] =
        static_cast<std::byte>(16 * kHex.find(text[2 * i]) + kHex.find(text[2 * i + 1]));
  }
  return digest;
}

void PrintTo(const Sha256Digest& digest, std::ostream* out) {
  *out << digest.hex();
}

Sha256Digest sha256(std::span<const std::byte> bytes) {
  Sha256Digest digest;
  unsigned int size = 0;
  // Fails only when memory ends or the library is built without SHA-256.
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.bytes.data()),
                 &size, EVP_sha256(), /*impl=*/nullptr);
  ROG_ASSERT(done == 1);
  ROG_ASSERT(size == digest.bytes.size());
  return digest;
}

Sha256Digest sha256(std::string_view text) {
  return sha256(std::as_bytes(std::span(text)));
}

}  // namespace rogatory::crypto
