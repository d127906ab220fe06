// SPDX-License-Identifier: EUPL-1.2

#include "tlog/detail/signature_check.h"

#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/signer.h"
#include "tlog/checkpoint.h"
#include "tlog/cosignature.h"
#include "tlog/detail/refuse.h"

namespace rogatory::tlog::detail {
namespace {

using base::Result;
using Span = std::span<const std::byte>;

Result<void> check_ed25519(const VerifierKey& key, Span message, Span signature) {
  ROG_TRY(const auto public_key, crypto::Ed25519PublicKey::parse(key.public_key()));
  if (public_key.verify(message, signature)) return {};
  return refuse("the signature of the known key `" + key.name() + "` is wrong");
}

Result<void> check_ml_dsa44(const VerifierKey& key, Span message, Span signature) {
  ROG_TRY(const auto public_key,
          crypto::PublicKey::parse_raw(crypto::SignatureSuite::kMlDsa44, key.public_key()));
  if (public_key.verify(message, signature)) return {};
  return refuse("the signature of the known key `" + key.name() + "` is wrong");
}

/// Takes the timestamp off a cosignature.
Result<std::uint64_t> take_timestamp(const VerifierKey& key, Span& signature) {
  if (signature.size() <= kTimestampBytes) {
    return refuse("the cosignature of `" + key.name() + "` is too short");
  }
  std::uint64_t timestamp = 0;
  for (const std::byte byte : signature.first(kTimestampBytes)) {
    timestamp = (timestamp << 8) | std::to_integer<std::uint64_t>(byte);
  }
  if (timestamp > kMaxTreeSize) {
    return refuse("the cosignature of `" + key.name() + "` states a time above 2^63 - 1");
  }
  signature = signature.subspan(kTimestampBytes);
  return timestamp;
}

Result<SignatureFinding> check_cosignature(const VerifierKey& key, std::string_view text,
                                           Span signature) {
  const auto checkpoint = Checkpoint::parse(text);
  if (!checkpoint.ok()) {
    return refuse("`" + key.name() +
                  "` cosigned what is no checkpoint: " + checkpoint.error().message);
  }
  ROG_TRY(const std::uint64_t timestamp, take_timestamp(key, signature));
  if (key.type() == SignatureType::kEd25519Cosignature) {
    const std::string message = ed25519_cosigned_message(timestamp, text);
    ROG_CHECKED(check_ed25519(key, crypto::to_bytes(message), signature));
    return SignatureFinding{.is_available = true, .timestamp = timestamp};
  }
  if (!crypto::is_available(crypto::SignatureSuite::kMlDsa44)) {
    return SignatureFinding{.is_available = false, .timestamp = {}};
  }
  ROG_TRY(const std::vector<std::byte> message,
          ml_dsa44_cosigned_message(key.name(), timestamp, *checkpoint));
  ROG_CHECKED(check_ml_dsa44(key, message, signature));
  return SignatureFinding{.is_available = true, .timestamp = timestamp};
}

}  // namespace

Result<SignatureFinding> check_signature(const VerifierKey& key, std::string_view text,
                                         Span signature) {
  if (key.type() != SignatureType::kEd25519) return check_cosignature(key, text, signature);
  ROG_CHECKED(check_ed25519(key, crypto::to_bytes(text), signature));
  return SignatureFinding{};
}

}  // namespace rogatory::tlog::detail
