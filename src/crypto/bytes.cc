// SPDX-License-Identifier: EUPL-1.2

#include "crypto/bytes.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

#include "base/assert.h"

namespace rogatory::crypto {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xFF;

/// The value of each character in `alphabet`.
constexpr std::array<std::uint8_t, 256> values_of(std::string_view alphabet) {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr auto kHexValues = values_of(kHex);
constexpr auto kBase64Values = values_of(kBase64);

base::Error not_base64() {
  return {.code = base::ErrorCode::kParse, .message = "this is not base64 in its one valid form"};
}

/// Three bytes, the absent ones zero, as 24 bits.
std::uint32_t bits_of(ByteView part) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    bits = bits << 8 | (i < part.size() ? std::to_integer<std::uint32_t>(part[i]) : 0U);
  }
  return bits;
}

}  // namespace

ByteView as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

Bytes to_bytes(std::string_view text) {
  const ByteView bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string hex(ByteView bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::byte byte : bytes) {
    text += kHex[std::to_integer<std::size_t>(byte >> 4)];
    text += kHex[std::to_integer<std::size_t>(byte & std::byte{0x0F})];
  }
  return text;
}

base::Result<Bytes> parse_hex(std::string_view text) {
  const bool is_hex = text.find_first_not_of(kHex) == std::string_view::npos;
  if (!is_hex || text.size() % 2 != 0) {
    return base::Error{.code = base::ErrorCode::kParse,
                       .message = "bytes are pairs of lower-case hexadecimal digits"};
  }
  Bytes bytes(text.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned high = kHexValues[static_cast<unsigned char>(text[2 * i])];
    const unsigned low = kHexValues[static_cast<unsigned char>(text[2 * i + 1])];
    bytes[i] = static_cast<std::byte>(16 * high + low);
  }
  return bytes;
}

std::string base64_unpadded(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const ByteView part = bytes.subspan(at, std::min<std::size_t>(3, bytes.size() - at));
    const std::uint32_t bits = bits_of(part);
    for (std::size_t i = 0; i <= part.size(); ++i) text += kBase64[bits >> (18 - 6 * i) & 63U];
  }
  return text;
}

std::string base64(ByteView bytes) {
  std::string text = base64_unpadded(bytes);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

base::Result<Bytes> parse_base64_unpadded(std::string_view text) {
  if (text.size() % 4 == 1) return not_base64();
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const std::uint8_t value = kBase64Values[static_cast<unsigned char>(c)];
    if (value == kNoDigit) return not_base64();
    bits = (bits << 6 | value) & 0xFFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<std::byte>(bits >> held & 0xFFU));
  }
  // RFC 4648 3.5: the bits behind the last byte are zero, or two texts would mean the same.
  if ((bits & ((1U << held) - 1)) != 0) return not_base64();
  return bytes;
}

base::Result<Bytes> parse_base64(std::string_view text) {
  if (text.size() % 4 != 0) return not_base64();
  if (text.ends_with("==")) {
    text.remove_suffix(2);
  } else if (text.ends_with('=')) {
    text.remove_suffix(1);
  }
  // What is left has no `=`, so that padding of the wrong length ends here.
  return parse_base64_unpadded(text);
}

void random_bytes(std::span<std::byte> out) {
  ROG_ASSERT(out.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
  const int done =
      RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
  ROG_ASSERT(done == 1);
}

bool is_all_zero(ByteView bytes) {
  // Every byte equals the one before it, and the first is zero.
  return !bytes.empty() && bytes.front() == std::byte{0} &&
         std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0;
}

bool is_equal_secret(ByteView left, ByteView right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

SecretBytes::SecretBytes(std::size_t size) : bytes_(size) {}

SecretBytes::SecretBytes(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}

SecretBytes SecretBytes::random(std::size_t size) {
  SecretBytes secret(size);
  random_bytes(secret.bytes_);
  return secret;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : bytes_(std::exchange(other.bytes_, Bytes{})) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this == &other) return *this;
  clean();
  bytes_ = std::exchange(other.bytes_, Bytes{});
  return *this;
}

SecretBytes::~SecretBytes() {
  clean();
}

SecretBytes SecretBytes::duplicate() const {
  return SecretBytes(view());
}

void SecretBytes::clean() {
  OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

}  // namespace rogatory::crypto
