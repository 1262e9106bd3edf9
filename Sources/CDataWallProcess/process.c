#define _GNU_SOURCE

#include "CDataWallProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

int datawall_signal_at_parent_end(int number) {
#ifdef __linux__
    // prctl takes a variable number of arguments.
    return prctl(PR_SET_PDEATHSIG, (unsigned long)number, 0, 0, 0);
#else
    (void)number;
    return -1;
#endif
}

int datawall_make_pipe(int *ends, int bytes) {
#ifdef __linux__
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    (void)fcntl(ends[0], F_SETPIPE_SZ, bytes);
#else
    (void)bytes;
    if (pipe(ends) != 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
    return 0;
}

// posix_spawn has no way to ask for the kill at the end of the parent. Between vfork and execve the child shares the
// parent's memory, so it calls nothing but system calls and writes to nothing but its own frame and `failure`. All signals
// are blocked from before vfork until the child has given up the parent's handlers, so that no handler runs in the shared
// memory.
int datawall_start_program(
    const char *path, char *const *arguments, char *const *environment, int input, int output, int error_output) {
    volatile int failure = 0;
    pid_t parent = getpid();
    sigset_t all, former, none;
    sigfillset(&all);
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &all, &former);
    pid_t child = vfork();
    if (child == 0) {
        struct sigaction standard;
        standard.sa_handler = SIG_DFL;
        standard.sa_flags = 0;
        sigemptyset(&standard.sa_mask);
        for (int number = 1; number < NSIG; number++) sigaction(number, &standard, 0);
        setpgid(0, 0);
#ifdef __linux__
        prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL, 0, 0, 0);
        // The kernel sends nothing where the parent ended before it was asked.
        if (getppid() != parent) _exit(127);
#endif
        if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(error_output, 2) < 0) {
            failure = errno;
            _exit(127);
        }
        sigprocmask(SIG_SETMASK, &none, 0);
        execve(path, arguments, environment);
        failure = errno;
        _exit(127);
    }
    int reason = child < 0 ? errno : failure;
    pthread_sigmask(SIG_SETMASK, &former, 0);
    if (child > 0 && reason != 0) {
        // It has ended already: its number must not stay taken.
        while (waitpid(child, 0, 0) < 0 && errno == EINTR) {
        }
        child = -1;
    }
    errno = reason;
    return child;
}
