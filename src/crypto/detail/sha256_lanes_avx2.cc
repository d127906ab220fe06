// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/sha256_lanes.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <utility>

// Functions carry the instruction set, not the file: nothing else in it may need AVX2.
#define ROG_AVX2 __attribute__((target("avx2")))
#define ROG_AVX2_INLINE __attribute__((target("avx2"), always_inline)) inline

// Vectors as arguments of std::array lose an attribute, of which g++ warns.
// NOLINTBEGIN(modernize-avoid-c-arrays,misc-const-correctness)

namespace rogatory::crypto::detail {
namespace {

constexpr std::size_t kLanes = 8;

/// One word of 8 lanes.
using Word = __m256i;

ROG_AVX2_INLINE Word plus(Word x, Word y) {
  return _mm256_add_epi32(x, y);
}

ROG_AVX2_INLINE Word exclusive(Word x, Word y) {
  return _mm256_xor_si256(x, y);
}

template <int Count>
ROG_AVX2_INLINE Word rotate(Word x) {
  return _mm256_or_si256(_mm256_srli_epi32(x, Count), _mm256_slli_epi32(x, 32 - Count));
}

/// FIPS 180-4, 4.1.2: the sums of the rounds rotate three times.
template <int A, int B, int C>
ROG_AVX2_INLINE Word rotated(Word x) {
  return exclusive(exclusive(rotate<A>(x), rotate<B>(x)), rotate<C>(x));
}

/// Those of the schedule rotate twice and shift once.
template <int A, int B, int Shift>
ROG_AVX2_INLINE Word shifted(Word x) {
  return exclusive(exclusive(rotate<A>(x), rotate<B>(x)), _mm256_srli_epi32(x, Shift));
}

/// `x` where `mask` has a bit, `y` elsewhere.
ROG_AVX2_INLINE Word choose(Word mask, Word x, Word y) {
  return exclusive(y, _mm256_and_si256(mask, exclusive(x, y)));
}

ROG_AVX2_INLINE Word majority(Word x, Word y, Word z) {
  return _mm256_or_si256(_mm256_and_si256(x, y), _mm256_and_si256(z, _mm256_or_si256(x, y)));
}

/// Round I of sixteen. The letters of FIPS 180-4, 6.2.2 stand still and the places move.
template <int I, bool kExpand>
ROG_AVX2_INLINE void round(Word (&s)[8], Word (&w)[16], const std::uint32_t* constants) {
  const Word a = s[(16 - I) & 7];
  const Word b = s[(17 - I) & 7];
  const Word c = s[(18 - I) & 7];
  Word& d = s[(19 - I) & 7];
  const Word e = s[(20 - I) & 7];
  const Word f = s[(21 - I) & 7];
  const Word g = s[(22 - I) & 7];
  Word& h = s[(23 - I) & 7];
  if constexpr (kExpand) {
    const Word low = plus(w[I], shifted<7, 18, 3>(w[(I + 1) & 15]));
    const Word high = plus(w[(I + 9) & 15], shifted<17, 19, 10>(w[(I + 14) & 15]));
    w[I] = plus(low, high);
  }
  const Word constant = _mm256_set1_epi32(static_cast<int>(constants[I]));
  const Word input = plus(plus(w[I], constant), h);
  const Word first = plus(plus(input, choose(e, f, g)), rotated<6, 11, 25>(e));
  const Word second = plus(first, majority(a, b, c));
  d = plus(d, first);
  h = plus(second, rotated<2, 13, 22>(a));
}

template <bool kExpand, int... kRound>
ROG_AVX2_INLINE void sixteen_rounds(Word (&s)[8], Word (&w)[16], const std::uint32_t* constants,
                                    std::integer_sequence<int, kRound...> /*rounds*/) {
  (round<kRound, kExpand>(s, w, constants), ...);
}

/// Row i becomes column i.
ROG_AVX2_INLINE void transpose(Word* w) {
  Word t[8];
  for (int i = 0; i < 8; i += 2) {
    t[i] = _mm256_unpacklo_epi32(w[i], w[i + 1]);
    t[i + 1] = _mm256_unpackhi_epi32(w[i], w[i + 1]);
  }
  for (int i = 0; i < 8; i += 4) {
    w[i] = _mm256_unpacklo_epi64(t[i], t[i + 2]);
    w[i + 1] = _mm256_unpackhi_epi64(t[i], t[i + 2]);
    w[i + 2] = _mm256_unpacklo_epi64(t[i + 1], t[i + 3]);
    w[i + 3] = _mm256_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  for (int i = 0; i < 4; ++i) {
    t[i] = _mm256_permute2x128_si256(w[i], w[i + 4], 0x20);
    t[i + 4] = _mm256_permute2x128_si256(w[i], w[i + 4], 0x31);
  }
  for (int i = 0; i < 8; ++i) w[i] = t[i];
}

/// A block of each lane as words: one vector for each word, its bytes in the order of the machine.
ROG_AVX2_INLINE void load_block(Word (&w)[16], const std::byte* const* blocks, std::size_t offset) {
  const Word swap = _mm256_broadcastsi128_si256(
      _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3));
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const auto* at = reinterpret_cast<const Word*>(blocks[lane] + offset);
    w[lane] = _mm256_shuffle_epi8(_mm256_loadu_si256(at), swap);
    w[lane + 8] = _mm256_shuffle_epi8(_mm256_loadu_si256(at + 1), swap);
  }
  transpose(w);
  transpose(w + 8);
}

}  // namespace

ROG_AVX2 void compress_avx2(std::uint32_t* state, const std::byte* const* blocks,
                            std::size_t block_count) {
  constexpr std::make_integer_sequence<int, 16> kRounds{};
  auto* words = reinterpret_cast<Word*>(state);
  Word s[8];
  for (std::size_t i = 0; i < 8; ++i) s[i] = _mm256_loadu_si256(words + i);
  for (std::size_t block = 0; block < block_count; ++block) {
    Word w[16];
    load_block(w, blocks, 64 * block);
    Word before[8];
    for (std::size_t i = 0; i < 8; ++i) before[i] = s[i];
    sixteen_rounds<false>(s, w, kSha256Rounds.data(), kRounds);
    sixteen_rounds<true>(s, w, kSha256Rounds.data() + 16, kRounds);
    sixteen_rounds<true>(s, w, kSha256Rounds.data() + 32, kRounds);
    sixteen_rounds<true>(s, w, kSha256Rounds.data() + 48, kRounds);
    for (std::size_t i = 0; i < 8; ++i) s[i] = plus(s[i], before[i]);
  }
  for (std::size_t i = 0; i < 8; ++i) _mm256_storeu_si256(words + i, s[i]);
}

}  // namespace rogatory::crypto::detail

// NOLINTEND(modernize-avoid-c-arrays,misc-const-correctness)

#endif  // defined(__x86_64__)
