// SPDX-License-Identifier: EUPL-1.2
#include "crypto/aead.h"

#include <openssl/evp.h>

#include <array>
#include <memory>

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

Error failure(ErrorCode code, const char* message) {
  return {.code = code, .message = message, .context = {}, .place = {}};
}

const unsigned char* in(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* out(std::span<std::byte> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
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
  const std::span<std::byte> nonce = std::span(sealed).first(kAeadNonceBytes);
  const std::span<std::byte> body = std::span(sealed).subspan(kAeadNonceBytes, plain.size());
  const std::span<std::byte> tag = std::span(sealed).last(kAeadTagBytes);
  random_bytes(nonce);
  const Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool is_sealed =
      context != nullptr &&
      EVP_EncryptInit_ex(context.get(), EVP_chacha20_poly1305(), nullptr, in(key.view()),
                         out(nonce)) == 1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &size, in(associated),
                        static_cast<int>(associated.size())) == 1 &&
      EVP_EncryptUpdate(context.get(), out(body), &size, in(plain),
                        static_cast<int>(plain.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), out(tag), &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kAeadTagBytes, out(tag)) == 1;
  if (!is_sealed) return failure(ErrorCode::kInternal, "OpenSSL could not seal");
  return sealed;
}

Result<Bytes> aead_open(const SecretBytes& key, ByteView associated, ByteView sealed) {
  ROG_CHECKED(check_key(key));
  const Error refused = failure(ErrorCode::kParse, "what was sealed does not open with this key");
  if (sealed.size() < kAeadNonceBytes + kAeadTagBytes) return refused;
  const std::size_t size_bytes = sealed.size() - kAeadNonceBytes - kAeadTagBytes;
  if (size_bytes > kMaxAeadBytes || associated.size() > kMaxAeadBytes) return refused;
  Bytes plain(size_bytes);
  Bytes tag(sealed.end() - kAeadTagBytes, sealed.end());
  const Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  std::array<unsigned char, kAeadTagBytes> rest{};
  const bool is_open =
      context != nullptr &&
      EVP_DecryptInit_ex(context.get(), EVP_chacha20_poly1305(), nullptr, in(key.view()),
                         in(sealed.first(kAeadNonceBytes))) == 1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &size, in(associated),
                        static_cast<int>(associated.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), out(plain), &size,
                        in(sealed.subspan(kAeadNonceBytes, size_bytes)),
                        static_cast<int>(size_bytes)) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kAeadTagBytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), rest.data(), &size) == 1;
  if (!is_open) return refused;
  return plain;
}

}  // namespace rogatory::crypto
