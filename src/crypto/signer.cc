// SPDX-License-Identifier: EUPL-1.2

#include "crypto/signer.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstring>

#include "base/assert.h"
#include "crypto/detail/openssl.h"

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using detail::openssl_error;
using detail::OwnedKey;
using detail::OwnedKeyContext;

constexpr std::size_t kSeedBytes = 32;
/// OpenSSL's names of P-384: the group of a key, and of parameters.
constexpr std::string_view kGroup = "secp384r1";
constexpr std::size_t kMaxPemBytes = 16UL * 1024;

struct Row {
  std::string_view id;
  /// The names of the key and of the signature in OpenSSL's providers.
  const char* key_name;
  const char* signature_name;
  /// The digest over the message, where the suite does not fix it itself.
  const char* digest;
  std::size_t raw_bytes;
};

const Row& row_of(SignatureSuite suite) {
  static constexpr std::array<Row, kSignatureSuites.size()> kRows = {{
      {"ed25519", "ED25519", "ED25519", nullptr, 32},
      {"ml-dsa-44", "ML-DSA-44", "ML-DSA-44", nullptr, 1312},
      {"ecdsa-p384", "EC", "ECDSA", "SHA384", 97},
  }};
  return kRows[static_cast<std::size_t>(suite)];
}

std::string quoted_id(SignatureSuite suite) {
  return "`" + std::string(suite_id(suite)) + "`";
}

/// The suite a key belongs to; kUnsupported for others.
base::Result<SignatureSuite> suite_of(const EVP_PKEY& key) {
  for (const SignatureSuite suite : kSignatureSuites) {
    if (EVP_PKEY_is_a(&key, row_of(suite).key_name) != 1) continue;
    if (suite != SignatureSuite::kEcdsaP384) return suite;
    std::array<char, 64> group{};
    std::size_t size = 0;
    const int known = EVP_PKEY_get_group_name(&key, group.data(), group.size(), &size);
    if (known == 1 && kGroup == group.data()) return suite;
  }
  ERR_clear_error();
  const char* name = EVP_PKEY_get0_type_name(&key);
  return Error{.code = ErrorCode::kUnsupported,
               .message = "a key of kind `" + std::string(name == nullptr ? "?" : name) +
                          "` is of none of the suites ed25519, ml-dsa-44 and ecdsa-p384"};
}

/// A key from parameters, public or pair.
OwnedKey key_from(const char* name, int selection, std::span<OSSL_PARAM> parameters) {
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, name, nullptr));
  EVP_PKEY* key = nullptr;
  if (context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, selection, parameters.data()) != 1) {
    return nullptr;
  }
  return OwnedKey(key);
}

OwnedKey public_from_raw(SignatureSuite suite, std::span<const std::byte> bytes) {
  const Row& row = row_of(suite);
  if (suite != SignatureSuite::kEcdsaP384) {
    return OwnedKey(EVP_PKEY_new_raw_public_key_ex(nullptr, row.key_name, nullptr,
                                                   detail::data_of(bytes), bytes.size()));
  }
  // Compressed points have another length; a first byte other than 4 is the hybrid form.
  if (bytes.front() != std::byte{4}) return nullptr;
  std::string group(kGroup);
  std::vector<std::byte> point(bytes.begin(), bytes.end());
  std::array parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  return key_from(row.key_name, EVP_PKEY_PUBLIC_KEY, parameters);
}

OwnedKey private_from_seed(SignatureSuite suite, std::span<const std::byte> seed) {
  const Row& row = row_of(suite);
  if (suite == SignatureSuite::kEd25519) {
    return OwnedKey(EVP_PKEY_new_raw_private_key_ex(nullptr, row.key_name, nullptr,
                                                    detail::data_of(seed), seed.size()));
  }
  SecretBytes copy(seed);
  // `seed`: OpenSSL 3.5, EVP_PKEY-ML-DSA(7); older headers have no name for it.
  std::array parameters = {
      OSSL_PARAM_construct_octet_string("seed", copy.mutable_view().data(), copy.size()),
      OSSL_PARAM_construct_end()};
  return key_from(row.key_name, EVP_PKEY_KEYPAIR, parameters);
}

