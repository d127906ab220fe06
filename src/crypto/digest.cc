// SPDX-License-Identifier: EUPL-1.2
//
// The functions of OpenSSL below EVP: EVP looks the algorithm up and allocates for each message,
// which takes longer than hashing the 65 bytes of a node of a hash tree. The code behind them is
// the same, and is marked deprecated only as an interface.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/digest.h"

#include <openssl/sha.h>

#include <cstring>
#include <ostream>
#include <type_traits>

#include "crypto/bytes.h"

namespace rogatory::crypto {
namespace {

template <typename Digest>
base::Result<Digest> parse_digest(std::string_view text, const char* complaint) {
  Digest digest;
  const auto bytes = parse_hex(text);
  if (!bytes.ok() || bytes->size() != digest.bytes.size()) {
    return base::Error{.code = base::ErrorCode::kParse, .message = complaint};
  }
  std::copy(bytes->begin(), bytes->end(), digest.bytes.begin());
  return digest;
}

/// The state of OpenSSL in a stream's bytes.
template <typename Context, typename Bytes>
Context load(const Bytes& bytes) {
  static_assert(sizeof(Context) == sizeof(Bytes) && std::is_trivially_copyable_v<Context>);
  Context context;
  std::memcpy(&context, bytes.data(), sizeof context);
  return context;
}

template <typename Context, typename Bytes>
void store(const Context& context, Bytes& bytes) {
  std::memcpy(bytes.data(), &context, sizeof context);
}

template <typename Digest>
unsigned char* out(Digest& digest) {
  return reinterpret_cast<unsigned char*>(digest.bytes.data());
}

}  // namespace

std::string Sha256Digest::hex() const {
  return crypto::hex(bytes);
}

std::string Sha512Digest::hex() const {
  return crypto::hex(bytes);
}

base::Result<Sha256Digest> Sha256Digest::parse_hex(std::string_view text) {
  return parse_digest<Sha256Digest>(text, "a SHA-256 digest has 64 lower-case hexadecimal digits");
}

base::Result<Sha512Digest> Sha512Digest::parse_hex(std::string_view text) {
  return parse_digest<Sha512Digest>(text, "a SHA-512 digest has 128 lower-case hexadecimal digits");
}

void PrintTo(const Sha256Digest& digest, std::ostream* out) {
  *out << digest.hex();
}

void PrintTo(const Sha512Digest& digest, std::ostream* out) {
  *out << digest.hex();
}

Sha256Digest sha256(std::span<const std::byte> bytes) {
  SHA256_CTX context;
  Sha256Digest digest;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(out(digest), &context);
  return digest;
}

Sha256Digest sha256(std::string_view text) {
  return sha256(as_bytes(text));
}

Sha512Digest sha512(std::span<const std::byte> bytes) {
  Sha512Stream stream;
  stream.update(bytes);
  return stream.finish();
}

Sha512Digest sha512(std::string_view text) {
  return sha512(as_bytes(text));
}

Sha256Stream::Sha256Stream() {
  SHA256_CTX context{};
  SHA256_Init(&context);
  store(context, state_);
}

void Sha256Stream::update(std::span<const std::byte> bytes) {
  auto context = load<SHA256_CTX>(state_);
  SHA256_Update(&context, bytes.data(), bytes.size());
  store(context, state_);
}

Sha256Digest Sha256Stream::finish() {
  auto context = load<SHA256_CTX>(state_);
  Sha256Digest digest;
  SHA256_Final(out(digest), &context);
  *this = Sha256Stream();
  return digest;
}

Sha512Stream::Sha512Stream() {
  SHA512_CTX context{};
  SHA512_Init(&context);
  store(context, state_);
}

void Sha512Stream::update(std::span<const std::byte> bytes) {
  auto context = load<SHA512_CTX>(state_);
  SHA512_Update(&context, bytes.data(), bytes.size());
  store(context, state_);
}

Sha512Digest Sha512Stream::finish() {
  auto context = load<SHA512_CTX>(state_);
  Sha512Digest digest;
  SHA512_Final(out(digest), &context);
  *this = Sha512Stream();
  return digest;
}

}  // namespace rogatory::crypto
