// Folding of ASCII text, sixty-four bytes at a time: lower case, white space, words.
//
// All functions keep no state and need no alignment. They write whole blocks: a target needs room for 80 bytes past the
// last byte that is kept, and holds no meaning there.

#ifndef DATAWALL_FOLD_H
#define DATAWALL_FOLD_H

#include <stdint.h>
#include <string.h>

#include "shim.h"

// What sixty-four bytes hold, bit i for byte i: ASCII white space (U+0009 to U+000D and U+0020), bytes from 0x80.
typedef struct {
    uint64_t spaces;
    uint64_t high;
} datawall_fold_block;

// Bit i for byte i: what is neither letter nor digit; digits; full stops and commas; bytes from 0x80.
typedef struct {
    uint64_t blanks;
    uint64_t digits;
    uint64_t points;
    uint64_t high;
} datawall_word_block;

// The same by plain loops, for processors without SSE2; and the model that tests compare the vectors with.
static inline datawall_fold_block datawall_fold64_plain(
    const uint8_t *source, uint8_t *target, int lowers, int spaces) {
    datawall_fold_block found = {0, 0};
    for (int index = 0; index < 64; index++) {
        uint8_t byte = source[index];
        uint64_t bit = 1ull << index;
        if (byte >= 0x80) found.high |= bit;
        if (lowers && (uint8_t)(byte - 'A') < 26) byte |= 0x20;
        if (spaces && (byte == ' ' || (uint8_t)(byte - 9) < 5)) {
            found.spaces |= bit;
            byte = ' ';
        }
        target[index] = byte;
    }
    return found;
}

static inline datawall_word_block datawall_words64_plain(const uint8_t *source, uint8_t *target) {
    datawall_word_block found = {0, 0, 0, 0};
    for (int index = 0; index < 64; index++) {
        uint8_t byte = source[index];
        uint64_t bit = 1ull << index;
        if (byte >= 0x80) found.high |= bit;
        if (byte == '.' || byte == ',') found.points |= bit;
        if ((uint8_t)((byte | 0x20) - 'a') < 26) {
            byte |= 0x20;
        } else if ((uint8_t)(byte - '0') < 10) {
            found.digits |= bit;
            byte = '0';
        } else {
            found.blanks |= bit;
            byte = ' ';
        }
        target[index] = byte;
    }
    return found;
}

#if defined(__SSE2__)

// Lanes from `low` on, `count` of them.
static inline __m128i datawall_lanes_within(__m128i bytes, char low, char count) {
    __m128i moved = _mm_sub_epi8(bytes, _mm_set1_epi8(low));
    return _mm_cmpeq_epi8(_mm_min_epu8(moved, _mm_set1_epi8(count - 1)), moved);
}

static inline __m128i datawall_choose(__m128i lanes, __m128i set, __m128i clear) {
    return _mm_or_si128(_mm_and_si128(lanes, set), _mm_andnot_si128(lanes, clear));
}

static inline datawall_fold_block datawall_fold64(const uint8_t *source, uint8_t *target, int lowers, int spaces) {
    const __m128i blank = _mm_set1_epi8(' ');
    datawall_fold_block found = {0, 0};
    for (int lane = 0; lane < 4; lane++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(source + 16 * lane));
        found.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << (16 * lane);
        if (lowers) {
            bytes = _mm_or_si128(bytes, _mm_and_si128(datawall_lanes_within(bytes, 'A', 26), blank));
        }
        if (spaces) {
            __m128i space = _mm_or_si128(datawall_lanes_within(bytes, 9, 5), _mm_cmpeq_epi8(bytes, blank));
            found.spaces |= (uint64_t)(uint32_t)_mm_movemask_epi8(space) << (16 * lane);
            bytes = datawall_choose(space, blank, bytes);
        }
        _mm_storeu_si128((__m128i *)(target + 16 * lane), bytes);
    }
    return found;
}

static inline datawall_word_block datawall_words64(const uint8_t *source, uint8_t *target) {
    const __m128i blank = _mm_set1_epi8(' '), zero = _mm_set1_epi8('0');
    datawall_word_block found = {0, 0, 0, 0};
    for (int lane = 0; lane < 4; lane++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(source + 16 * lane));
        __m128i lowered = _mm_or_si128(bytes, blank);
        __m128i letters = datawall_lanes_within(lowered, 'a', 26);
        __m128i digits = datawall_lanes_within(bytes, '0', 10);
        __m128i points = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')));
        uint64_t kept = (uint32_t)_mm_movemask_epi8(_mm_or_si128(letters, digits));
        found.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << (16 * lane);
        found.digits |= (uint64_t)(uint32_t)_mm_movemask_epi8(digits) << (16 * lane);
        found.points |= (uint64_t)(uint32_t)_mm_movemask_epi8(points) << (16 * lane);
        found.blanks |= (kept ^ 0xFFFF) << (16 * lane);
        bytes = datawall_choose(letters, lowered, datawall_choose(digits, zero, blank));
        _mm_storeu_si128((__m128i *)(target + 16 * lane), bytes);
    }
    return found;
}