bool verify_with(EVP_PKEY& key, const char* digest, std::span<const std::byte> message,
                 std::span<const std::byte> signature) {
  const detail::Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  ROG_ASSERT(context != nullptr);
  const bool good = EVP_DigestVerifyInit_ex(context.get(), nullptr, digest, nullptr, nullptr, &key,
                                            nullptr) == 1 &&
                    EVP_DigestVerify(context.get(), detail::data_of(signature), signature.size(),
                                     detail::data_of(message), message.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace

std::string_view suite_id(SignatureSuite suite) {
  return row_of(suite).id;
}

base::Result<SignatureSuite> parse_suite_id(std::string_view id) {
  for (const SignatureSuite suite : kSignatureSuites) {
    if (suite_id(suite) == id) return suite;
  }
  return Error{.code = ErrorCode::kUnsupported,
               .message = "the signature suite `" + std::string(id) +
                          "` is not known: it is one of ed25519, ml-dsa-44, ecdsa-p384"};
}

base::Result<void> check_available(SignatureSuite suite) {
  const detail::Owned<EVP_SIGNATURE, EVP_SIGNATURE_free> signature(
      EVP_SIGNATURE_fetch(nullptr, row_of(suite).signature_name, nullptr));
  const detail::Owned<EVP_KEYMGMT, EVP_KEYMGMT_free> keys(
      EVP_KEYMGMT_fetch(nullptr, row_of(suite).key_name, nullptr));
  ERR_clear_error();
  if (signature != nullptr && keys != nullptr) return {};
  return Error{.code = ErrorCode::kUnsupported,
               .message = "the signature suite " + quoted_id(suite) +
                          " is not offered by this platform's OpenSSL, which is " +
                          OpenSSL_version(OPENSSL_VERSION_STRING) +
                          (suite == SignatureSuite::kMlDsa44 ? " (3.5 or later is needed)" : "")};
}

bool is_available(SignatureSuite suite) {
  return check_available(suite).ok();
}

PublicKey::PublicKey(SignatureSuite suite, std::shared_ptr<const Handle> handle)
    : suite_(suite), handle_(std::move(handle)) {}

base::Result<PublicKey> PublicKey::parse_raw(SignatureSuite suite,
                                             std::span<const std::byte> bytes) {
  ROG_CHECKED(check_available(suite));
  const std::size_t wanted = row_of(suite).raw_bytes;
  if (bytes.size() != wanted) {
    return Error{.code = ErrorCode::kParse,
                 .message = "a public key of " + quoted_id(suite) + " has " +
                            std::to_string(wanted) + " bytes, not " + std::to_string(bytes.size())};
  }
  OwnedKey key = public_from_raw(suite, bytes);
  if (key == nullptr) {
    return openssl_error(ErrorCode::kParse, "the bytes are no public key of " + quoted_id(suite));
  }
  return PublicKey(suite, std::make_shared<Handle>(key.release()));
}

base::Result<PublicKey> PublicKey::parse_spki(std::span<const std::byte> der) {
  const unsigned char* at = detail::data_of(der);
  if (der.size() > kMaxPemBytes) {
    return Error{.code = ErrorCode::kLimit, .message = "a public key has at most 16 KiB"};
  }
  OwnedKey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (key == nullptr || at != detail::data_of(der) + der.size()) {
    return openssl_error(ErrorCode::kParse, "the bytes are no SubjectPublicKeyInfo");
  }
  ROG_TRY(const SignatureSuite suite, suite_of(*key));
  return PublicKey(suite, std::make_shared<Handle>(key.release()));
}

std::vector<std::byte> PublicKey::raw() const {
  std::vector<std::byte> out(row_of(suite_).raw_bytes);
  auto* at = reinterpret_cast<unsigned char*>(out.data());
  std::size_t size = out.size();
  const bool is_point = suite_ == SignatureSuite::kEcdsaP384;
  const int done =
      is_point ? EVP_PKEY_get_octet_string_param(handle_->key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY,
                                                 at, out.size(), &size)
               : EVP_PKEY_get_raw_public_key(handle_->key, at, &size);
  ROG_ASSERT(done == 1);
  ROG_ASSERT(size == out.size());
  return out;
}

std::vector<std::byte> PublicKey::spki() const {
  std::vector<std::byte> out = detail::encode<i2d_PUBKEY>(handle_->key);
  ROG_ASSERT(!out.empty());
  return out;
}

bool PublicKey::verify(std::span<const std::byte> message,
                       std::span<const std::byte> signature) const {
  return verify_with(*handle_->key, row_of(suite_).digest, message, signature);
}

PrivateKey::PrivateKey(SignatureSuite suite, std::unique_ptr<Handle> handle)
    : suite_(suite), handle_(std::move(handle)) {}

PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

base::Result<PrivateKey> PrivateKey::generate(SignatureSuite suite) {
  ROG_CHECKED(check_available(suite));
  OwnedKey key(suite == SignatureSuite::kEcdsaP384
                   ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384")
                   : EVP_PKEY_Q_keygen(nullptr, nullptr, row_of(suite).key_name));
  if (key == nullptr) {
    return openssl_error(ErrorCode::kInternal, "no key could be made for " + quoted_id(suite));
  }
  return PrivateKey(suite, std::make_unique<Handle>(key.release()));
}

base::Result<PrivateKey> PrivateKey::from_seed(SignatureSuite suite,
                                               std::span<const std::byte> seed) {
  if (suite == SignatureSuite::kEcdsaP384 || seed.size() != kSeedBytes) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = "a seed has 32 bytes and is of ed25519 or ml-dsa-44"};
  }
  ROG_CHECKED(check_available(suite));
  OwnedKey key = private_from_seed(suite, seed);
  if (key == nullptr) {
    return openssl_error(ErrorCode::kInternal, "the seed makes no key of " + quoted_id(suite));
  }
  return PrivateKey(suite, std::make_unique<Handle>(key.release()));
}

