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

#define DATAWALL_UNESCAPE_WIDE "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt"

// The values of hexadecimal digits, byte by byte; with the upper bit set where there is none.
__attribute__((target(DATAWALL_UNESCAPE_WIDE), always_inline))
static inline __m512i datawall_digits64(const uint8_t *source, __m512i low_digits, __m512i high_digits) {
    __m512i bytes = _mm512_loadu_si512(source);
    __m512i values = _mm512_permutex2var_epi8(low_digits, bytes, high_digits);
    // The table has 128 entries, so a byte from 0x80 on is given another's.
    return _mm512_or_si512(values, _mm512_and_si512(bytes, _mm512_set1_epi8((char)0x80)));
}

// Sets of bytes of a block, bit i for byte i.
typedef struct {
    uint64_t undone;   // backslashes of the `\u` that were undone
    uint64_t written;  // the bytes that now hold what they stand for
} datawall_units;

// Undoes all `\u` that start at some bytes of a block, where they are: the UTF-8 of one takes the place of its first bytes.
// Left out are halves of surrogate pairs, what has a bad digit, and escapes that are not whole in the block.
//
// With digits d0 to d3, a code of three bytes is E0 + d0, 80 + d1·4 + d2/4, 80 + d2%4·16 + d3: all of it for every byte of
// the block at once, from the digits some bytes further on. Digits are below 16, so that shifts of sixteen bits move
// nothing into the byte beside; what comes into their lower end is masked.
__attribute__((target(DATAWALL_UNESCAPE_WIDE), always_inline))
static inline datawall_units datawall_undo_units64(
    const uint8_t *source, uint64_t starts, const uint8_t *digits, __m512i *plain) {
    const __m512i low_digits = _mm512_loadu_si512(digits), high_digits = _mm512_loadu_si512(digits + 64);
    const __m512i eight = _mm512_set1_epi8(8), three = _mm512_set1_epi8(3), lead = _mm512_set1_epi8((char)0x80);
    const uint64_t last_start = 58;
    // The digit that is so many bytes further on, for each byte.
    __m512i on2 = datawall_digits64(source + 2, low_digits, high_digits);
    __m512i on3 = datawall_digits64(source + 3, low_digits, high_digits);
    __m512i on4 = datawall_digits64(source + 4, low_digits, high_digits);
    __m512i on5 = datawall_digits64(source + 5, low_digits, high_digits);
    uint64_t wrong = _mm512_movepi8_mask(_mm512_or_si512(_mm512_or_si512(on2, on3), _mm512_or_si512(on4, on5)));
    uint64_t from800 = _mm512_test_epi8_mask(on3, eight);
    uint64_t halves = _mm512_cmpeq_epi8_mask(on2, _mm512_set1_epi8(0xD)) & from800;
    uint64_t below1000 = _mm512_testn_epi8_mask(on2, on2), below80 = _mm512_testn_epi8_mask(on3, on3)
        & ~_mm512_test_epi8_mask(on4, eight);
    uint64_t done = starts & (~0ull >> (63 - last_start)) & ~(wrong | halves);
    uint64_t of_three = done & (~below1000 | from800), of_one = done & ~of_three & below80;
    uint64_t of_two = done & ~of_three & ~of_one;
    __m512i three_first = _mm512_or_si512(on2, _mm512_set1_epi8((char)0xE0));
    __m512i three_second = _mm512_or_si512(
        lead, _mm512_or_si512(_mm512_slli_epi16(on2, 2), _mm512_and_si512(_mm512_srli_epi16(on3, 2), three)));
    __m512i three_third = _mm512_or_si512(
        lead, _mm512_or_si512(_mm512_slli_epi16(_mm512_and_si512(on2, three), 4), on3));
    __m512i two_first = _mm512_or_si512(
        _mm512_set1_epi8((char)0xC0),
        _mm512_or_si512(_mm512_slli_epi16(on3, 2), _mm512_and_si512(_mm512_srli_epi16(on4, 2), three)));
    __m512i two_second = _mm512_or_si512(
        lead, _mm512_or_si512(_mm512_slli_epi16(_mm512_and_si512(on3, three), 4), on4));
    __m512i one_first = _mm512_or_si512(_mm512_slli_epi16(on4, 4), on5);
    __m512i text = _mm512_mask_mov_epi8(*plain, of_three, three_first);
    text = _mm512_mask_mov_epi8(text, of_three << 1, three_second);
    text = _mm512_mask_mov_epi8(text, of_three << 2, three_third);
    text = _mm512_mask_mov_epi8(text, of_two, two_first);
    text = _mm512_mask_mov_epi8(text, of_two << 1, two_second);
    *plain = _mm512_mask_mov_epi8(text, of_one, one_first);
    datawall_units units = {done, done | (of_three | of_two) << 1 | of_three << 2};
    return units;
}

