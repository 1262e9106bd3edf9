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

// Bit i is set where byte i of sixteen is a digit.
static inline uint32_t datawall_digits16(const uint8_t *bytes) {
#if defined(__SSE2__)
    __m128i values = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)bytes), _mm_set1_epi8('0'));
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values));
#else
    uint32_t digits = 0;
    for (int index = 0; index < 16; index++) digits |= (uint32_t)((uint8_t)(bytes[index] - '0') < 10) << index;
    return digits;
#endif
}

// Asks for the cache line of an address that will be read soon; any address will do.
static inline void datawall_prefetch(const void *address) {
    __builtin_prefetch(address);
}

// Of eight slots, of which a line of memory has the tags and behind them the numbers: bit i is set in `matches` where slot
// i has the tag, and in `empties` where its number is 0. An empty slot matches nothing.
typedef struct {
    uint32_t matches;
    uint32_t empties;
} datawall_slots;

static inline datawall_slots datawall_search_slots8(const uint32_t *line, uint32_t tag) {
#if defined(__SSE2__)
    const __m128i *lanes = (const __m128i *)line;
    const __m128i wanted = _mm_set1_epi32((int)tag), none = _mm_setzero_si128();
    __m128i same = _mm_packs_epi32(
        _mm_cmpeq_epi32(_mm_loadu_si128(lanes), wanted), _mm_cmpeq_epi32(_mm_loadu_si128(lanes + 1), wanted));
    __m128i empty = _mm_packs_epi32(
        _mm_cmpeq_epi32(_mm_loadu_si128(lanes + 2), none), _mm_cmpeq_epi32(_mm_loadu_si128(lanes + 3), none));
    uint32_t both = (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(same, empty));
    uint32_t matches = both & 0xFF, empties = both >> 8;
#else
    uint32_t matches = 0, empties = 0;
    for (int slot = 0; slot < 8; slot++) {
        matches |= (uint32_t)(line[slot] == tag) << slot;
        empties |= (uint32_t)(line[8 + slot] == 0) << slot;
    }
#endif
    datawall_slots found = {matches & ~empties, empties};
    return found;
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

// Copies `count` bytes, at most sixty-four, in steps of thirty-two: up to thirty-two bytes past the end are read and
// written.
static inline void datawall_copy_gap(uint8_t *target, const uint8_t *source, long count) {
    memcpy(target, source, 32);
    if (count > 32) {
        memcpy(target + 32, source + 32, 32);
    }
}

#endif
