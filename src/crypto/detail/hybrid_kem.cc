// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/hybrid_kem.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/assert.h"
#include "crypto/detail/kdf.h"
#include "crypto/detail/owned.h"

namespace rogatory::crypto::detail {
namespace {

constexpr const char* kMlKem = "ML-KEM-768";
constexpr std::size_t kMlKemPublicBytes = 1184;
constexpr std::size_t kMlKemCiphertextBytes = 1088;
constexpr std::size_t kMlKemSeedBytes = 64;
constexpr std::size_t kSharedBytes = 32;
/// The parameter that OpenSSL 3.5 names so; the headers of earlier versions lack it.
constexpr const char* kSeedParameter = "seed";

using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using KeyManagement = Owned<EVP_KEYMGMT, EVP_KEYMGMT_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;

base::Error unsupported() {
  return {.code = base::ErrorCode::kUnsupported,
          .message =
              "the hybrid recipient needs ML-KEM-768, which this OpenSSL does not have: "
              "use one of version 3.5 or later"};
}

base::Error wrong_size() {
  return {.code = base::ErrorCode::kInvalidArgument,
          .message = "a seed of ML-KEM-768 has 64 bytes and a ciphertext 1088"};
}

base::Error not_a_key() {
  return {.code = base::ErrorCode::kParse, .message = "this is not a key of ML-KEM-768"};
}

/// A key made of one parameter, or none.
Key import_key(const char* parameter, ByteView bytes, int selection) {
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kMlKem, nullptr));
  if (context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  std::array<OSSL_PARAM, 2> parameters = {
      OSSL_PARAM_construct_octet_string(parameter, const_cast<unsigned char*>(data_of(bytes)),
                                        bytes.size()),
      OSSL_PARAM_construct_end()};
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, selection, parameters.data()) != 1) return nullptr;
  return Key(key);
}

base::Result<Key> import_seed(ByteView seed) {
  if (seed.size() != kMlKemSeedBytes) return wrong_size();
  Key key = import_key(kSeedParameter, seed, EVP_PKEY_KEYPAIR);
  if (key == nullptr) return unsupported();
  return key;
}

Bytes public_of(EVP_PKEY* ml_kem) {
  Bytes key(kMlKemPublicBytes);
  std::size_t size = key.size();
  ROG_ASSERT(EVP_PKEY_get_octet_string_param(ml_kem, OSSL_PKEY_PARAM_PUB_KEY, room_of(key),
                                             key.size(), &size) == 1);
  ROG_ASSERT(size == key.size());
  return key;
}

/// The halves of a seed.
struct Secrets {
  Key ml_kem;
  SecretBytes x25519;
};

base::Result<Secrets> expand_seed(const SecretBytes& seed) {
  ROG_ASSERT(seed.size() == kHybridSeedBytes);
  SecretBytes expanded(kMlKemSeedBytes + kX25519Bytes);
  const DigestContext context(EVP_MD_CTX_new());
  ROG_ASSERT(EVP_DigestInit_ex(context.get(), EVP_shake256(), nullptr) == 1);
  ROG_ASSERT(EVP_DigestUpdate(context.get(), seed.view().data(), seed.size()) == 1);
  ROG_ASSERT(EVP_DigestFinalXOF(context.get(), room_of(expanded.mutable_view()), expanded.size()) ==
             1);
  ROG_TRY(Key key, import_seed(expanded.view().first(kMlKemSeedBytes)));
  return Secrets{.ml_kem = std::move(key),
                 .x25519 = SecretBytes(expanded.view().last(kX25519Bytes))};
}

