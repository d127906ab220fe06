// SPDX-License-Identifier: EUPL-1.2

#include "tlog/signing_key.h"

#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/signer.h"
#include "tlog/detail/refuse.h"

namespace rogatory::tlog {
namespace {

using base::Result;
using Bytes = std::vector<std::byte>;

constexpr std::string_view kPrefix = "PRIVATE+KEY+";

crypto::SignatureSuite suite_of(SignatureType type) {
  return type == SignatureType::kMlDsa44Cosignature ? crypto::SignatureSuite::kMlDsa44
                                                    : crypto::SignatureSuite::kEd25519;
}

}  // namespace

struct SigningKey::Secret {
  VerifierKey key;
  crypto::PrivateKey private_key;
  crypto::SecretBytes seed;
};

Result<SigningKey> SigningKey::make(std::string name, SignatureType type,
                                    std::span<const std::byte> seed) {
  if (seed.size() != kSeedBytes) return detail::misuse("the seed of a key has 32 bytes");
  ROG_TRY(crypto::PrivateKey private_key, crypto::PrivateKey::from_seed(suite_of(type), seed));
  ROG_TRY(VerifierKey key,
          VerifierKey::make(std::move(name), type, private_key.public_key().raw()));
  return SigningKey(std::make_shared<Secret>(
      Secret{std::move(key), std::move(private_key), crypto::SecretBytes(seed)}));
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
  if (!text.starts_with(kPrefix)) return detail::malformed("a private key is `PRIVATE+KEY+...`");
  text.remove_prefix(kPrefix.size());
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) {
    return detail::malformed("a private key is `PRIVATE+KEY+name+id+key`");
  }
  auto bytes = crypto::parse_base64(text.substr(second + 1));
  if (!bytes.ok() || bytes->size() != kSeedBytes + 1) {
    return detail::malformed("a private key has a type and 32 bytes in standard base64");
  }
  const crypto::SecretBytes all(*bytes);
  const auto type = static_cast<SignatureType>(all.view()[0]);
  if (type != SignatureType::kEd25519 && type != SignatureType::kEd25519Cosignature &&
      type != SignatureType::kMlDsa44Cosignature) {
    return detail::fail(base::ErrorCode::kUnsupported, "the private key has an unknown type");
  }
  ROG_TRY(SigningKey key, make(std::string(text.substr(0, first)), type, all.view().subspan(1)));
  const std::string id = std::string(text.substr(first + 1, second - first - 1));
  if (!key.key().to_text().starts_with(key.key().name() + '+' + id + '+')) {
    return detail::refuse("the id of the private key is not that of its name and key");
  }
  return key;
}

std::string SigningKey::secret_text() const {
  const std::string id = secret_->key.to_text().substr(secret_->key.name().size(), 10);
  Bytes bytes = {static_cast<std::byte>(secret_->key.type())};
  const auto seed = secret_->seed.view();
  bytes.insert(bytes.end(), seed.begin(), seed.end());
  return std::string(kPrefix) + secret_->key.name() + id + crypto::base64(bytes);
}

const VerifierKey& SigningKey::key() const {
  return secret_->key;
}

NoteSigner SigningKey::signer() const {
  return {secret_->key, [secret = secret_](std::span<const std::byte> message) {
            return Result<Bytes>(secret->private_key.sign(message));
          }};
}

}  // namespace rogatory::tlog