__attribute__((target(DATAWALL_UNESCAPE_WIDE), noinline, unused))
static datawall_unescape_state datawall_unescape_blocks64(
    const uint8_t *source, uint8_t *target, const uint8_t *meanings, const uint8_t *digits) {
    const __m512i low_meanings = _mm512_loadu_si512(meanings), high_meanings = _mm512_loadu_si512(meanings + 64);
    const __m512i backslash = _mm512_set1_epi8('\\'), quote = _mm512_set1_epi8('"'), space = _mm512_set1_epi8(0x20);
    const uint64_t even = 0x5555555555555555u;
    __m512i all = _mm512_setzero_si512();
    uint64_t carry = 0;
    while (1) {
        __m512i bytes = _mm512_loadu_si512(source);
        all = _mm512_or_si512(all, bytes);
        uint64_t escapes = _mm512_cmpeq_epi8_mask(bytes, backslash);
        if (__builtin_expect((escapes & (escapes << 1 | carry)) != 0, 0)) {
            // A backslash escapes when an even number of them stands before it. Adding a bit at the start of a run carries
            // through the run: so runs that start at even places are told from the others, all at once.
            uint64_t runs = escapes & ~carry;
            uint64_t starts = runs & ~(runs << 1);
            uint64_t from_even = runs & ~(runs + (starts & even));
            escapes = (from_even & even) | (runs & ~from_even & ~even);
        }
        uint64_t escaped = escapes << 1 | carry, kept = ~escapes;
        carry = escapes >> 63;
        uint64_t stops = (_mm512_cmplt_epu8_mask(bytes, space) | _mm512_cmpeq_epi8_mask(bytes, quote)) & ~escaped;
        __m512i meaning = _mm512_permutex2var_epi8(low_meanings, bytes, high_meanings);
        // A byte from 0x80 on is given another's meaning, and is negative; a byte that means nothing is given 0.
        uint64_t unknown = escaped & _mm512_cmple_epi8_mask(_mm512_min_epi8(meaning, bytes), _mm512_setzero_si512());
        __m512i plain = _mm512_mask_mov_epi8(bytes, escaped, meaning);
        if (__builtin_expect((stops | unknown) != 0, 0)) {
            uint64_t starts = (unknown & _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('u'))) >> 1;
            if (starts != 0) {
                datawall_units units = datawall_undo_units64(source, starts, digits, &plain);
                uint64_t pairs = units.undone | units.undone << 1;
                kept = (kept & ~(pairs | pairs << 2 | pairs << 4)) | units.written;
                unknown &= ~(units.undone << 1);
            }
            // An escape is for the caller from its backslash on, which may have been the last byte of the block before.
            int stop = stops ? __builtin_ctzll(stops) : 64;
            int escape = unknown ? __builtin_ctzll(unknown) - 1 : 64;
            if (escape < stop) {
                stop = escape;
            }
            if (stop < 64) {
                kept = stop <= 0 ? 0 : kept & (~0ull >> (64 - stop));
                _mm512_storeu_si512(target, _mm512_maskz_compress_epi8(kept, plain));
                target += __builtin_popcountll(kept);
                source += stop;
                if (stop == escape && stop != 0 && source[1] == 'u') {
                    // It may only have been cut by the block's end, so it is tried once more at the start of one.
                    carry = 0;
                    continue;
                }
                datawall_unescape_state state = {source, target, _mm512_movepi8_mask(all)};
                return state;
            }
        }
        _mm512_storeu_si512(target, _mm512_maskz_compress_epi8(kept, plain));
        target += __builtin_popcountll(kept);
        source += 64;
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

// Copies a string's bytes, undoing escapes of one letter and some `\u`, up to its closing quote, a control character, a `\u`
// that the caller undoes or an unknown escape, whichever comes first. Not for `DATAWALL_VECTORS_BASIC`.
//
// `meanings` has, for each byte below 0x80, what it stands for after a backslash, or 0; `digits` its value as a hexadecimal
// digit, or 255; `orders` is as `datawall_fill_unescape_orders` fills it. Reads up to seventy bytes past where it stops, and
// writes up to sixty-four past
// what it returns.
static inline datawall_unescape_state datawall_unescape_blocks(
    datawall_vectors vectors, const uint8_t *source, uint8_t *target, const uint8_t *meanings, const uint8_t *digits,
    const uint64_t *orders) {
#if defined(__x86_64__)
    return vectors == DATAWALL_VECTORS_AVX512 ? datawall_unescape_blocks64(source, target, meanings, digits)
        : datawall_unescape_blocks32(source, target, orders);
#else
    (void)vectors, (void)meanings, (void)digits, (void)orders;
    datawall_unescape_state state = {source, target, 0};
    return state;
#endif
}

#endif