static inline uint64_t datawall_blanks64(const uint8_t *bytes) {
    uint64_t blanks = 0;
    for (int lane = 0; lane < 4; lane++) {
        __m128i found = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * lane)), _mm_set1_epi8(' '));
        blanks |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * lane);
    }
    return blanks;
}

#else

static inline datawall_fold_block datawall_fold64(const uint8_t *source, uint8_t *target, int lowers, int spaces) {
    return datawall_fold64_plain(source, target, lowers, spaces);
}

static inline datawall_word_block datawall_words64(const uint8_t *source, uint8_t *target) {
    return datawall_words64_plain(source, target);
}

static inline uint64_t datawall_blanks64(const uint8_t *bytes) {
    uint64_t blanks = 0;
    for (int index = 0; index < 64; index++) blanks |= (uint64_t)(bytes[index] == ' ') << index;
    return blanks;
}

#endif

// The lowest `count` bits, from none to all.
static inline uint64_t datawall_low_bits(long count) {
    return count >= 64 ? ~0ull : (1ull << count) - 1;
}

// Copies the bytes of a block that a mask keeps, run by run, and returns how many. Reads up to 15 bytes past the block.
static inline long datawall_pack64(uint8_t *target, const uint8_t *block, uint64_t keep) {
    uint8_t *end = target;
    while (keep != 0) {
        int first = __builtin_ctzll(keep);
        uint64_t others = ~(keep >> first);
        int length = others == 0 ? 64 : __builtin_ctzll(others);
        for (int copied = 0; copied < length; copied += 16) memcpy(end + copied, block + first + copied, 16);
        end += length;
        keep &= ~datawall_low_bits(first + length);
    }
    return end - target;
}

// How far a stretch of ASCII went.
typedef struct {
    long read;
    long written;
    int after;  // whether it ended in what a next stretch must know of: white space; a blank (1) or a digit (2)
} datawall_stretch;

#if defined(__x86_64__)
#include <immintrin.h>

// What `datawall_fold_ascii` does, for whole blocks without a byte from 0x80: for processors that can leave bytes out of
// sixty-four at once, as `datawall_widest_vectors` says.
__attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"), noinline, unused))
static datawall_stretch datawall_fold_wide(
    const uint8_t *source, long count, uint8_t *target, int lowers, int spaces, int after) {
    const __m512i blank = _mm512_set1_epi8(' '), first = _mm512_set1_epi8('A'), tab = _mm512_set1_epi8('\t');
    const uint64_t letters = lowers ? ~0ull : 0, wanted = spaces ? ~0ull : 0;
    datawall_stretch done = {0, 0, after};
    for (; count - done.read >= 64; done.read += 64) {
        __m512i bytes = _mm512_loadu_si512(source + done.read);
        if (_mm512_movepi8_mask(bytes) != 0) break;
        uint64_t upper = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, first), _mm512_set1_epi8(26)) & letters;
        bytes = _mm512_mask_add_epi8(bytes, upper, bytes, blank);
        uint64_t found = (_mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, tab), _mm512_set1_epi8(5))
            | _mm512_cmpeq_epi8_mask(bytes, blank)) & wanted;
        uint64_t kept = ~(found & (found << 1 | (uint64_t)done.after));
        bytes = _mm512_maskz_compress_epi8(kept, _mm512_mask_mov_epi8(bytes, found, blank));
        _mm512_storeu_si512(target + done.written, bytes);
        done.written += __builtin_popcountll(kept);
        done.after = (int)(found >> 63);
    }
    return done;
}

