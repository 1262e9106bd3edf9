// The streaming decompressor and its error codes (ZSTD_getErrorCode needs the second header).
#include <zstd.h>
#include <zstd_errors.h>
