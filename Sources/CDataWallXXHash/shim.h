// XXH3, one-shot and streaming, under names of our own.
//
// Inlined from the header: most units of a corpus cut into lines are shorter than a call into the library costs. The
// header renames what it inlines, by macros that Swift does not see; hence the wrappers.
//
// What is inlined uses SSE2. The library also has functions that use the widest vectors of the processor: twice as fast
// from some four hundred bytes on. Builds of it for other processors, and its static archive in Debian, lack them, so
// they are linked weakly.

#ifndef CDATAWALL_XXHASH_SHIM_H
#define CDATAWALL_XXHASH_SHIM_H

#define XXH_INLINE_ALL
// Swift reads headers as if nothing were to be inlined, which the header would take for a debug build.
#define XXH_NO_INLINE_HINTS 0
#include <xxhash.h>

typedef struct {
    uint64_t high, low;
} datawall_hash128;

typedef struct datawall_hash_state datawall_hash_state;

extern XXH128_hash_t XXH3_128bits_dispatch(const void *, size_t) __attribute__((weak));
extern XXH64_hash_t XXH3_64bits_dispatch(const void *, size_t) __attribute__((weak));
extern XXH_errorcode XXH3_128bits_update_dispatch(XXH3_state_t *, const void *, size_t) __attribute__((weak));

static inline datawall_hash128 datawall_xxh3_128(const void *bytes, size_t count) {
    XXH128_hash_t hash = count > 400 && XXH3_128bits_dispatch 
        ? XXH3_128bits_dispatch(bytes, count) : XXH3_128bits(bytes, count);
    datawall_hash128 result = {hash.high64, hash.low64};
    return result;
}

static inline uint64_t datawall_xxh3_64(const void *bytes, size_t count) {
    return count > 400 && XXH3_64bits_dispatch ? XXH3_64bits_dispatch(bytes, count) : XXH3_64bits(bytes, count);
}

// A state to hash a stream with, or null where there is no memory; freed by `datawall_xxh3_free`.
static inline datawall_hash_state *datawall_xxh3_create(void) {
    XXH3_state_t *state = XXH3_createState();
    if (state) {
        XXH3_128bits_reset(state);
    }
    return (datawall_hash_state *)state;
}

static inline void datawall_xxh3_free(datawall_hash_state *state) {
    XXH3_freeState((XXH3_state_t *)state);
}

static inline void datawall_xxh3_update(datawall_hash_state *state, const void *bytes, size_t count) {
    if (XXH3_128bits_update_dispatch) {
        XXH3_128bits_update_dispatch((XXH3_state_t *)state, bytes, count);
    } else {
        XXH3_128bits_update((XXH3_state_t *)state, bytes, count);
    }
}

static inline datawall_hash128 datawall_xxh3_digest(const datawall_hash_state *state) {
    XXH128_hash_t hash = XXH3_128bits_digest((const XXH3_state_t *)state);
    datawall_hash128 result = {hash.high64, hash.low64};
    return result;
}

#endif