// Writes the words of `length` bytes of a block, from 1 to 64. `next` is 1 where a digit comes behind them.
__attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"), always_inline, unused))
static inline void datawall_words_block(
    __m512i bytes, long length, uint64_t next, uint8_t *target, long base, datawall_stretch *done, int64_t **end) {
    static const uint8_t numbered[64] = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60,
        61, 62, 63};
    const __m512i blank = _mm512_set1_epi8(' ');
    __m512i lowered = _mm512_or_si512(bytes, blank);
    uint64_t letters = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(lowered, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
    uint64_t digits = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
    uint64_t points = _mm512_cmpeq_epi8_mask(_mm512_or_si512(bytes, _mm512_set1_epi8(2)), _mm512_set1_epi8('.'));
    uint64_t valid = datawall_low_bits(length);
    uint64_t before = digits << 1 | (uint64_t)(done->after >> 1);
    uint64_t behind = digits >> 1 | next << (length - 1);
    uint64_t numbers = digits | (points & before & behind);
    uint64_t blanks = ~(letters | numbers);
    uint64_t kept = valid & ~((numbers & (numbers << 1 | (uint64_t)(done->after >> 1)))
        | (blanks & (blanks << 1 | (uint64_t)(done->after & 1))));
    __m512i folded = _mm512_mask_mov_epi8(blank, digits, _mm512_set1_epi8('0'));
    folded = _mm512_maskz_compress_epi8(kept, _mm512_mask_mov_epi8(folded, letters, lowered));
    _mm512_storeu_si512(target + done->written, folded);
    // A blank that is kept ends a word. No two are side by side, so there are 32 at most.
    uint64_t stops = _pext_u64(blanks, kept);
    int found = __builtin_popcountll(stops);
    __m256i offsets = _mm512_castsi512_si256(_mm512_maskz_compress_epi8(stops, _mm512_loadu_si512(numbered)));
    const __m512i start = _mm512_set1_epi64((base + done->written) << 1);
    for (int first = 0; first < found; first += 16) {
        __m128i some = first == 0 ? _mm256_castsi256_si128(offsets) : _mm256_extracti128_si256(offsets, 1);
        __m512i lower = _mm512_slli_epi64(_mm512_cvtepu8_epi64(some), 1);
        __m512i upper = _mm512_slli_epi64(_mm512_cvtepu8_epi64(_mm_srli_si128(some, 8)), 1);
        _mm512_storeu_si512(*end + first, _mm512_add_epi64(lower, start));
        _mm512_storeu_si512(*end + first + 8, _mm512_add_epi64(upper, start));
    }
    *end += found;
    done->written += __builtin_popcountll(kept);
    done->read += length;
    done->after = (int)((blanks >> (length - 1) & 1) | (numbers >> (length - 1) & 1) << 1);
}

// What `datawall_words_ascii` does, for the same processors as `datawall_fold_wide`.
__attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"), noinline, unused))
static datawall_stretch datawall_words_wide(
    const uint8_t *source, long count, long limit, uint8_t *target, long base, int after, int64_t *ends, long *words) {
    datawall_stretch done = {0, 0, after};
    int64_t *end = ends;
    while (done.read < limit) {
        long left = count - done.read;
        // Whole blocks with a byte of ASCII behind them, which are nearly all: where the next one is depends on nothing.
        while (left > 64 && source[done.read + 64] < 0x80) {
            __m512i bytes = _mm512_loadu_si512(source + done.read);
            if (_mm512_movepi8_mask(bytes) != 0) break;
            uint64_t next = (uint8_t)(source[done.read + 64] - '0') < 10;
            datawall_words_block(bytes, 64, next, target, base, &done, &end);
            left -= 64;
            if (done.read >= limit) goto stop;
        }
        long length = left < 64 ? left : 64;
        // Lanes past the end are not read.
        __m512i bytes = _mm512_maskz_loadu_epi8(datawall_low_bits(length), source + done.read);
        uint64_t high = _mm512_movepi8_mask(bytes);
        if (high != 0) length = (long)_tzcnt_u64(high);
        uint8_t follows = length < left ? source[done.read + length] : 0;
        if (follows >= 0x80 && length > 0) {
            uint8_t last = source[done.read + length - 1];
            uint8_t second = length > 1 ? source[done.read + length - 2] : 0;
            int isBehindDigit = length > 1 ? (uint8_t)(second - '0') < 10 : done.after >> 1;
            if ((last == '.' || last == ',') && isBehindDigit) {
                length--;
                follows = 0;
            }
        }
        if (length == 0) break;
        datawall_words_block(bytes, length, (uint8_t)(follows - '0') < 10, target, base, &done, &end);
        if (high != 0) break;
    }
stop:
    *words = end - ends;
    return done;
}

#else

static inline datawall_stretch datawall_fold_wide(
    const uint8_t *source, long count, uint8_t *target, int lowers, int spaces, int after) {
    datawall_stretch done = {0, 0, after};
    (void)source, (void)count, (void)target, (void)lowers, (void)spaces;
    return done;
}

