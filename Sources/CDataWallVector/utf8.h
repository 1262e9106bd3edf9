// Whether bytes are well-formed UTF-8 (The Unicode Standard 16.0, table 3-7), sixty-four at a time.
//
// Each lead byte demands that one, two or three continuation bytes follow it. Demands are masks, the leads' masks moved
// up by one, two and three bits; the text has the right shape if and only if they are exactly the continuation bytes.
// Then four leads narrow what their first continuation byte may be, and some bytes never occur. The functions read
// exactly `count` bytes, keep no state and need no alignment.

#ifndef DATAWALL_UTF8_H
#define DATAWALL_UTF8_H

#include <stdint.h>
#include <string.h>

#include "vectors.h"

#if defined(__SSE2__)
#include <immintrin.h>

// Bit i for byte i: continuation bytes; leads of two bytes and more, of three and more, of four; bytes that never occur.
typedef struct {
    uint64_t continuations, leads, long_leads, longest_leads, never;
} datawall_utf8_shape;

// Bit i for byte i: the leads that narrow what follows them, and bytes below 0x90 and 0xA0.
typedef struct {
    uint64_t e0, ed, f0, f4, below90, below_a0;
} datawall_utf8_narrow;

__attribute__((target("avx512f,avx512bw"), unused))
static datawall_utf8_shape datawall_utf8_shape_wide(const uint8_t *source) {
    __m512i bytes = _mm512_loadu_si512(source);
    datawall_utf8_shape shape = {_mm512_movepi8_mask(bytes), 0, 0, 0, 0};
    if (shape.continuations == 0) return shape;
    shape.leads = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xC0));
    shape.continuations &= ~shape.leads;
    shape.long_leads = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xE0));
    shape.longest_leads = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xF0));
    shape.never = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xF5))
        | (shape.leads & ~_mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xC2)));
    return shape;
}

__attribute__((target("avx512f,avx512bw"), unused))
static datawall_utf8_narrow datawall_utf8_narrow_wide(const uint8_t *source) {
    __m512i bytes = _mm512_loadu_si512(source);
    datawall_utf8_narrow narrow = {
        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)0xE0)),
        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)0xED)),
        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)0xF0)),
        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)0xF4)),
        _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8((char)0x90)),
        _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8((char)0xA0)),
    };
    return narrow;
}

static inline uint64_t datawall_at_least64(const uint8_t *source, uint8_t least) {
    uint64_t found = 0;
    for (int lane = 0; lane < 4; lane++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(source + 16 * lane));
        __m128i lanes = _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8((char)least)), bytes);
        found |= (uint64_t)(uint32_t)_mm_movemask_epi8(lanes) << (16 * lane);
    }
    return found;
}

static inline uint64_t datawall_equal64(const uint8_t *source, uint8_t byte) {
    uint64_t found = 0;
    for (int lane = 0; lane < 4; lane++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(source + 16 * lane));
        found |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)byte))) << (16 * lane);
    }
    return found;
}

static inline datawall_utf8_shape datawall_utf8_shape_basic(const uint8_t *source) {
    datawall_utf8_shape shape = {datawall_at_least64(source, 0x80), 0, 0, 0, 0};
    if (shape.continuations == 0) return shape;
    shape.leads = datawall_at_least64(source, 0xC0);
    shape.continuations &= ~shape.leads;
    shape.long_leads = datawall_at_least64(source, 0xE0);
    shape.longest_leads = datawall_at_least64(source, 0xF0);
    shape.never = datawall_at_least64(source, 0xF5) | (shape.leads & ~datawall_at_least64(source, 0xC2));
    return shape;
}

static inline datawall_utf8_narrow datawall_utf8_narrow_basic(const uint8_t *source) {
    datawall_utf8_narrow narrow = {
        datawall_equal64(source, 0xE0), datawall_equal64(source, 0xED), datawall_equal64(source, 0xF0),
        datawall_equal64(source, 0xF4), ~datawall_at_least64(source, 0x90), ~datawall_at_least64(source, 0xA0),
    };
    return narrow;
}

// The loop for either kind of masks; inlined into a function for each kind, so that the masks are, too.
__attribute__((always_inline))
static inline int datawall_is_utf8_by(
    datawall_utf8_shape (*shape_of)(const uint8_t *), datawall_utf8_narrow (*narrow_of)(const uint8_t *),
    const uint8_t *bytes, long count) {
    uint64_t demanded = 0;  // what the leads so far demand of the next block
    datawall_utf8_narrow before = {0, 0, 0, 0, 0, 0};  // bit 0: whether the block before ends with such a lead
    uint8_t rest[64];
    for (long done = 0; done < count; done += 64) {
        const uint8_t *block = bytes + done;
        if (count - done < 64) {
            memset(rest, 0, 64);
            memcpy(rest, block, (size_t)(count - done));
            block = rest;
        }
        datawall_utf8_shape shape = shape_of(block);
        demanded |= shape.leads << 1 | shape.long_leads << 2 | shape.longest_leads << 3;
        if (((demanded ^ shape.continuations) | shape.never) != 0) return 0;
        uint64_t is_narrow_before = before.e0 | before.ed | before.f0 | before.f4;
        if ((shape.long_leads | is_narrow_before) != 0) {
            datawall_utf8_narrow narrow = narrow_of(block);
            uint64_t too_low = ((narrow.e0 << 1 | before.e0) & narrow.below_a0)
                | ((narrow.f0 << 1 | before.f0) & narrow.below90);
            uint64_t too_high = ((narrow.ed << 1 | before.ed) & ~narrow.below_a0)
                | ((narrow.f4 << 1 | before.f4) & ~narrow.below90);
            if ((too_low | too_high) != 0) return 0;
            before.e0 = narrow.e0 >> 63;
            before.ed = narrow.ed >> 63;
            before.f0 = narrow.f0 >> 63;
            before.f4 = narrow.f4 >> 63;
        }
        demanded = shape.leads >> 63 | shape.long_leads >> 62 | shape.longest_leads >> 61;
    }
    return demanded == 0;
}

__attribute__((target("avx512f,avx512bw"), noinline, unused))
static int datawall_is_utf8_wide(const uint8_t *bytes, long count) {
    return datawall_is_utf8_by(datawall_utf8_shape_wide, datawall_utf8_narrow_wide, bytes, count);
}

__attribute__((noinline, unused))
static int datawall_is_utf8_basic(const uint8_t *bytes, long count) {
    return datawall_is_utf8_by(datawall_utf8_shape_basic, datawall_utf8_narrow_basic, bytes, count);
}

#endif

// Whether bytes are known to be well-formed UTF-8: exact where there is SSE2; elsewhere nothing is known.
static inline int datawall_is_utf8(datawall_vectors vectors, const uint8_t *bytes, long count) {
#if defined(__SSE2__)
    return vectors == DATAWALL_VECTORS_AVX512 ? datawall_is_utf8_wide(bytes, count) : datawall_is_utf8_basic(bytes, count);
#else
    (void)vectors, (void)bytes, (void)count;
    return 0;
#endif
}

#endif
