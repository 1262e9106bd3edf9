// The streaming decompressor and its error codes (ZSTD_getErrorCode needs the second header); and, under names of our own,
// the functions that decode block by block behind what the caller has kept of the frame. zstd shows the latter only on
// request, and calls the header's type differently from version 1.5.7 on.

#ifndef CDATAWALL_ZSTD_SHIM_H
#define CDATAWALL_ZSTD_SHIM_H

#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zstd_errors.h>

// The window of the frame that starts with some bytes; 0 where they are not the whole header of an ordinary frame.
static inline unsigned long long datawall_zstd_window(const void *bytes, size_t count) {
#if ZSTD_VERSION_NUMBER >= 10507
    ZSTD_FrameHeader header;
#else
    ZSTD_frameHeader header;
#endif
    if (ZSTD_getFrameHeader(&header, bytes, count) != 0 || header.frameType != ZSTD_frame) {
        return 0;
    }
    return header.windowSize;
}

// What one step of a frame writes at most, and room past it that it may spoil.
#define DATAWALL_ZSTD_ROOM (ZSTD_BLOCKSIZE_MAX + 64)

static inline size_t datawall_zstd_begin(ZSTD_DCtx *context) { return ZSTD_decompressBegin(context); }

// How many bytes the next step takes; 0 at the end of the frame.
static inline size_t datawall_zstd_next(ZSTD_DCtx *context) { return ZSTD_nextSrcSizeToDecompress(context); }

static inline size_t datawall_zstd_step(
    ZSTD_DCtx *context, void *target, size_t room, const void *source, size_t count) {
    return ZSTD_decompressContinue(context, target, room, source, count);
}

#endif
