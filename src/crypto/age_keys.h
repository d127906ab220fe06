// SPDX-License-Identifier: EUPL-1.2
//
// Who seals are made for and who opens them (C2SP age v1.1.0, "Native recipient types"). Values;
// any thread.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "crypto/bytes.h"

namespace rogatory::crypto {

/// A public key on Curve25519.
class X25519Recipient final {
 public:
  /// Reads `age1...`; kParse for anything else.
  static base::Result<X25519Recipient> parse(std::string_view text);
  explicit X25519Recipient(const std::array<std::byte, 32>& point) : point_(point) {}

  std::string to_text() const;
  const std::array<std::byte, 32>& point() const { return point_; }

  bool operator==(const X25519Recipient&) const = default;

 private:
  std::array<std::byte, 32> point_;
};

/// The secret key of an X25519Recipient.
class X25519Identity final {
 public:
  static X25519Identity generate();
  /// Reads `AGE-SECRET-KEY-1...`; kParse for anything else.
  static base::Result<X25519Identity> parse(std::string_view text);

  X25519Recipient recipient() const { return recipient_; }
  /// The text that parse() reads: a secret.
  std::string to_secret_text() const;
  const SecretBytes& scalar() const { return scalar_; }

 private:
  X25519Identity(SecretBytes scalar, const X25519Recipient& recipient)
      : scalar_(std::move(scalar)), recipient_(recipient) {}

  SecretBytes scalar_;
  X25519Recipient recipient_;
};

/// The work factor (a power of two) of a passphrase that is written: 2^18 takes 256 MiB and about a
/// second.
inline constexpr int kScryptWorkFactor = 18;
/// The largest work factor that is read: 2^20 takes 1 GiB.
inline constexpr int kMaxScryptWorkFactor = 20;

/// A passphrase to seal with. It is the only recipient of its file.
struct ScryptRecipient {
  SecretBytes passphrase;
  int work_factor = kScryptWorkFactor;
};

/// A passphrase to open with.
struct ScryptIdentity {
  SecretBytes passphrase;
  int max_work_factor = kMaxScryptWorkFactor;
};

/// True when OpenSSL has ML-KEM-768 (3.5 and later), which the hybrid recipient needs.
bool is_hybrid_available();

/// A public key for ML-KEM-768 and X25519 together (X-Wing), which also holds against a quantum
/// computer. Reading and writing its text needs no ML-KEM.
class HybridRecipient final {
 public:
  static constexpr std::size_t kBytes = 1184 + 32;
  /// Reads `age1pq1...`; kParse for anything else.
  static base::Result<HybridRecipient> parse(std::string_view text);
  /// kInvalidArgument when `key` has not kBytes.
  static base::Result<HybridRecipient> from_bytes(ByteView key);

  std::string to_text() const;
  ByteView key() const { return key_; }

  bool operator==(const HybridRecipient&) const = default;

 private:
  explicit HybridRecipient(Bytes key) : key_(std::move(key)) {}
  Bytes key_;
};

/// The secret seed of a HybridRecipient.
class HybridIdentity final {
 public:
  static HybridIdentity generate();
  /// Reads `AGE-SECRET-KEY-PQ-1...`; kParse for anything else.
  static base::Result<HybridIdentity> parse(std::string_view text);

  /// kUnsupported without ML-KEM.
  base::Result<HybridRecipient> recipient() const;
  std::string to_secret_text() const;
  const SecretBytes& seed() const { return seed_; }

 private:
  explicit HybridIdentity(SecretBytes seed) : seed_(std::move(seed)) {}
  SecretBytes seed_;
};

using AgeRecipient = std::variant<X25519Recipient, HybridRecipient, ScryptRecipient>;
using AgeIdentity = std::variant<X25519Identity, HybridIdentity, ScryptIdentity>;

/// Reads any recipient that has a text, or any identity; kParse when it is none.
base::Result<AgeRecipient> parse_age_recipient(std::string_view text);
base::Result<AgeIdentity> parse_age_identity(std::string_view text);

}  // namespace rogatory::crypto
