// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/sha256_lanes.h"

#include <algorithm>
#include <cstring>

#include "base/assert.h"
#include "crypto/hash_tree.h"

namespace rogatory::crypto::detail {
namespace {

constexpr std::size_t kBlockBytes = 64;
constexpr std::size_t kMaxLanes = 16;
/// One byte for the end of the message and eight for its length (FIPS 180-4, 5.1.1).
constexpr std::size_t kPaddingBytes = 9;

// FIPS 180-4, 5.3.3.
constexpr std::array<std::uint32_t, 8> kInitialState = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

void store_big_endian(std::uint64_t value, std::byte* out, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    out[i] = static_cast<std::byte>(value >> (8 * (size - 1 - i)));
  }
}

/// As many messages as there are lanes, each the leaf prefix 0x00 and an entry.
class Leaves {
 public:
  Leaves(CompressLanes compress, std::size_t lanes, std::size_t entry_bytes)
      : compress_(compress), lanes_(lanes), entry_bytes_(entry_bytes) {}

  /// `entries` has one pointer for each lane; `out` one digest.
  void hash(const std::byte* const* entries, Sha256Digest* out) {
    start();
    const std::size_t message_bytes = entry_bytes_ + 1;
    std::size_t hashed = 0;
    if (message_bytes >= kBlockBytes) {
      hash_first(entries);
      const std::size_t blocks = message_bytes / kBlockBytes - 1;
      hash_middle(entries, blocks);
      hashed = (1 + blocks) * kBlockBytes;
    }
    hash_rest(entries, hashed);
    finish(out);
  }

 private:
  void start() {
    for (std::size_t word = 0; word < kInitialState.size(); ++word) {
      std::fill_n(state_.data() + word * lanes_, lanes_, kInitialState[word]);
    }
  }

  std::byte* scratch(std::size_t lane) { return scratch_.data() + lane * 2 * kBlockBytes; }

  void compress_scratch(std::size_t block_count) {
    std::array<const std::byte*, kMaxLanes> blocks;
    for (std::size_t lane = 0; lane < lanes_; ++lane) blocks[lane] = scratch(lane);
    compress_(state_.data(), blocks.data(), block_count);
  }

  /// The block that the prefix begins.
  void hash_first(const std::byte* const* entries) {
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      scratch(lane)[0] = std::byte{0};
      std::memcpy(scratch(lane) + 1, entries[lane], kBlockBytes - 1);
    }
    compress_scratch(1);
  }

  /// The blocks that lie in the entries, each one byte before a multiple of 64.
  void hash_middle(const std::byte* const* entries, std::size_t block_count) {
    std::array<const std::byte*, kMaxLanes> blocks;
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      blocks[lane] = entries[lane] + kBlockBytes - 1;
    }
    compress_(state_.data(), blocks.data(), block_count);
  }

  /// What is left of the message, its end mark and its length: one block or two.
  void hash_rest(const std::byte* const* entries, std::size_t hashed) {
    const std::size_t rest = entry_bytes_ + 1 - hashed;
    const std::size_t block_count = rest + kPaddingBytes > kBlockBytes ? 2 : 1;
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      std::byte* at = scratch(lane);
      std::memset(at, 0, 2 * kBlockBytes);
      if (hashed == 0) {
        if (entry_bytes_ > 0) std::memcpy(at + 1, entries[lane], entry_bytes_);
      } else {
        std::memcpy(at, entries[lane] + hashed - 1, rest);
      }
      at[rest] = std::byte{0x80};
      store_big_endian(8 * (static_cast<std::uint64_t>(entry_bytes_) + 1),
                       at + block_count * kBlockBytes - 8, 8);
    }
    compress_scratch(block_count);
  }

  void finish(Sha256Digest* out) {
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      for (std::size_t word = 0; word < kInitialState.size(); ++word) {
        store_big_endian(state_[word * lanes_ + lane], out[lane].bytes.data() + 4 * word, 4);
      }
    }
  }

  CompressLanes compress_;
  std::size_t lanes_;
  std::size_t entry_bytes_;
  alignas(64) std::array<std::uint32_t, 8 * kMaxLanes> state_;
  std::array<std::byte, 2 * kBlockBytes * kMaxLanes> scratch_;
};