base::Result<PrivateKey> PrivateKey::parse_pem(std::string_view pem) {
  if (pem.size() > kMaxPemBytes) {
    return Error{.code = ErrorCode::kLimit, .message = "a private key has at most 16 KiB"};
  }
  const detail::OwnedBio source = detail::memory_source(std::as_bytes(std::span(pem)));
  OwnedKey key(PEM_read_bio_PrivateKey(source.get(), nullptr, detail::no_password, nullptr));
  if (key == nullptr) {
    return openssl_error(ErrorCode::kParse, "the text is no private key in PEM without a password");
  }
  ROG_TRY(const SignatureSuite suite, suite_of(*key));
  return PrivateKey(suite, std::make_unique<Handle>(key.release()));
}

PublicKey PrivateKey::public_key() const {
  auto key = PublicKey::parse_spki(detail::encode<i2d_PUBKEY>(handle_->key));
  ROG_ASSERT(key.ok());
  return key.take();
}

SecretBytes PrivateKey::secret_pem() const {
  // Memory of this kind is erased when it is freed.
  const detail::OwnedBio sink(BIO_new(BIO_s_secmem()));
  ROG_ASSERT(sink != nullptr);
  const int done = PEM_write_bio_PKCS8PrivateKey(sink.get(), handle_->key, /*cipher=*/nullptr,
                                                 nullptr, 0, nullptr, nullptr);
  ROG_ASSERT(done == 1);
  const char* data = nullptr;
  const long size = BIO_get_mem_data(sink.get(), &data);
  ROG_ASSERT(size > 0);
  return SecretBytes(as_bytes({data, static_cast<std::size_t>(size)}));
}

