// Snappy's C interface, whole blocks; and a decoder of our own.
#include <snappy-c.h>
#include "decode.h"
