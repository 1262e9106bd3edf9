#ifndef DATAWALL_HEAP_H
#define DATAWALL_HEAP_H

#include <malloc.h>

// Lets all threads share one heap. glibc reserves 64 MiB of addresses for the heap of each thread; other C libraries have
// one heap.
static inline void datawall_share_heap(void) {
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, 1);
#endif
}

#endif
