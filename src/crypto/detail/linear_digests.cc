// SPDX-License-Identifier: EUPL-1.2
//
// The state is OpenSSL's throughout: the common loop takes whole blocks into it, and OpenSSL does
// the rest, the padding included.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/detail/linear_digests.h"

#include <openssl/sha.h>

#include <algorithm>
#include <type_traits>

#include "crypto/detail/sha256_lanes.h"

namespace rogatory::crypto::detail {
namespace {

/// The longer block, of SHA-512; two of SHA-256.
constexpr std::size_t kBlockBytes = 128;

static_assert(std::is_same_v<SHA_LONG, std::uint32_t>);
static_assert(sizeof(SHA_LONG64) == sizeof(std::uint64_t));

/// Counts bits in two halves, as OpenSSL does.
template <typename Half>
void add_bits(Half& low, Half& high, std::uint64_t bytes) {
  // Of the halves the lower may have 32 bits: what does not fit is counted below.
  const std::uint64_t all_bits = bytes << 3U;
  const auto bits = static_cast<Half>(all_bits);
  low += bits;
  if (low < bits) ++high;
  high += static_cast<Half>(bytes >> (8 * sizeof(Half) - 3));
}

}  // namespace

struct LinearDigests::Contexts {
  SHA256_CTX sha256;
  SHA512_CTX sha512;
};

LinearDigests::LinearDigests(bool use_common_loop)
    : use_common_loop_(use_common_loop), contexts_(std::make_unique<Contexts>()) {
  SHA256_Init(&contexts_->sha256);
  SHA512_Init(&contexts_->sha512);
}

LinearDigests::LinearDigests(LinearDigests&&) noexcept = default;
LinearDigests& LinearDigests::operator=(LinearDigests&&) noexcept = default;
LinearDigests::~LinearDigests() = default;

void LinearDigests::update_each(ByteView bytes) {
  SHA256_Update(&contexts_->sha256, bytes.data(), bytes.size());
  SHA512_Update(&contexts_->sha512, bytes.data(), bytes.size());
  in_block_ = (in_block_ + bytes.size()) % kBlockBytes;
}

void LinearDigests::update_together(ByteView blocks) {
#if defined(__x86_64__)
  SHA256_CTX& sha256 = contexts_->sha256;
  SHA512_CTX& sha512 = contexts_->sha512;
  // `unsigned long long` and `unsigned long` are different names of one type here.
  compress_both(sha256.h, reinterpret_cast<std::uint64_t*>(sha512.h), blocks.data(),
                blocks.size() / kBlockBytes);
  add_bits(sha256.Nl, sha256.Nh, blocks.size());
  add_bits(sha512.Nl, sha512.Nh, blocks.size());
#else
  update_each(blocks);
#endif
}

void LinearDigests::update(ByteView bytes) {
  if (!use_common_loop_) return update_each(bytes);
  if (in_block_ > 0) {
    const std::size_t size = std::min(bytes.size(), kBlockBytes - in_block_);
    update_each(bytes.first(size));
    bytes = bytes.subspan(size);
  }
  const std::size_t whole = bytes.size() / kBlockBytes * kBlockBytes;
  if (whole > 0) update_together(bytes.first(whole));
  if (whole < bytes.size()) update_each(bytes.subspan(whole));
}

Sha256Digest LinearDigests::finish256() {
  Sha256Digest digest;
  SHA256_Final(reinterpret_cast<unsigned char*>(digest.bytes.data()), &contexts_->sha256);
  return digest;
}

Sha512Digest LinearDigests::finish512() {
  Sha512Digest digest;
  SHA512_Final(reinterpret_cast<unsigned char*>(digest.bytes.data()), &contexts_->sha512);
  return digest;
}

bool has_common_loop() {
#if defined(__x86_64__)
  static const bool kHas = __builtin_cpu_supports("avx512f") != 0 &&
                           __builtin_cpu_supports("avx512vl") != 0 &&
                           __builtin_cpu_supports("bmi") != 0 &&
                           __builtin_cpu_supports("bmi2") != 0 && has_sha_instructions();
  return kHas;
#else
  return false;
#endif
}

}  // namespace rogatory::crypto::detail
