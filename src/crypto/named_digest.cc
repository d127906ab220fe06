// SPDX-License-Identifier: EUPL-1.2

#include "crypto/named_digest.h"

#include <openssl/evp.h>

#include <array>

#include "base/assert.h"
#include "base/text.h"
#include "crypto/detail/owned.h"

namespace rogatory::crypto {
namespace {

struct Entry {
  DigestName name;
  std::string_view text;
  std::size_t bytes;
};

constexpr std::array kEntries = {
    Entry{DigestName::kMd5, "md5", 16},       Entry{DigestName::kSha1, "sha1", 20},
    Entry{DigestName::kSha224, "sha224", 28}, Entry{DigestName::kSha256, "sha256", 32},
    Entry{DigestName::kSha384, "sha384", 48}, Entry{DigestName::kSha512, "sha512", 64},
};

const Entry& entry_of(DigestName name) {
  for (const Entry& entry : kEntries) {
    if (entry.name == name) return entry;
  }
  ROG_ASSERT(false);
  return kEntries.front();
}

const EVP_MD* method_of(DigestName name) {
  switch (name) {
    case DigestName::kMd5:
      return EVP_md5();
    case DigestName::kSha1:
      return EVP_sha1();
    case DigestName::kSha224:
      return EVP_sha224();
    case DigestName::kSha256:
      return EVP_sha256();
    case DigestName::kSha384:
      return EVP_sha384();
    case DigestName::kSha512:
      return EVP_sha512();
  }
  return nullptr;
}

}  // namespace

std::string_view digest_name_text(DigestName name) {
  return entry_of(name).text;
}

std::optional<DigestName> find_digest_name(std::string_view text) {
  std::string plain;
  for (const char c : base::lower_ascii(text)) {
    if (c != '-' && c != '_') plain += c;
  }
  for (const Entry& entry : kEntries) {
    if (entry.text == plain) return entry.name;
  }
  return std::nullopt;
}

std::size_t digest_bytes(DigestName name) {
  return entry_of(name).bytes;
}

bool is_collision_resistant(DigestName name) {
  return name != DigestName::kMd5 && name != DigestName::kSha1;
}

struct NamedDigest::State {
  detail::Owned<EVP_MD_CTX, EVP_MD_CTX_free> context{EVP_MD_CTX_new()};
};

// Fails only when memory ends or the library is built without the digest.
NamedDigest::NamedDigest(DigestName name) : state_(std::make_unique<State>()) {
  ROG_ASSERT(state_->context != nullptr);
  ROG_ASSERT(EVP_DigestInit_ex(state_->context.get(), method_of(name), /*impl=*/nullptr) == 1);
}

NamedDigest::NamedDigest(NamedDigest&&) noexcept = default;
NamedDigest& NamedDigest::operator=(NamedDigest&&) noexcept = default;
NamedDigest::~NamedDigest() = default;

void NamedDigest::update(std::span<const std::byte> bytes) {
  ROG_ASSERT(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1);
}

std::string NamedDigest::finish_hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  ROG_ASSERT(EVP_DigestFinal_ex(state_->context.get(), bytes.data(), &size) == 1);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += kHex[bytes[i] >> 4U];
    text += kHex[bytes[i] & 0x0FU];
  }
  return text;
}

}  // namespace rogatory::crypto