std::vector<std::byte> PrivateKey::sign(std::span<const std::byte> message) const {
  const detail::Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  ROG_ASSERT(context != nullptr);
  int done = EVP_DigestSignInit_ex(context.get(), nullptr, row_of(suite_).digest, nullptr, nullptr,
                                   handle_->key, nullptr);
  ROG_ASSERT(done == 1);
  std::size_t size = 0;
  done = EVP_DigestSign(context.get(), nullptr, &size, detail::data_of(message), message.size());
  ROG_ASSERT(done == 1);
  std::vector<std::byte> signature(size);
  done = EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                        detail::data_of(message), message.size());
  ROG_ASSERT(done == 1);
  signature.resize(size);
  return signature;
}

namespace {

/// RFC 8032 5.1.3: y is below p = 2^255 - 19, and x = 0, which y = 1 and y = p - 1 have, has no
/// sign. The library reads other texts of the same points too.
bool is_canonical_point(const std::array<std::byte, 32>& point) {
  // p - 1, the number read first being the most significant.
  std::array<std::byte, 32> last{};
  last.fill(std::byte{0xFF});
  last.front() = std::byte{0x7F};
  last.back() = std::byte{0xEC};
  std::array<std::byte, 32> y{};
  std::reverse_copy(point.begin(), point.end(), y.begin());
  const bool has_sign = (y.front() & std::byte{0x80}) != std::byte{0};
  y.front() &= std::byte{0x7F};
  std::array<std::byte, 32> one{};
  one.back() = std::byte{1};
  return y <= last && !(has_sign && (y == one || y == last));
}

}  // namespace

base::Result<Ed25519PublicKey> Ed25519PublicKey::parse(std::span<const std::byte> bytes) {
  Ed25519PublicKey key;
  if (bytes.size() != key.bytes.size()) {
    return Error{
        .code = ErrorCode::kParse,
        .message = "a public key of `ed25519` has 32 bytes, not " + std::to_string(bytes.size())};
  }
  std::ranges::copy(bytes, key.bytes.begin());
  return key;
}

bool Ed25519PublicKey::verify(std::span<const std::byte> message,
                              std::span<const std::byte> signature) const {
  if (!is_canonical_point(bytes)) return false;
  const OwnedKey key = public_from_raw(SignatureSuite::kEd25519, bytes);
  if (key == nullptr) ERR_clear_error();
  return key != nullptr && verify_with(*key, nullptr, message, signature);
}

base::Result<Ed25519PrivateKey> Ed25519PrivateKey::generate() {
  ROG_TRY(PrivateKey key, PrivateKey::generate(SignatureSuite::kEd25519));
  return Ed25519PrivateKey(std::move(key));
}

base::Result<Ed25519PrivateKey> Ed25519PrivateKey::parse(std::span<const std::byte> seed) {
  ROG_TRY(PrivateKey key, PrivateKey::from_seed(SignatureSuite::kEd25519, seed));
  return Ed25519PrivateKey(std::move(key));
}

Ed25519PublicKey Ed25519PrivateKey::public_key() const {
  Ed25519PublicKey key;
  auto* at = reinterpret_cast<unsigned char*>(key.bytes.data());
  std::size_t size = key.bytes.size();
  const int done = EVP_PKEY_get_raw_public_key(key_.handle().key, at, &size);
  ROG_ASSERT(done == 1);
  ROG_ASSERT(size == key.bytes.size());
  return key;
}

std::array<std::byte, 64> Ed25519PrivateKey::sign(std::span<const std::byte> message) const {
  std::array<std::byte, 64> out{};
  const std::vector<std::byte> signature = key_.sign(message);
  ROG_ASSERT(signature.size() == out.size());
  std::ranges::copy(signature, out.begin());
  return out;
}

SecretBytes Ed25519PrivateKey::secret_seed() const {
  SecretBytes seed(kSeedBytes);
  std::size_t size = seed.size();
  const int done = EVP_PKEY_get_raw_private_key(
      key_.handle().key, reinterpret_cast<unsigned char*>(seed.mutable_view().data()), &size);
  ROG_ASSERT(done == 1);
  ROG_ASSERT(size == seed.size());
  return seed;
}

}  // namespace rogatory::crypto