static inline datawall_stretch datawall_words_wide(
    const uint8_t *source, long count, long limit, uint8_t *target, long base, int after, int64_t *ends, long *words) {
    datawall_stretch done = {0, 0, after};
    (void)source, (void)count, (void)limit, (void)target, (void)base, (void)ends;
    *words = 0;
    return done;
}

#endif

// Lower-cases ASCII text and makes one space of each run of white space, as asked, up to a byte from 0x80 or the end.
// `after` says whether white space here is dropped: after white space, and at the beginning. `wide` says that the processor
// can run `datawall_fold_wide`.
static inline datawall_stretch datawall_fold_ascii(
    const uint8_t *source, long count, uint8_t *target, int lowers, int spaces, int after, int wide) {
    datawall_stretch done = {0, 0, after};
    if (wide && count >= 64) done = datawall_fold_wide(source, count, target, lowers, spaces, after);
    while (done.read < count) {
        uint8_t block[80], rest[64];
        long left = count - done.read;
        const uint8_t *next = source + done.read;
        if (left < 64) {
            memset(rest, 'a', 64);
            memcpy(rest, next, (size_t)left);
            next = rest;
        }
        datawall_fold_block found = datawall_fold64(next, target + done.written, lowers, spaces);
        uint64_t doubled = found.spaces & (found.spaces << 1 | (uint64_t)done.after);
        long length = left < 64 ? left : 64;
        if (found.high != 0 && __builtin_ctzll(found.high) < length) length = __builtin_ctzll(found.high);
        if (length == 0) break;
        if (doubled == 0) {
            done.written += length;
        } else {
            memcpy(block, target + done.written, 64);
            done.written += datawall_pack64(target + done.written, block, ~doubled & datawall_low_bits(length));
        }
        done.read += length;
        done.after = (int)(found.spaces >> (length - 1) & 1);
        if (found.high != 0) break;
    }
    return done;
}

// Writes the words of ASCII text in lower case, each followed by one blank, with one 0 for each number, up to a byte
// from 0x80, the end, or some bytes past `limit`; and stores for each word the offset of its blank, counted from `base`
// and doubled. A full stop or comma between two digits belongs to the number; where what follows it is no ASCII, the
// stretch ends before it. `after` as in `datawall_stretch`; returns the number of words in `words`, past the last of which
// up to 16 offsets more may be written. `wide` says that the processor can run `datawall_words_wide`.
static inline datawall_stretch datawall_words_ascii(
    const uint8_t *source, long count, long limit, uint8_t *target, long base, int after, int64_t *ends, long *words,
    int wide) {
    datawall_stretch done = {0, 0, after};
    *words = 0;
    if (wide) return datawall_words_wide(source, count, limit, target, base, after, ends, words);
    while (done.read < limit) {
        uint8_t block[80], rest[64];
        long left = count - done.read;
        const uint8_t *next = source + done.read;
        if (left < 64) {
            memset(rest, ' ', 64);
            memcpy(rest, next, (size_t)left);
            next = rest;
        }
        datawall_word_block found = datawall_words64(next, block);
        long length = left < 64 ? left : 64;
        if (found.high != 0 && __builtin_ctzll(found.high) < length) length = __builtin_ctzll(found.high);
        uint64_t before = found.digits << 1 | (uint64_t)(done.after >> 1);
        uint64_t behind = found.digits >> 1;
        if (length > 0 && done.read + length < count) {
            uint64_t last = 1ull << (length - 1);
            uint8_t follows = source[done.read + length];
            if (follows >= 0x80) {
                if (found.points & before & last) length--;
            } else if ((uint8_t)(follows - '0') < 10) {
                behind |= last;
            }
        }
        if (length == 0) break;
        uint64_t valid = datawall_low_bits(length);
        uint64_t numbers = found.digits | (found.points & before & behind);
        uint64_t blanks = found.blanks & ~numbers;
        uint64_t dropped = (numbers & (numbers << 1 | (uint64_t)(done.after >> 1)))
            | (blanks & (blanks << 1 | (uint64_t)(done.after & 1)));
        uint8_t *out = target + done.written;
        long packed = datawall_pack64(out, block, valid & ~dropped);
        uint64_t stops = datawall_blanks64(out) & datawall_low_bits(packed);
        while (stops != 0) {
            ends[(*words)++] = (base + done.written + __builtin_ctzll(stops)) << 1;
            stops &= stops - 1;
        }
        done.written += packed;
        done.read += length;
        done.after = (int)((blanks >> (length - 1) & 1) | (numbers >> (length - 1) & 1) << 1);
        if (found.high != 0) break;
    }
    return done;
}

#endif