/// X-Wing, section 5.3: the combiner.
SecretBytes combine(ByteView ml_kem_secret, ByteView x25519_secret, ByteView x25519_ciphertext,
                    ByteView x25519_public_key) {
  constexpr std::string_view kLabel = "\\.//^\\";
  const DigestContext context(EVP_MD_CTX_new());
  SecretBytes shared(kSharedBytes);
  ROG_ASSERT(EVP_DigestInit_ex(context.get(), EVP_sha3_256(), nullptr) == 1);
  for (const ByteView part :
       {ml_kem_secret, x25519_secret, x25519_ciphertext, x25519_public_key, as_bytes(kLabel)}) {
    ROG_ASSERT(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
  }
  ROG_ASSERT(EVP_DigestFinal_ex(context.get(), room_of(shared.mutable_view()), nullptr) == 1);
  return shared;
}

struct Encapsulated {
  Bytes ciphertext;
  SecretBytes secret;
};

base::Result<Encapsulated> encapsulate(ByteView ml_kem_public) {
  const Key key = import_key(OSSL_PKEY_PARAM_PUB_KEY, ml_kem_public, EVP_PKEY_PUBLIC_KEY);
  if (key == nullptr) return not_a_key();
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  Encapsulated made{.ciphertext = Bytes(kMlKemCiphertextBytes),
                    .secret = SecretBytes(kSharedBytes)};
  std::size_t ciphertext_size = made.ciphertext.size();
  std::size_t secret_size = made.secret.size();
  ROG_ASSERT(EVP_PKEY_encapsulate_init(context.get(), nullptr) == 1);
  ROG_ASSERT(EVP_PKEY_encapsulate(context.get(), room_of(made.ciphertext), &ciphertext_size,
                                  room_of(made.secret.mutable_view()), &secret_size) == 1);
  ROG_ASSERT(ciphertext_size == made.ciphertext.size());
  ROG_ASSERT(secret_size == made.secret.size());
  return made;
}

SecretBytes decapsulate(EVP_PKEY* key, ByteView ciphertext) {
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  SecretBytes secret(kSharedBytes);
  std::size_t size = secret.size();
  ROG_ASSERT(EVP_PKEY_decapsulate_init(context.get(), nullptr) == 1);
  // A ciphertext of this size never fails: a wrong one gives another secret (FIPS 203, 7.3).
  ROG_ASSERT(EVP_PKEY_decapsulate(context.get(), room_of(secret.mutable_view()), &size,
                                  data_of(ciphertext), ciphertext.size()) == 1);
  return secret;
}

void append(Bytes& bytes, ByteView more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

/// RFC 9180, 4: the labels that keep uses of one key apart. The suite is KEM, HKDF-SHA256 (1) and
/// ChaCha20Poly1305 (3).
Bytes labeled(ByteView kem_id, std::string_view label, ByteView rest) {
  constexpr std::array kKdfAndAead = {std::byte{0}, std::byte{1}, std::byte{0}, std::byte{3}};
  Bytes bytes = to_bytes("HPKE-v1HPKE");
  append(bytes, kem_id);
  append(bytes, kKdfAndAead);
  append(bytes, as_bytes(label));
  append(bytes, rest);
  return bytes;
}

SecretBytes labeled_extract(ByteView kem_id, ByteView salt, std::string_view label, ByteView key) {
  return hkdf_extract(salt, labeled(kem_id, label, key));
}

SecretBytes labeled_expand(ByteView kem_id, const SecretBytes& key, std::string_view label,
                           ByteView info, std::size_t size) {
  Bytes labeled_info = {static_cast<std::byte>(size >> 8U), static_cast<std::byte>(size & 0xFFU)};
  append(labeled_info, labeled(kem_id, label, info));
  return hkdf_expand(key.view(), labeled_info, size).take();
}

/// MLKEM768-X25519 in the registry of HPKE.
constexpr std::array kKemId = {std::byte{0x64}, std::byte{0x7a}};

std::span<const std::byte, kAeadNonceBytes> nonce_of(const HpkeKeys& keys) {
  return std::span<const std::byte, kAeadNonceBytes>(keys.nonce);
}

}  // namespace

bool has_ml_kem() {
  static const bool kHas = [] {
    ERR_set_mark();
    const KeyManagement found(EVP_KEYMGMT_fetch(nullptr, kMlKem, nullptr));
    ERR_pop_to_mark();
    return found != nullptr;
  }();
  return kHas;
}

HpkeKeys hpke_keys(ByteView kem_id, const SecretBytes& shared_secret, ByteView info) {
  // RFC 9180, 5.1 in base mode (0), without a pre-shared key.
  Bytes context = {std::byte{0}};
  append(context, labeled_extract(kem_id, {}, "psk_id_hash", {}).view());
  append(context, labeled_extract(kem_id, {}, "info_hash", info).view());
  const SecretBytes secret = labeled_extract(kem_id, shared_secret.view(), "secret", {});
  const SecretBytes nonce = labeled_expand(kem_id, secret, "base_nonce", context, kAeadNonceBytes);
  return {.key = labeled_expand(kem_id, secret, "key", context, kAeadKeyBytes),
          .nonce = Bytes(nonce.view().begin(), nonce.view().end())};
}

base::Result<Bytes> ml_kem_public(const SecretBytes& seed) {
  if (!has_ml_kem()) return unsupported();
  ROG_TRY(const Key key, import_seed(seed.view()));
  return public_of(key.get());
}

base::Result<SecretBytes> ml_kem_decapsulate(const SecretBytes& seed, ByteView ciphertext) {
  if (!has_ml_kem()) return unsupported();
  if (ciphertext.size() != kMlKemCiphertextBytes) return wrong_size();
  ROG_TRY(const Key key, import_seed(seed.view()));
  return decapsulate(key.get(), ciphertext);
}

base::Result<Bytes> hybrid_public(const SecretBytes& seed) {
  if (!has_ml_kem()) return unsupported();
  ROG_TRY(const Secrets secrets, expand_seed(seed));
  Bytes key = public_of(secrets.ml_kem.get());
  append(key, x25519_public(secrets.x25519));
  return key;
}

base::Result<HybridSealed> hybrid_seal(ByteView public_key, ByteView info, ByteView message) {
  if (!has_ml_kem()) return unsupported();
  if (public_key.size() != kHybridPublicBytes) return not_a_key();
  const ByteView x25519_key = public_key.last(kX25519Bytes);
  ROG_TRY(Encapsulated made, encapsulate(public_key.first(kMlKemPublicBytes)));
  const SecretBytes ephemeral = SecretBytes::random(kX25519Bytes);
  const auto share = x25519_public(ephemeral);
  ROG_TRY(const SecretBytes x25519_secret, x25519(ephemeral.view(), x25519_key));
  const SecretBytes shared = combine(made.secret.view(), x25519_secret.view(), share, x25519_key);
  const HpkeKeys keys = hpke_keys(kKemId, shared, info);
  HybridSealed sealed{.encapsulation = std::move(made.ciphertext),
                      .ciphertext = Bytes(message.size() + kAeadTagBytes)};
  append(sealed.encapsulation, share);
  ChaChaPoly(keys.key, ChaChaPoly::Direction::kSeal)
      .seal(nonce_of(keys), {}, message, sealed.ciphertext);
  return sealed;
}

base::Result<std::optional<SecretBytes>> hybrid_open(const SecretBytes& seed,
                                                     ByteView encapsulation, ByteView info,
                                                     ByteView ciphertext) {
  if (!has_ml_kem()) return unsupported();
  ROG_ASSERT(encapsulation.size() == kHybridEncapsulationBytes);
  ROG_ASSERT(ciphertext.size() >= kAeadTagBytes);
  ROG_TRY(const Secrets secrets, expand_seed(seed));
  const ByteView share = encapsulation.last(kX25519Bytes);
  ROG_TRY(const SecretBytes x25519_secret, x25519(secrets.x25519.view(), share));
  const SecretBytes ml_kem_secret =
      decapsulate(secrets.ml_kem.get(), encapsulation.first(kMlKemCiphertextBytes));
  const SecretBytes shared =
      combine(ml_kem_secret.view(), x25519_secret.view(), share, x25519_public(secrets.x25519));
  const HpkeKeys keys = hpke_keys(kKemId, shared, info);
  SecretBytes message(ciphertext.size() - kAeadTagBytes);
  const bool is_open = ChaChaPoly(keys.key, ChaChaPoly::Direction::kOpen)
                           .open(nonce_of(keys), {}, ciphertext, message.mutable_view());
  if (!is_open) return std::optional<SecretBytes>();
  return std::optional<SecretBytes>(std::move(message));
}

}  // namespace rogatory::crypto::detail
