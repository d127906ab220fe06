// SPDX-License-Identifier: EUPL-1.2

#include "crypto/age_keys.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "crypto/detail/bech32.h"
#include "crypto/detail/hybrid_kem.h"
#include "crypto/detail/kdf.h"

namespace rogatory::crypto {
namespace {

constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kIdentityPrefix = "age-secret-key-";
constexpr std::string_view kHybridRecipientPrefix = "age1pq";
constexpr std::string_view kHybridIdentityPrefix = "age-secret-key-pq-";

base::Error wrong_size() {
  return {.code = base::ErrorCode::kParse, .message = "this key has not the size of its kind"};
}

/// The bytes of a key in Bech32 of which the size is known.
base::Result<Bytes> parse_key(std::string_view prefix, std::string_view text, std::size_t size) {
  ROG_TRY(Bytes bytes, detail::parse_bech32(prefix, text));
  if (bytes.size() != size) return wrong_size();
  return bytes;
}

/// The same for a secret, whose copy in memory is cleaned.
base::Result<SecretBytes> parse_secret(std::string_view prefix, std::string_view text,
                                       std::size_t size) {
  ROG_TRY(Bytes bytes, detail::parse_bech32(prefix, text));
  SecretBytes secret{ByteView(bytes)};
  std::fill(bytes.begin(), bytes.end(), std::byte{0});
  if (secret.size() != size) return wrong_size();
  return secret;
}

}  // namespace

base::Result<X25519Recipient> X25519Recipient::parse(std::string_view text) {
  ROG_TRY(const Bytes bytes, parse_key(kRecipientPrefix, text, detail::kX25519Bytes));
  std::array<std::byte, detail::kX25519Bytes> point{};
  std::copy(bytes.begin(), bytes.end(), point.begin());
  return X25519Recipient(point);
}

std::string X25519Recipient::to_text() const {
  return detail::bech32(kRecipientPrefix, point_);
}

X25519Identity X25519Identity::generate() {
  SecretBytes scalar = SecretBytes::random(detail::kX25519Bytes);
  const X25519Recipient recipient(detail::x25519_public(scalar));
  return {std::move(scalar), recipient};
}

base::Result<X25519Identity> X25519Identity::parse(std::string_view text) {
  ROG_TRY(SecretBytes scalar, parse_secret(kIdentityPrefix, text, detail::kX25519Bytes));
  const X25519Recipient recipient(detail::x25519_public(scalar));
  return X25519Identity(std::move(scalar), recipient);
}

std::string X25519Identity::to_secret_text() const {
  return base::upper_ascii(detail::bech32(kIdentityPrefix, scalar_.view()));
}

bool is_hybrid_available() {
  return detail::has_ml_kem();
}

base::Result<HybridRecipient> HybridRecipient::parse(std::string_view text) {
  ROG_TRY(Bytes bytes, parse_key(kHybridRecipientPrefix, text, kBytes));
  return HybridRecipient(std::move(bytes));
}

base::Result<HybridRecipient> HybridRecipient::from_bytes(ByteView key) {
  if (key.size() != kBytes) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "a hybrid recipient has 1216 bytes"};
  }
  return HybridRecipient(Bytes(key.begin(), key.end()));
}

std::string HybridRecipient::to_text() const {
  return detail::bech32(kHybridRecipientPrefix, key_);
}

HybridIdentity HybridIdentity::generate() {
  return HybridIdentity(SecretBytes::random(detail::kHybridSeedBytes));
}

base::Result<HybridIdentity> HybridIdentity::parse(std::string_view text) {
  ROG_TRY(SecretBytes seed, parse_secret(kHybridIdentityPrefix, text, detail::kHybridSeedBytes));
  return HybridIdentity(std::move(seed));
}

base::Result<HybridRecipient> HybridIdentity::recipient() const {
  ROG_TRY(const Bytes key, detail::hybrid_public(seed_));
  return HybridRecipient::from_bytes(key);
}

std::string HybridIdentity::to_secret_text() const {
  return base::upper_ascii(detail::bech32(kHybridIdentityPrefix, seed_.view()));
}

base::Result<AgeRecipient> parse_age_recipient(std::string_view text) {
  if (base::starts_with_ci(text, std::string(kHybridRecipientPrefix) + "1")) {
    ROG_TRY(HybridRecipient recipient, HybridRecipient::parse(text));
    return AgeRecipient(std::move(recipient));
  }
  ROG_TRY(const X25519Recipient recipient, X25519Recipient::parse(text));
  return AgeRecipient(recipient);
}

base::Result<AgeIdentity> parse_age_identity(std::string_view text) {
  if (base::starts_with_ci(text, kHybridIdentityPrefix)) {
    ROG_TRY(HybridIdentity identity, HybridIdentity::parse(text));
    return AgeIdentity(std::move(identity));
  }
  ROG_TRY(X25519Identity identity, X25519Identity::parse(text));
  return AgeIdentity(std::move(identity));
}

}  // namespace rogatory::crypto
