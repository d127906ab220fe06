// SPDX-License-Identifier: EUPL-1.2
//
// The loop goes in sixteen steps, each of five rounds of SHA-512 and eight of SHA-256, so that two
// blocks of the one end with one block of the other. SHA-512 works on general registers and its
// schedule, three words ahead, on vectors; SHA-256 on vectors alone. The processor runs what is
// independent side by side.

#include "crypto/detail/linear_digests.h"

#if defined(__x86_64__)

// The header of g++ 12 starts from registers that are undefined on purpose (GCC bug 105593).
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#pragma GCC diagnostic pop

#include <utility>

#include "crypto/detail/sha256_lanes.h"

// Functions carry the instruction set, not the file: nothing else in it may need it.
#define ROG_BOTH __attribute__((target("avx512f,avx512vl,bmi2,bmi,sha")))
#define ROG_BOTH_INLINE \
  __attribute__((target("avx512f,avx512vl,bmi2,bmi,sha"), always_inline)) inline

// Vectors as arguments of std::array lose an attribute, of which g++ warns.
// NOLINTBEGIN(modernize-avoid-c-arrays,misc-const-correctness)

namespace rogatory::crypto::detail {
namespace {

using Vector = __m128i;

constexpr int kXor = 0x96;
constexpr int kSteps = 16;
constexpr int kRoundsPerStep = 5;
/// Pairs of words of the schedule that a step makes, until all are made.
constexpr int kPairsPerStep = 3;
constexpr int kPairs = 40;

ROG_BOTH_INLINE std::uint64_t rotate(std::uint64_t x, unsigned count) {
  return x >> count | x << (64 - count);
}

/// Where SHA-512 stands within a block.
struct Sha512Block {
  std::uint64_t s[8];
  /// The last sixteen words of the schedule, in pairs.
  Vector pairs[8];
  /// Words and constants of all rounds, added.
  alignas(16) std::uint64_t inputs[80];
};

/// Round I. The letters of FIPS 180-4, 6.4.2 stand still and the places move. What the next round
/// waits for is added last.
template <int I>
ROG_BOTH_INLINE void round512(Sha512Block& block) {
  std::uint64_t(&s)[8] = block.s;
  const std::uint64_t a = s[(80 - I) & 7];
  const std::uint64_t b = s[(81 - I) & 7];
  const std::uint64_t c = s[(82 - I) & 7];
  std::uint64_t& d = s[(83 - I) & 7];
  const std::uint64_t e = s[(84 - I) & 7];
  const std::uint64_t f = s[(85 - I) & 7];
  const std::uint64_t g = s[(86 - I) & 7];
  std::uint64_t& h = s[(87 - I) & 7];
  const std::uint64_t chosen = h + block.inputs[I] + (e & f) + (~e & g);
  const std::uint64_t first = chosen + (rotate(e, 14) ^ rotate(e, 18) ^ rotate(e, 41));
  const std::uint64_t majority = b ^ ((a ^ b) & (b ^ c));
  d += first;
  h = first + majority + (rotate(a, 28) ^ rotate(a, 34) ^ rotate(a, 39));
}

/// Adds the constants to pair J, for its two rounds.
template <int J>
ROG_BOTH_INLINE void put_pair(Sha512Block& block, Vector pair) {
  block.pairs[J & 7] = pair;
  const auto* constants = reinterpret_cast<const Vector*>(kSha512Rounds.data());
  _mm_store_si128(reinterpret_cast<Vector*>(block.inputs) + J,
                  _mm_add_epi64(pair, _mm_loadu_si128(constants + J)));
}

/// Makes pair J of the schedule from the eight before it.
template <int J>
ROG_BOTH_INLINE void expand_pair(Sha512Block& block) {
  if constexpr (J < kPairs) {
    const Vector(&x)[8] = block.pairs;
    const Vector back15 = _mm_alignr_epi8(x[(J + 1) & 7], x[J & 7], 8);
    const Vector back7 = _mm_alignr_epi8(x[(J + 5) & 7], x[(J + 4) & 7], 8);
    const Vector back2 = x[(J + 7) & 7];
    const Vector low = _mm_ternarylogic_epi64(_mm_ror_epi64(back15, 1), _mm_ror_epi64(back15, 8),
                                              _mm_srli_epi64(back15, 7), kXor);
    const Vector high = _mm_ternarylogic_epi64(_mm_ror_epi64(back2, 19), _mm_ror_epi64(back2, 61),
                                               _mm_srli_epi64(back2, 6), kXor);
    const Vector sum = _mm_add_epi64(_mm_add_epi64(x[J & 7], back7), low);
    put_pair<J>(block, _mm_add_epi64(sum, high));
  }
}

/// Where SHA-256 stands within a block: its state as the instructions want it.
struct Sha256Block {
  Vector abef;
  Vector cdgh;
  Vector words[4];
};

/// Rounds 4I to 4I + 3.
template <int I>
ROG_BOTH_INLINE void four_rounds256(Sha256Block& block) {
  Vector(&w)[4] = block.words;
  if constexpr (I >= 4) {
    const Vector back7 = _mm_alignr_epi8(w[(I + 3) & 3], w[(I + 2) & 3], 4);
    const Vector sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[I & 3], w[(I + 1) & 3]), back7);
    w[I & 3] = _mm_sha256msg2_epu32(sum, w[(I + 3) & 3]);
  }
  const auto* constants = reinterpret_cast<const Vector*>(kSha256Rounds.data());
  const Vector input = _mm_add_epi32(w[I & 3], _mm_loadu_si128(constants + I));
  block.cdgh = _mm_sha256rnds2_epu32(block.cdgh, block.abef, input);
  block.abef = _mm_sha256rnds2_epu32(block.abef, block.cdgh, _mm_shuffle_epi32(input, 0x0E));
}

