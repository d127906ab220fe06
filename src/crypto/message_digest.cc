// SPDX-License-Identifier: EUPL-1.2

#include "crypto/message_digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "crypto/bytes.h"
#include "crypto/detail/openssl.h"

namespace rogatory::crypto {
namespace {

struct Row {
  std::string_view name;
  std::string_view oid;
  std::size_t size;
};

// NIST, Computer Security Objects Register; SHA-1: RFC 3279 2.1.
const Row& row_of(DigestAlgorithm algorithm) {
  static constexpr std::array<Row, kDigestAlgorithms.size()> kRows = {{
      {"sha1", "1.3.14.3.2.26", 20},
      {"sha224", "2.16.840.1.101.3.4.2.4", 28},
      {"sha256", "2.16.840.1.101.3.4.2.1", 32},
      {"sha384", "2.16.840.1.101.3.4.2.2", 48},
      {"sha512", "2.16.840.1.101.3.4.2.3", 64},
      {"sha3-256", "2.16.840.1.101.3.4.2.8", 32},
      {"sha3-512", "2.16.840.1.101.3.4.2.10", 64},
  }};
  return kRows[static_cast<std::size_t>(algorithm)];
}

}  // namespace

std::string_view digest_algorithm_name(DigestAlgorithm algorithm) {
  return row_of(algorithm).name;
}

std::string_view digest_algorithm_oid(DigestAlgorithm algorithm) {
  return row_of(algorithm).oid;
}

base::Result<DigestAlgorithm> digest_algorithm_of_oid(std::string_view dotted) {
  for (const DigestAlgorithm algorithm : kDigestAlgorithms) {
    if (row_of(algorithm).oid == dotted) return algorithm;
  }
  return base::Error{.code = base::ErrorCode::kUnsupported,
                     .message = "the digest algorithm `" + std::string(dotted) + "` is not known"};
}

std::size_t digest_size(DigestAlgorithm algorithm) {
  return row_of(algorithm).size;
}

bool is_acceptable(DigestAlgorithm algorithm) {
  return algorithm != DigestAlgorithm::kSha1;
}

MessageDigest MessageDigest::of(const Sha256Digest& digest) {
  return {.algorithm = DigestAlgorithm::kSha256,
          .bytes = {digest.bytes.begin(), digest.bytes.end()}};
}

MessageDigest MessageDigest::of(const Sha512Digest& digest) {
  return {.algorithm = DigestAlgorithm::kSha512,
          .bytes = {digest.bytes.begin(), digest.bytes.end()}};
}

std::string MessageDigest::hex() const {
  return crypto::hex(bytes);
}

MessageDigest message_digest(DigestAlgorithm algorithm, std::span<const std::byte> bytes) {
  MessageDigestStream stream(algorithm);
  stream.update(bytes);
  return stream.finish();
}

struct MessageDigestStream::State {
  DigestAlgorithm algorithm;
  detail::Owned<EVP_MD_CTX, EVP_MD_CTX_free> context;
};

MessageDigestStream::MessageDigestStream(DigestAlgorithm algorithm)
    : state_(std::make_unique<State>()) {
  state_->algorithm = algorithm;
  state_->context.reset(EVP_MD_CTX_new());
  ROG_ASSERT(state_->context != nullptr);
  // Fails only when memory ends or the library is built without the algorithm.
  const int done =
      EVP_DigestInit_ex(state_->context.get(), detail::evp_digest(algorithm), /*impl=*/nullptr);
  ROG_ASSERT(done == 1);
}

MessageDigestStream::MessageDigestStream(MessageDigestStream&&) noexcept = default;
MessageDigestStream& MessageDigestStream::operator=(MessageDigestStream&&) noexcept = default;
MessageDigestStream::~MessageDigestStream() = default;

void MessageDigestStream::update(std::span<const std::byte> bytes) {
  const int done = EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
  ROG_ASSERT(done == 1);
}

MessageDigest MessageDigestStream::finish() {
  MessageDigest digest{.algorithm = state_->algorithm,
                       .bytes = std::vector<std::byte>(digest_size(state_->algorithm))};
  unsigned int size = 0;
  const int done = EVP_DigestFinal_ex(state_->context.get(),
                                      reinterpret_cast<unsigned char*>(digest.bytes.data()), &size);
  ROG_ASSERT(done == 1);
  ROG_ASSERT(size == digest.bytes.size());
  return digest;
}

KnownDigests KnownDigests::of(std::span<const std::byte> content) {
  std::vector<MessageDigest> digests;
  digests.reserve(kDigestAlgorithms.size());
  for (const DigestAlgorithm algorithm : kDigestAlgorithms) {
    digests.push_back(message_digest(algorithm, content));
  }
  return KnownDigests(std::move(digests));
}

KnownDigests KnownDigests::of(std::string_view content) {
  return of(std::as_bytes(std::span(content)));
}

const MessageDigest* KnownDigests::find(DigestAlgorithm algorithm) const {
  const auto at = std::ranges::find(digests_, algorithm, &MessageDigest::algorithm);
  return at == digests_.end() ? nullptr : &*at;
}

}  // namespace rogatory::crypto
