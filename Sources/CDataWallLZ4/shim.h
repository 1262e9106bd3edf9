// LZ4 blocks without a frame.
#include <lz4.h>