ROG_BOTH_INLINE void load256(Sha256Block& block, const std::byte* bytes) {
  const Vector swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
  const auto* from = reinterpret_cast<const Vector*>(bytes);
  for (int i = 0; i < 4; ++i) {
    block.words[i] = _mm_shuffle_epi8(_mm_loadu_si128(from + i), swap);
  }
}

template <int... kPair>
ROG_BOTH_INLINE void load512(Sha512Block& block, const std::byte* bytes,
                             std::integer_sequence<int, kPair...> /*pairs*/) {
  const Vector swap = _mm_set_epi8(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  const auto* from = reinterpret_cast<const Vector*>(bytes);
  (put_pair<kPair>(block, _mm_shuffle_epi8(_mm_loadu_si128(from + kPair), swap)), ...);
}

template <int kStep>
ROG_BOTH_INLINE void step(Sha512Block& long_block, Sha256Block& short_block) {
  constexpr int kPair = 8 + kPairsPerStep * kStep;
  constexpr int kRound = kRoundsPerStep * kStep;
  constexpr int kFour = 2 * (kStep % (kSteps / 2));
  expand_pair<kPair>(long_block);
  round512<kRound>(long_block);
  four_rounds256<kFour>(short_block);
  round512<kRound + 1>(long_block);
  expand_pair<kPair + 1>(long_block);
  round512<kRound + 2>(long_block);
  four_rounds256<kFour + 1>(short_block);
  round512<kRound + 3>(long_block);
  expand_pair<kPair + 2>(long_block);
  round512<kRound + 4>(long_block);
}

template <int kFirst, int... kStep>
ROG_BOTH_INLINE void half(Sha512Block& long_block, Sha256Block& short_block, const std::byte* bytes,
                          std::integer_sequence<int, kStep...> /*steps*/) {
  load256(short_block, bytes);
  const Vector abef = short_block.abef;
  const Vector cdgh = short_block.cdgh;
  (step<kFirst + kStep>(long_block, short_block), ...);
  short_block.abef = _mm_add_epi32(short_block.abef, abef);
  short_block.cdgh = _mm_add_epi32(short_block.cdgh, cdgh);
}

}  // namespace

ROG_BOTH void compress_both(std::uint32_t* state256, std::uint64_t* state512,
                            const std::byte* blocks, std::size_t block_count) {
  constexpr std::make_integer_sequence<int, kSteps / 2> kHalf{};
  auto* words256 = reinterpret_cast<Vector*>(state256);
  const Vector cdab = _mm_shuffle_epi32(_mm_loadu_si128(words256), 0xB1);
  const Vector efgh = _mm_shuffle_epi32(_mm_loadu_si128(words256 + 1), 0x1B);
  Sha256Block short_block;
  short_block.abef = _mm_alignr_epi8(cdab, efgh, 8);
  short_block.cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
  Sha512Block long_block;
  for (int i = 0; i < 8; ++i) long_block.s[i] = state512[i];
  for (; block_count > 0; --block_count, blocks += 128) {
    load512(long_block, blocks, std::make_integer_sequence<int, 8>{});
    half<0>(long_block, short_block, blocks, kHalf);
    half<kSteps / 2>(long_block, short_block, blocks + 64, kHalf);
    for (int i = 0; i < 8; ++i) state512[i] = long_block.s[i] += state512[i];
  }
  const Vector feba = _mm_shuffle_epi32(short_block.abef, 0x1B);
  const Vector dchg = _mm_shuffle_epi32(short_block.cdgh, 0xB1);
  _mm_storeu_si128(words256, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(words256 + 1, _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace rogatory::crypto::detail

// NOLINTEND(modernize-avoid-c-arrays,misc-const-correctness)

#endif  // defined(__x86_64__)
