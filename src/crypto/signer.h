// SPDX-License-Identifier: EUPL-1.2
//
// Signatures by suite: Ed25519 (RFC 8032), ECDSA P-384 with SHA-384 (FIPS 186-5) and, where the
// OpenSSL of this machine offers it, ML-DSA-44 (FIPS 204). Keys are values that may be used from
// any thread; a moved-from key may only be destroyed or assigned to.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "crypto/bytes.h"

namespace rogatory::crypto {

/// A closed set; the ids below are published and stay.
enum class SignatureSuite { kEd25519, kMlDsa44, kEcdsaP384 };

/// Every suite once, in order of declaration.
inline constexpr std::array kSignatureSuites = {SignatureSuite::kEd25519, SignatureSuite::kMlDsa44,
                                                SignatureSuite::kEcdsaP384};

/// `ed25519`, `ml-dsa-44`, `ecdsa-p384`.
std::string_view suite_id(SignatureSuite suite);

/// kUnsupported for any other text.
base::Result<SignatureSuite> parse_suite_id(std::string_view id);

/// Success when this machine's OpenSSL can make and check signatures of `suite`; kUnsupported, with
/// the version that lacks it, when not. Asked at run time: the same program gains ML-DSA-44 with
/// OpenSSL 3.5.
base::Result<void> check_available(SignatureSuite suite);
bool is_available(SignatureSuite suite);

/// A key that checks signatures.
class PublicKey final {
 public:
  /// From the bare key: 32 bytes (Ed25519), 1,312 bytes (ML-DSA-44), or the uncompressed point of
  /// 97 bytes (P-384). kParse when it is no such key, kUnsupported when the suite is not available.
  static base::Result<PublicKey> parse_raw(SignatureSuite suite, std::span<const std::byte> bytes);

  /// From a DER SubjectPublicKeyInfo with nothing after it. kParse; kUnsupported for a suite that
  /// is none of ours.
  static base::Result<PublicKey> parse_spki(std::span<const std::byte> der);

  [[nodiscard]] SignatureSuite suite() const { return suite_; }
  /// What parse_raw reads.
  [[nodiscard]] std::vector<std::byte> raw() const;
  /// What parse_spki reads.
  [[nodiscard]] std::vector<std::byte> spki() const;

  /// Whether `signature` is one of this key over `message`. Signatures of ECDSA are DER.
  [[nodiscard]] bool verify(std::span<const std::byte> message,
                            std::span<const std::byte> signature) const;

  /// The key as the library below holds it, for the files of this room.
  struct Handle;
  PublicKey(SignatureSuite suite, std::shared_ptr<const Handle> handle);
  [[nodiscard]] const Handle& handle() const { return *handle_; }

 private:
  SignatureSuite suite_;
  // Shared among copies of one key; never changed after construction.
  std::shared_ptr<const Handle> handle_;
};

/// A key that signs. Not copied; erased from memory at its end.
class PrivateKey final {
 public:
  /// A fresh key. kUnsupported when the suite is not available.
  static base::Result<PrivateKey> generate(SignatureSuite suite);

  /// From a seed of 32 bytes: Ed25519 (RFC 8032 5.1.5) and ML-DSA-44 (FIPS 204, xi).
  /// kInvalidArgument for another suite or size, kUnsupported when the suite is not available.
  static base::Result<PrivateKey> from_seed(SignatureSuite suite, std::span<const std::byte> seed);

  /// From PEM, PKCS #8 without a password (RFC 5958). kParse; kUnsupported for another kind of key.
  static base::Result<PrivateKey> parse_pem(std::string_view pem);

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey();

  [[nodiscard]] SignatureSuite suite() const { return suite_; }
  [[nodiscard]] PublicKey public_key() const;

  /// What parse_pem reads. It is the secret itself: for a file of mode 0600 and nothing else.
  [[nodiscard]] SecretBytes secret_pem() const;

  /// The signature over `message`: 64 bytes (Ed25519), 2,420 bytes (ML-DSA-44), DER (ECDSA).
  [[nodiscard]] std::vector<std::byte> sign(std::span<const std::byte> message) const;

  struct Handle;
  PrivateKey(SignatureSuite suite, std::unique_ptr<Handle> handle);
  [[nodiscard]] const Handle& handle() const { return *handle_; }

 private:
  SignatureSuite suite_;
  std::unique_ptr<Handle> handle_;
};

/// An Ed25519 key that checks, as logs and witnesses publish it.
struct Ed25519PublicKey {
  std::array<std::byte, 32> bytes{};

  auto operator<=>(const Ed25519PublicKey&) const = default;

  /// kParse unless there are 32 bytes. That they are a point of the curve shows in verify.
  static base::Result<Ed25519PublicKey> parse(std::span<const std::byte> bytes);

  /// RFC 8032 5.1.7. False for a signature of another length and for a key that is no point, or is
  /// not written as 5.1.3 has it.
  [[nodiscard]] bool verify(std::span<const std::byte> message,
                            std::span<const std::byte> signature) const;
};

/// An Ed25519 key that signs.
///
///     ROG_TRY(const auto key, Ed25519PrivateKey::generate());
///     const auto signature = key.sign(message);
///     ROG_ASSERT(key.public_key().verify(message, signature));
class Ed25519PrivateKey final {
 public:
  static base::Result<Ed25519PrivateKey> generate();
  /// From the seed of 32 bytes (RFC 8032 5.1.5). kInvalidArgument for another size.
  static base::Result<Ed25519PrivateKey> parse(std::span<const std::byte> seed);

  [[nodiscard]] Ed25519PublicKey public_key() const;
  [[nodiscard]] std::array<std::byte, 64> sign(std::span<const std::byte> message) const;
  /// The seed: secret.
  [[nodiscard]] SecretBytes secret_seed() const;

 private:
  explicit Ed25519PrivateKey(PrivateKey key) : key_(std::move(key)) {}

  PrivateKey key_;
};

}  // namespace rogatory::crypto
