// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/age_stanza.h"

#include <array>
#include <charconv>
#include <utility>
#include <variant>

#include "crypto/detail/hybrid_kem.h"
#include "crypto/detail/kdf.h"

namespace rogatory::crypto::detail {
namespace {

/// A wrapped file key. Longer bodies are refused before they are opened, so that a file cannot tell
/// by its success which of several keys opens it ("partitioning oracle").
constexpr std::size_t kWrappedBytes = kFileKeyBytes + kAeadTagBytes;
constexpr std::size_t kScryptSaltBytes = 16;

constexpr std::string_view kX25519Type = "X25519";
constexpr std::string_view kHybridType = "mlkem768x25519";
constexpr std::string_view kX25519Info = "age-encryption.org/v1/X25519";
constexpr std::string_view kScryptSalt = "age-encryption.org/v1/scrypt";
constexpr std::string_view kHybridInfo = "age-encryption.org/mlkem768x25519";

/// Keys that wrap a file key are for it alone.
constexpr std::array<std::byte, kAeadNonceBytes> kZeroNonce{};

Bytes wrap(const SecretBytes& wrap_key, const SecretBytes& file_key) {
  Bytes body(kWrappedBytes);
  ChaChaPoly(wrap_key, ChaChaPoly::Direction::kSeal).seal(kZeroNonce, {}, file_key.view(), body);
  return body;
}

std::optional<SecretBytes> unwrap(const SecretBytes& wrap_key, ByteView body) {
  SecretBytes file_key(kFileKeyBytes);
  const bool is_open = ChaChaPoly(wrap_key, ChaChaPoly::Direction::kOpen)
                           .open(kZeroNonce, {}, body, file_key.mutable_view());
  if (!is_open) return std::nullopt;
  return file_key;
}

SecretBytes x25519_wrap_key(const SecretBytes& shared, ByteView share, ByteView recipient) {
  Bytes salt(share.begin(), share.end());
  salt.insert(salt.end(), recipient.begin(), recipient.end());
  return hkdf_sha256(shared.view(), salt, as_bytes(kX25519Info), 32).take();
}

base::Result<SecretBytes> scrypt_wrap_key(const SecretBytes& passphrase, ByteView salt,
                                          int work_factor) {
  Bytes whole = to_bytes(kScryptSalt);
  whole.insert(whole.end(), salt.begin(), salt.end());
  return scrypt(passphrase.view(), whole, work_factor);
}

base::Result<AgeStanza> make_one(const X25519Recipient& recipient, const SecretBytes& file_key) {
  const SecretBytes ephemeral = SecretBytes::random(kX25519Bytes);
  const auto share = x25519_public(ephemeral);
  ROG_TRY(const SecretBytes shared, x25519(ephemeral.view(), recipient.point()));
  const SecretBytes wrap_key = x25519_wrap_key(shared, share, recipient.point());
  return AgeStanza{.arguments = {std::string(kX25519Type), base64_unpadded(share)},
                   .body = wrap(wrap_key, file_key)};
}

base::Result<AgeStanza> make_one(const HybridRecipient& recipient, const SecretBytes& file_key) {
  ROG_TRY(HybridSealed sealed,
          hybrid_seal(recipient.key(), as_bytes(kHybridInfo), file_key.view()));
  return AgeStanza{.arguments = {std::string(kHybridType), base64_unpadded(sealed.encapsulation)},
                   .body = std::move(sealed.ciphertext)};
}

base::Result<AgeStanza> make_one(const ScryptRecipient& recipient, const SecretBytes& file_key) {
  if (recipient.work_factor < 1 || recipient.work_factor > kMaxScryptWorkFactor) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "the work factor of a passphrase is 1 to 20"};
  }
  const SecretBytes salt = SecretBytes::random(kScryptSaltBytes);
  ROG_TRY(const SecretBytes wrap_key,
          scrypt_wrap_key(recipient.passphrase, salt.view(), recipient.work_factor));
  return AgeStanza{.arguments = {std::string(kScryptType), base64_unpadded(salt.view()),
                                 std::to_string(recipient.work_factor)},
                   .body = wrap(wrap_key, file_key)};
}

