// SPDX-License-Identifier: EUPL-1.2
#include "crypto/aead.h"

#include "crypto/detail/kdf.h"

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using detail::ChaChaPoly;

Error failure(ErrorCode code, const char* message) {
  return {.code = code, .message = message, .context = {}, .place = {}};
}

Result<void> check_key(const SecretBytes& key) {
  if (key.size() == kAeadKeyBytes) return {};
  return failure(ErrorCode::kInvalidArgument, "a key of 32 bytes is needed");
}

}  // namespace

Result<Bytes> aead_seal(const SecretBytes& key, ByteView associated, ByteView plain) {
  ROG_CHECKED(check_key(key));
  if (plain.size() > kMaxAeadBytes || associated.size() > kMaxAeadBytes) {
    return failure(ErrorCode::kLimit, "the text is too large to be sealed at once");
  }
  Bytes sealed(kAeadNonceBytes + plain.size() + kAeadTagBytes);
  const auto nonce = std::span(sealed).first<kAeadNonceBytes>();
  random_bytes(nonce);
  ChaChaPoly(key, ChaChaPoly::Direction::kSeal)
      .seal(nonce, associated, plain, std::span(sealed).subspan(kAeadNonceBytes));
  return sealed;
}

Result<Bytes> aead_open(const SecretBytes& key, ByteView associated, ByteView sealed) {
  ROG_CHECKED(check_key(key));
  const Error refused = failure(ErrorCode::kParse, "what was sealed does not open with this key");
  if (sealed.size() < kAeadNonceBytes + kAeadTagBytes) return refused;
  const std::size_t size_bytes = sealed.size() - kAeadNonceBytes - kAeadTagBytes;
  if (size_bytes > kMaxAeadBytes || associated.size() > kMaxAeadBytes) return refused;
  Bytes plain(size_bytes);
  const bool is_open = ChaChaPoly(key, ChaChaPoly::Direction::kOpen)
                           .open(sealed.first<kAeadNonceBytes>(), associated,
                                 sealed.subspan(kAeadNonceBytes), plain);
  if (!is_open) return refused;
  return plain;
}

}  // namespace rogatory::crypto
