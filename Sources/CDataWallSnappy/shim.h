// Snappy's C interface: whole blocks.
#include <snappy-c.h>
