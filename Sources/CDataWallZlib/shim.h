// Swift cannot call inflateInit2, a macro.
#include <zlib.h>

static inline int datawall_inflate_init_gzip(z_streamp stream) {
    return inflateInit2(stream, 15 + 16);
}
