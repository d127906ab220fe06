// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/sha256_lanes.h"

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

// Functions carry the instruction set, not the file: nothing else in it may need AVX-512.
#define ROG_AVX512 __attribute__((target("avx512f,avx512bw")))
#define ROG_AVX512_INLINE __attribute__((target("avx512f,avx512bw"), always_inline)) inline

// Vectors as arguments of std::array lose an attribute, of which g++ warns.
// NOLINTBEGIN(modernize-avoid-c-arrays,misc-const-correctness)

namespace rogatory::crypto::detail {
namespace {

constexpr std::size_t kLanes = 16;

/// One word of 16 lanes.
using Word = __m512i;

// Truth tables of three inputs for VPTERNLOGD.
constexpr int kXor = 0x96;
constexpr int kChoose = 0xCA;
constexpr int kMajority = 0xE8;

/// FIPS 180-4, 4.1.2: the sums of the rounds rotate three times.
template <int A, int B, int C>
ROG_AVX512_INLINE Word rotated(Word x) {
  return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, A), _mm512_ror_epi32(x, B),
                                   _mm512_ror_epi32(x, C), kXor);
}

/// Those of the schedule rotate twice and shift once.
template <int A, int B, int Shift>
ROG_AVX512_INLINE Word shifted(Word x) {
  return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, A), _mm512_ror_epi32(x, B),
                                   _mm512_srli_epi32(x, Shift), kXor);
}

/// Round I of sixteen. The letters of FIPS 180-4, 6.2.2 stand still and the places move.
template <int I, bool kExpand>
ROG_AVX512_INLINE void round(Word (&s)[8], Word (&w)[16], const std::uint32_t* constants) {
  const Word a = s[(16 - I) & 7];
  const Word b = s[(17 - I) & 7];
  const Word c = s[(18 - I) & 7];
  Word& d = s[(19 - I) & 7];
  const Word e = s[(20 - I) & 7];
  const Word f = s[(21 - I) & 7];
  const Word g = s[(22 - I) & 7];
  Word& h = s[(23 - I) & 7];
  if constexpr (kExpand) {
    const Word low = _mm512_add_epi32(w[I], shifted<7, 18, 3>(w[(I + 1) & 15]));
    const Word high = _mm512_add_epi32(w[(I + 9) & 15], shifted<17, 19, 10>(w[(I + 14) & 15]));
    w[I] = _mm512_add_epi32(low, high);
  }
  // Added in this order, what the next round waits for comes last and its sum is the shortest path.
  const Word constant = _mm512_set1_epi32(static_cast<int>(constants[I]));
  const Word input = _mm512_add_epi32(_mm512_add_epi32(w[I], constant), h);
  const Word chosen = _mm512_add_epi32(input, _mm512_ternarylogic_epi32(e, f, g, kChoose));
  const Word first = _mm512_add_epi32(chosen, rotated<6, 11, 25>(e));
  const Word second = _mm512_add_epi32(first, _mm512_ternarylogic_epi32(a, b, c, kMajority));
  d = _mm512_add_epi32(d, first);
  h = _mm512_add_epi32(second, rotated<2, 13, 22>(a));
}

template <bool kExpand, int... kRound>
ROG_AVX512_INLINE void sixteen_rounds(Word (&s)[8], Word (&w)[16], const std::uint32_t* constants,
                                      std::integer_sequence<int, kRound...> /*rounds*/) {
  (round<kRound, kExpand>(s, w, constants), ...);
}

/// Row i becomes column i.
ROG_AVX512_INLINE void transpose(Word (&w)[16]) {
  Word t[16];
  for (int i = 0; i < 16; i += 2) {
    t[i] = _mm512_unpacklo_epi32(w[i], w[i + 1]);
    t[i + 1] = _mm512_unpackhi_epi32(w[i], w[i + 1]);
  }
  for (int i = 0; i < 16; i += 4) {
    w[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
    w[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
    w[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
    w[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  for (int i = 0; i < 4; ++i) {
    t[i] = _mm512_shuffle_i32x4(w[i], w[i + 4], 0x88);
    t[i + 4] = _mm512_shuffle_i32x4(w[i], w[i + 4], 0xDD);
    t[i + 8] = _mm512_shuffle_i32x4(w[i + 8], w[i + 12], 0x88);
    t[i + 12] = _mm512_shuffle_i32x4(w[i + 8], w[i + 12], 0xDD);
  }
  for (int i = 0; i < 4; ++i) {
    w[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
    w[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xDD);
    w[i + 4] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0x88);
    w[i + 12] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0xDD);
  }
}

/// A block of each lane as words: one vector for each word, its bytes in the order of the machine.
ROG_AVX512_INLINE void load_block(Word (&w)[16], const std::byte* const* blocks,
                                  std::size_t offset) {
  const Word swap =
      _mm512_broadcast_i32x4(_mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3));
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    w[lane] = _mm512_shuffle_epi8(_mm512_loadu_si512(blocks[lane] + offset), swap);
  }
  transpose(w);
}

}  // namespace

ROG_AVX512 void compress_avx512(std::uint32_t* state, const std::byte* const* blocks,
                                std::size_t block_count) {
  constexpr std::make_integer_sequence<int, 16> kRounds{};
  Word s[8];
  for (std::size_t i = 0; i < 8; ++i) s[i] = _mm512_loadu_si512(state + i * kLanes);
  for (std::size_t block = 0; block < block_count; ++block) {
    Word w[16];
    load_block(w, blocks, 64 * block);
    Word before[8];
    for (std::size_t i = 0; i < 8; ++i) before[i] = s[i];
    sixteen_rounds<false>(s, w, kSha256Rounds.data(), kRounds);
    sixteen_rounds<true>(s, w, kSha256Rounds.data() + 16, kRounds);
    sixteen_rounds<true>(s, w, kSha256Rounds.data() + 32, kRounds);
    sixteen_rounds<true>(s, w, kSha256Rounds.data() + 48, kRounds);
    for (std::size_t i = 0; i < 8; ++i) s[i] = _mm512_add_epi32(s[i], before[i]);
  }
  for (std::size_t i = 0; i < 8; ++i) _mm512_storeu_si512(state + i * kLanes, s[i]);
}

}  // namespace rogatory::crypto::detail

// NOLINTEND(modernize-avoid-c-arrays,misc-const-correctness)

#endif  // defined(__x86_64__)