void leaf_hashes_one_by_one(const std::byte* entries, std::size_t entry_bytes, std::size_t count,
                            Sha256Digest* out) {
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = leaf_hash(std::span(entries + i * entry_bytes, entry_bytes));
  }
}

/// The lanes that no entry is left for repeat the last one.
void leaf_hashes_in_lanes(CompressLanes compress, std::size_t lanes, const std::byte* entries,
                          std::size_t entry_bytes, std::size_t count, Sha256Digest* out) {
  Leaves leaves(compress, lanes, entry_bytes);
  std::array<const std::byte*, kMaxLanes> lane_entries;
  std::array<Sha256Digest, kMaxLanes> digests;
  for (std::size_t i = 0; i < count; i += lanes) {
    const std::size_t used = std::min(lanes, count - i);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      lane_entries[lane] = entries + (i + std::min(lane, used - 1)) * entry_bytes;
    }
    leaves.hash(lane_entries.data(), digests.data());
    std::copy_n(digests.data(), used, out + i);
  }
}

LaneKind find_best_lane_kind() {
  if (is_available(LaneKind::kAvx512)) return LaneKind::kAvx512;
  // With instructions for SHA-256 one message after the other is faster than eight at once in AVX2.
  if (!has_sha_instructions() && is_available(LaneKind::kAvx2)) return LaneKind::kAvx2;
  return LaneKind::kPortable;
}

}  // namespace

bool is_available(LaneKind kind) {
  switch (kind) {
    case LaneKind::kPortable:
      return true;
#if defined(__x86_64__)
    case LaneKind::kAvx2:
      return __builtin_cpu_supports("avx2") != 0;
    case LaneKind::kAvx512:
      return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
#else
    case LaneKind::kAvx2:
    case LaneKind::kAvx512:
      return false;
#endif
  }
  return false;
}

bool has_sha_instructions() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("sha") != 0;
#else
  return false;
#endif
}

LaneKind best_lane_kind() {
  static const LaneKind kBest = find_best_lane_kind();
  return kBest;
}

std::size_t lane_count(LaneKind kind) {
  switch (kind) {
    case LaneKind::kPortable:
      return 1;
    case LaneKind::kAvx2:
      return 8;
    case LaneKind::kAvx512:
      return 16;
  }
  return 1;
}

void leaf_hashes(LaneKind kind, const std::byte* entries, std::size_t entry_bytes,
                 std::size_t count, Sha256Digest* out) {
  ROG_ASSERT(is_available(kind));
  // Fewer entries than this are done sooner one by one than in lanes of which most are idle.
  const std::size_t lanes = lane_count(kind);
  const std::size_t in_lanes = count % lanes < lanes / 2 ? count - count % lanes : count;
  switch (kind) {
    case LaneKind::kPortable:
      return leaf_hashes_one_by_one(entries, entry_bytes, count, out);
#if defined(__x86_64__)
    case LaneKind::kAvx2:
      leaf_hashes_in_lanes(compress_avx2, lanes, entries, entry_bytes, in_lanes, out);
      break;
    case LaneKind::kAvx512:
      leaf_hashes_in_lanes(compress_avx512, lanes, entries, entry_bytes, in_lanes, out);
      break;
#else
    case LaneKind::kAvx2:
    case LaneKind::kAvx512:
      return;
#endif
  }
  leaf_hashes_one_by_one(entries + in_lanes * entry_bytes, entry_bytes, count - in_lanes,
                         out + in_lanes);
}

}  // namespace rogatory::crypto::detail
