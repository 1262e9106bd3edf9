#ifndef DATAWALL_PROCESS_H
#define DATAWALL_PROCESS_H

#ifdef __linux__
#include <sys/prctl.h>
#endif

// Asks the kernel to send this process a signal when the thread that started it ends. prctl takes a variable number of
// arguments, which Swift cannot call. Returns 0, or -1 where the system has no such call.
static inline int datawall_signal_at_parent_end(int number) {
#ifdef __linux__
    return prctl(PR_SET_PDEATHSIG, (unsigned long)number, 0, 0, 0);
#else
    return -1;
#endif
}

#endif