base::Error bad_stanza(std::string_view type, std::string message) {
  return {.code = base::ErrorCode::kParse,
          .message = "a stanza `" + std::string(type) + "` of an age file " + std::move(message)};
}

/// The argument at `at` as exactly `size` bytes.
base::Result<Bytes> argument_bytes(const AgeStanza& stanza, std::size_t at, std::size_t size) {
  auto bytes = parse_base64_unpadded(stanza.arguments[at]);
  if (!bytes.ok() || bytes->size() != size) {
    return bad_stanza(stanza.arguments[0],
                      "has an argument that is not " + std::to_string(size) + " bytes in base64");
  }
  return bytes;
}

base::Result<void> check_shape(const AgeStanza& stanza, std::size_t arguments) {
  if (stanza.arguments.size() != arguments) {
    return bad_stanza(stanza.arguments[0], "has more or fewer arguments than it should");
  }
  if (stanza.body.size() != kWrappedBytes) {
    return bad_stanza(stanza.arguments[0], "has a body that is not 32 bytes");
  }
  return {};
}

/// Tries a stanza of the identity's type: nothing when it is for another key.
base::Result<std::optional<SecretBytes>> open_one(const X25519Identity& identity,
                                                  const AgeStanza& stanza) {
  ROG_CHECKED(check_shape(stanza, 2));
  ROG_TRY(const Bytes share, argument_bytes(stanza, 1, kX25519Bytes));
  ROG_TRY(const SecretBytes shared, x25519(identity.scalar().view(), share));
  const SecretBytes wrap_key = x25519_wrap_key(shared, share, identity.recipient().point());
  return unwrap(wrap_key, stanza.body);
}

base::Result<std::optional<SecretBytes>> open_one(const HybridIdentity& identity,
                                                  const AgeStanza& stanza) {
  ROG_CHECKED(check_shape(stanza, 2));
  ROG_TRY(const Bytes encapsulation, argument_bytes(stanza, 1, kHybridEncapsulationBytes));
  return hybrid_open(identity.seed(), encapsulation, as_bytes(kHybridInfo), stanza.body);
}

/// `[1-9][0-9]*`, as the format asks.
base::Result<int> parse_work_factor(const AgeStanza& stanza) {
  const std::string& text = stanza.arguments[2];
  const bool is_number = text.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number || text.starts_with('0')) {
    return bad_stanza(kScryptType, "has a work factor that is not a decimal number");
  }
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc()) return bad_stanza(kScryptType, "has a work factor beyond any use");
  return value;
}

base::Result<std::optional<SecretBytes>> open_one(const ScryptIdentity& identity,
                                                  const AgeStanza& stanza) {
  ROG_CHECKED(check_shape(stanza, 3));
  ROG_TRY(const Bytes salt, argument_bytes(stanza, 1, kScryptSaltBytes));
  ROG_TRY(const int work_factor, parse_work_factor(stanza));
  if (work_factor > identity.max_work_factor) {
    return base::Error{.code = base::ErrorCode::kLimit,
                       .message = "the passphrase of this file takes more work than is allowed"};
  }
  ROG_TRY(const SecretBytes wrap_key, scrypt_wrap_key(identity.passphrase, salt, work_factor));
  return unwrap(wrap_key, stanza.body);
}

}  // namespace

std::string_view stanza_type(const AgeIdentity& identity) {
  constexpr std::array<std::string_view, 3> kTypes = {kX25519Type, kHybridType, kScryptType};
  static_assert(std::variant_size_v<AgeIdentity> == kTypes.size());
  return kTypes[identity.index()];
}

base::Result<AgeStanza> make_stanza(const AgeRecipient& recipient, const SecretBytes& file_key) {
  return std::visit([&](const auto& kind) { return make_one(kind, file_key); }, recipient);
}

base::Result<std::optional<SecretBytes>> open_stanza(const AgeIdentity& identity,
                                                     const AgeStanza& stanza) {
  return std::visit([&](const auto& kind) { return open_one(kind, stanza); }, identity);
}

}  // namespace rogatory::crypto::detail
