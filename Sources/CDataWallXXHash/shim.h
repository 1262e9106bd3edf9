// XXH3, one-shot and streaming.
#include <xxhash.h>
