// Which instructions of the processor may be used.

#ifndef DATAWALL_VECTORS_H
#define DATAWALL_VECTORS_H

#include <stdlib.h>
#include <string.h>

// Each kind comes with those before it. `DATAWALL_VECTORS_AVX512` is AVX-512 with VBMI2: Intel since Ice Lake, AMD since
// Zen 4.
typedef enum { DATAWALL_VECTORS_BASIC, DATAWALL_VECTORS_AVX2, DATAWALL_VECTORS_AVX512 } datawall_vectors;

// The widest that this processor has; or less, where the environment variable DATAWALL_VECTORS names less (`basic` or
// `avx2`), for tests and measurements.
static inline datawall_vectors datawall_widest_vectors(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const char *limit = getenv("DATAWALL_VECTORS");
    if (!__builtin_cpu_supports("avx2") || (limit && strcmp(limit, "basic") == 0)) {
        return DATAWALL_VECTORS_BASIC;
    }
    int has_avx512 = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi")
        && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt");
    return has_avx512 && !(limit && strcmp(limit, "avx2") == 0) ? DATAWALL_VECTORS_AVX512 : DATAWALL_VECTORS_AVX2;
#else
    return DATAWALL_VECTORS_BASIC;
#endif
}

#endif
