// Undoing the escapes of JSON strings, thirty-two or sixty-four bytes at a time.

#ifndef DATAWALL_UNESCAPE_H
#define DATAWALL_UNESCAPE_H

#include <stdint.h>

#include "vectors.h"

typedef struct {
    const uint8_t *source;  // where it stopped: at a byte that is for the caller to look at
    uint8_t *target;        // past the last byte written
    uint64_t high;          // not zero where any byte passed, or one after it, is 0x80 or above
} datawall_unescape_state;

// For each set of eight bytes, the places of those in it, one after the other: the order that moves them to the front.
static inline void datawall_fill_unescape_orders(uint64_t *orders) {
    for (int set = 0; set < 256; set++) {
        orders[set] = 0;
        for (int place = 0, count = 0; place < 8; place++) {
            if (set >> place & 1) {
                orders[set] |= (uint64_t)place << (8 * count++);
            }
        }
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"), noinline, unused))
static datawall_unescape_state datawall_unescape_blocks64(
    const uint8_t *source, uint8_t *target, const uint8_t *meanings) {
    const __m512i low_meanings = _mm512_loadu_si512(meanings), high_meanings = _mm512_loadu_si512(meanings + 64);
    const __m512i backslash = _mm512_set1_epi8('\\'), quote = _mm512_set1_epi8('"'), space = _mm512_set1_epi8(0x20);
    const uint64_t even = 0x5555555555555555u;
    uint64_t high = 0, carry = 0;
    for (;; source += 64) {
        __m512i bytes = _mm512_loadu_si512(source);
        uint64_t backslashes = _mm512_cmpeq_epi8_mask(bytes, backslash);
        uint64_t stops = _mm512_cmplt_epu8_mask(bytes, space);
        uint64_t above = _mm512_movepi8_mask(bytes);
        high |= above;
        // A backslash escapes when an even number of them stands before it. Adding a bit at the start of a run carries
        // through the run: so runs that start at even places are told from the others, all at once.
        uint64_t runs = backslashes & ~carry;
        uint64_t starts = runs & ~(runs << 1);
        uint64_t from_even = runs & ~(runs + (starts & even));
        uint64_t escapes = (from_even & even) | (runs & ~from_even & ~even);
        uint64_t escaped = escapes << 1 | carry;
        carry = escapes >> 63;
        stops |= _mm512_cmpeq_epi8_mask(bytes, quote) & ~escaped;
        __m512i meaning = _mm512_permutex2var_epi8(low_meanings, bytes, high_meanings);
        uint64_t unknown = escaped & (_mm512_testn_epi8_mask(meaning, meaning) | above);
        __m512i plain = _mm512_mask_mov_epi8(bytes, escaped, meaning);
        if (__builtin_expect((stops | unknown) != 0, 0)) {
            // An escape is for the caller from its backslash on, which may have been the last byte of the block before.
            int stop = stops ? __builtin_ctzll(stops) : 64;
            int escape = unknown ? __builtin_ctzll(unknown) - 1 : 64;
            if (escape < stop) {
                stop = escape;
            }
            uint64_t kept = stop <= 0 ? 0 : ~escapes & (~0ull >> (64 - stop));
            _mm512_storeu_si512(target, _mm512_maskz_compress_epi8(kept, plain));
            datawall_unescape_state state = {source + stop, target + __builtin_popcountll(kept), high};
            return state;
        }
        _mm512_storeu_si512(target, _mm512_maskz_compress_epi8(~escapes, plain));
        target += __builtin_popcountll(~escapes);
    }
}

// Writes those of eight bytes that `kept` has; up to eight bytes are written.
__attribute__((target("avx2,popcnt"), always_inline))
static inline uint8_t *datawall_keep8(uint8_t *target, __m128i bytes, uint32_t kept, const uint64_t *orders) {
    kept &= 0xFF;
    __m128i order = _mm_loadl_epi64((const __m128i *)(orders + kept));
    _mm_storel_epi64((__m128i *)target, _mm_shuffle_epi8(bytes, order));
    return target + __builtin_popcount(kept);
}

// No instruction leaves bytes out here, so each eight bytes are put in order by a table. What an escape means is looked
// up by the letter's low four bits and an addend that depends on its upper ones, which gives each letter another place.
__attribute__((target("avx2,popcnt"), noinline, unused))
static datawall_unescape_state datawall_unescape_blocks32(
    const uint8_t *source, uint8_t *target, const uint64_t *orders) {
    const __m256i backslash = _mm256_set1_epi8('\\'), quote = _mm256_set1_epi8('"');
    const __m256i last_control = _mm256_set1_epi8(0x1F), low_bits = _mm256_set1_epi8(0x0F);
    const __m256i addends = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0));
    // A place that no letter has holds a byte that never comes there.
    const __m256i letters = _mm256_broadcastsi128_si256(
        _mm_setr_epi8('/', 0, 'b', '"', 0, 'r', 'f', 't', 0, 0, 0, 0, '\\', 0, 'n', 0));
    const __m256i meanings = _mm256_broadcastsi128_si256(
        _mm_setr_epi8('/', 0, '\b', '"', 0, '\r', '\f', '\t', 0, 0, 0, 0, '\\', 0, '\n', 0));
    const __m256i bit_bytes = _mm256_setr_epi8(
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
    const __m256i bits = _mm256_set1_epi64x((long long)0x8040201008040201u);
    const uint32_t even = 0x55555555u;
    __m256i high = _mm256_setzero_si256();
    uint32_t carry = 0;
    for (;; source += 32) {
        __m256i bytes = _mm256_loadu_si256((const __m256i *)source);
        uint32_t backslashes = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, backslash));
        uint32_t quotes = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, quote));
        uint32_t stops = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(bytes, last_control), bytes));
        high = _mm256_or_si256(high, bytes);
        // As in blocks of sixty-four.
        uint32_t runs = backslashes & ~carry;
        uint32_t starts = runs & ~(runs << 1);
        uint32_t from_even = runs & ~(runs + (starts & even));
        uint32_t escapes = (from_even & even) | (runs & ~from_even & ~even);
        uint32_t escaped = escapes << 1 | carry;
        carry = escapes >> 31;
        stops |= quotes & ~escaped;
        __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low_bits);
        __m256i place = _mm256_and_si256(_mm256_add_epi8(bytes, _mm256_shuffle_epi8(addends, upper)), low_bits);
        __m256i is_letter = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(letters, place), bytes);
        uint32_t unknown = escaped & ~(uint32_t)_mm256_movemask_epi8(is_letter);
        __m256i own_bit = _mm256_and_si256(_mm256_shuffle_epi8(_mm256_set1_epi32((int)escaped), bit_bytes), bits);
        __m256i plain = _mm256_blendv_epi8(
            bytes, _mm256_shuffle_epi8(meanings, place), _mm256_cmpeq_epi8(own_bit, bits));
        uint32_t kept = ~escapes;
        int stop = 32;
        if (__builtin_expect((stops | unknown) != 0, 0)) {
            stop = stops ? __builtin_ctz(stops) : 32;
            int escape = unknown ? __builtin_ctz(unknown) - 1 : 32;
            if (escape < stop) {
                stop = escape;
            }
            kept = stop <= 0 ? 0 : kept & (~0u >> (32 - stop));
        }
        __m128i half = _mm256_castsi256_si128(plain);
        target = datawall_keep8(target, half, kept, orders);
        target = datawall_keep8(target, _mm_unpackhi_epi64(half, half), kept >> 8, orders);
        half = _mm256_extracti128_si256(plain, 1);
        target = datawall_keep8(target, half, kept >> 16, orders);
        target = datawall_keep8(target, _mm_unpackhi_epi64(half, half), kept >> 24, orders);
        if (__builtin_expect((stops | unknown) != 0, 0)) {
            datawall_unescape_state state = {source + stop, target, (uint32_t)_mm256_movemask_epi8(high)};
            return state;
        }
    }
}

#endif

// Copies a string's bytes, undoing escapes of one letter, up to its closing quote, a control character, a `\u` or an
// unknown escape, whichever comes first. Not for `DATAWALL_VECTORS_BASIC`.
//
// `meanings` has, for each byte below 0x80, what it stands for after a backslash, or 0; `orders` is as
// `datawall_fill_unescape_orders` fills it. Reads up to sixty-four bytes past where it stops, and writes as many past
// what it returns.
static inline datawall_unescape_state datawall_unescape_blocks(
    datawall_vectors vectors, const uint8_t *source, uint8_t *target, const uint8_t *meanings, const uint64_t *orders) {
#if defined(__x86_64__)
    return vectors == DATAWALL_VECTORS_AVX512 ? datawall_unescape_blocks64(source, target, meanings)
        : datawall_unescape_blocks32(source, target, orders);
#else
    (void)vectors, (void)meanings, (void)orders;
    datawall_unescape_state state = {source, target, 0};
    return state;
#endif
}

#endif
