// Byte comparisons, sixteen lanes at a time, gathered into bit masks.
//
// Swift's SIMD types compare lane by lane (measured: 25 ns a byte where this takes a fraction of one), and have no
// move-mask; the processor's own instructions are reached through these inline functions. All of them read exactly the
// bytes they name, keep no state and need no alignment.

#ifndef CDATAWALL_VECTOR_SHIM_H
#define CDATAWALL_VECTOR_SHIM_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// What sixty-four bytes hold: bit i of `specials` is set where byte i is a quote, a backslash or below 0x20;
// `high` is not zero where any byte is 0x80 or above.
typedef struct {
    uint64_t specials;
    uint64_t high;
} datawall_json_block;

#if defined(__SSE2__)

static inline __m128i datawall_special_lanes(__m128i bytes) {
    __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    __m128i backslashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    return _mm_or_si128(_mm_or_si128(quotes, backslashes), controls);
}

// Bit i is set where byte i of sixteen is a quote, a backslash or below 0x20.
static inline uint32_t datawall_json_specials16(const uint8_t *bytes) {
    return (uint32_t)_mm_movemask_epi8(datawall_special_lanes(_mm_loadu_si128((const __m128i *)bytes)));
}

static inline datawall_json_block datawall_json_specials64(const uint8_t *bytes) {
    __m128i a = _mm_loadu_si128((const __m128i *)bytes);
    __m128i b = _mm_loadu_si128((const __m128i *)(bytes + 16));
    __m128i c = _mm_loadu_si128((const __m128i *)(bytes + 32));
    __m128i d = _mm_loadu_si128((const __m128i *)(bytes + 48));
    datawall_json_block block;
    block.specials = (uint64_t)(uint32_t)_mm_movemask_epi8(datawall_special_lanes(a))
        | (uint64_t)(uint32_t)_mm_movemask_epi8(datawall_special_lanes(b)) << 16
        | (uint64_t)(uint32_t)_mm_movemask_epi8(datawall_special_lanes(c)) << 32
        | (uint64_t)(uint32_t)_mm_movemask_epi8(datawall_special_lanes(d)) << 48;
    block.high = (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d)));
    return block;
}

#else

// One bit for each of eight bytes: exact, since each byte's sum stays within the byte.
static inline uint64_t datawall_specials8(uint64_t word) {
    const uint64_t ones = 0x0101010101010101u, low = 0x7F7F7F7F7F7F7F7Fu, high = 0x8080808080808080u;
    uint64_t quotes = word ^ (ones * '"'), backslashes = word ^ (ones * '\\');
    uint64_t found = ~(((quotes & low) + low) | quotes | low) | ~(((backslashes & low) + low) | backslashes | low)
        | (~(((word & low) + ones * 0x60) | word) & high);
    return (found & high) * 0x0002040810204081u >> 56;
}

static inline uint64_t datawall_load8(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

// Bit i is set where byte i of sixteen is a quote, a backslash or below 0x20.
static inline uint32_t datawall_json_specials16(const uint8_t *bytes) {
    return (uint32_t)(datawall_specials8(datawall_load8(bytes)) | datawall_specials8(datawall_load8(bytes + 8)) << 8);
}

static inline datawall_json_block datawall_json_specials64(const uint8_t *bytes) {
    datawall_json_block block = {0, 0};
    for (int word = 0; word < 8; word++) {
        uint64_t loaded = datawall_load8(bytes + 8 * word);
        block.specials |= datawall_specials8(loaded) << (8 * word);
        block.high |= loaded & 0x8080808080808080u;
    }
    return block;
}

#endif

// Asks for the cache line of an address that will be read soon; any address will do.
static inline void datawall_prefetch(const void *address) {
    __builtin_prefetch(address);
}

// Bit i is set where byte i of sixty-four is a line feed.
static inline uint64_t datawall_line_feeds64(const uint8_t *bytes) {
#if defined(__SSE2__)
    const __m128i feed = _mm_set1_epi8('\n');
    uint64_t mask = 0;
    for (int lane = 0; lane < 4; lane++) {
        __m128i found = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * lane)), feed);
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * lane);
    }
    return mask;
#else
    uint64_t mask = 0;
    for (int word = 0; word < 8; word++) {
        const uint64_t low = 0x7F7F7F7F7F7F7F7Fu;
        uint64_t feeds = datawall_load8(bytes + 8 * word) ^ 0x0A0A0A0A0A0A0A0Au;
        uint64_t found = ~(((feeds & low) + low) | feeds | low);
        mask |= (found * 0x0002040810204081u >> 56) << (8 * word);
    }
    return mask;
#endif
}

// Undoing the escapes of a string where the processor can leave bytes out of sixty-four at once (AVX-512 VBMI2: Intel
// since Ice Lake, AMD since Zen 4). Elsewhere `datawall_can_unescape_blocks` says no and `datawall_unescape_blocks` is
// never called.
typedef struct {
    const uint8_t *source;  // where it stopped: at a byte that is for the caller to look at
    uint8_t *target;        // past the last byte written
    uint64_t high;          // not zero where any byte passed, or one after it, is 0x80 or above
} datawall_unescape_state;

#if defined(__x86_64__)
#include <immintrin.h>

static inline int datawall_can_unescape_blocks(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi")
        && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi2");
}

// Copies a string's bytes, undoing escapes of one letter, up to its closing quote, a control character, a `\u` or an
// unknown escape, whichever comes first. `meanings` holds, for each byte below 0x80, what it stands for after a
// backslash, or 0. Reads up to sixty-four bytes past where it stops, and writes as many past what it returns.
__attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"), noinline, unused))
static datawall_unescape_state datawall_unescape_blocks(
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

#else

static inline int datawall_can_unescape_blocks(void) {
    return 0;
}

static inline datawall_unescape_state datawall_unescape_blocks(
    const uint8_t *source, uint8_t *target, const uint8_t *meanings) {
    datawall_unescape_state state = {source, target, 0};
    (void)meanings;
    return state;
}

#endif

// Copies `count` bytes, at most sixty-four, in steps of thirty-two: up to thirty-two bytes past the end are read and
// written.
static inline void datawall_copy_gap(uint8_t *target, const uint8_t *source, long count) {
    memcpy(target, source, 32);
    if (count > 32) {
        memcpy(target + 32, source + 32, 32);
    }
}

#endif
