// Minima of permuted numbers: the inner loop of MinHash.
//
// Permutation i maps a number h to a[i] * h + b[i] modulo 2^32, where a[i] is odd. The functions lower `minima` to the
// least value of each of 112 permutations over the numbers given. They keep no state and need no alignment; they read
// exactly the numbers and the 112 entries of the three arrays. For SSE2 a plain loop in Swift does: the compiler's own
// vectors were 1.4 times as fast as ones written by hand.

#ifndef DATAWALL_MINHASH_H
#define DATAWALL_MINHASH_H

#include <stdint.h>

#define DATAWALL_MINHASH_COUNT 112

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"), noinline, unused))
static void datawall_minhash_avx2(
    const uint32_t *numbers, long count, const uint32_t *a, const uint32_t *b, uint32_t *minima) {
    enum { width = 8, group = 7 };
    for (int start = 0; start < DATAWALL_MINHASH_COUNT; start += width * group) {
        __m256i factor[group], added[group], least[group];
        for (int lane = 0; lane < group; lane++) {
            int at = start + width * lane;
            factor[lane] = _mm256_loadu_si256((const __m256i *)(a + at));
            added[lane] = _mm256_loadu_si256((const __m256i *)(b + at));
            least[lane] = _mm256_loadu_si256((const __m256i *)(minima + at));
        }
        for (long index = 0; index < count; index++) {
            __m256i number = _mm256_set1_epi32((int)numbers[index]);
            for (int lane = 0; lane < group; lane++) {
                __m256i value = _mm256_add_epi32(_mm256_mullo_epi32(factor[lane], number), added[lane]);
                least[lane] = _mm256_min_epu32(least[lane], value);
            }
        }
        for (int lane = 0; lane < group; lane++) {
            _mm256_storeu_si256((__m256i *)(minima + start + width * lane), least[lane]);
        }
    }
}

#else

static inline void datawall_minhash_avx2(
    const uint32_t *numbers, long count, const uint32_t *a, const uint32_t *b, uint32_t *minima) {
    (void)numbers, (void)count, (void)a, (void)b, (void)minima;
}

#endif

#endif
