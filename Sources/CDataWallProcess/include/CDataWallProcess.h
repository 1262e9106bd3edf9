// What a process asks the kernel for other processes, in calls that Swift cannot make.

#ifndef CDATAWALL_PROCESS_H
#define CDATAWALL_PROCESS_H

// Asks the kernel to send this process a signal when the thread that started it ends. Returns 0, or -1 where the system
// has no such call.
int datawall_signal_at_parent_end(int number);

// Makes a pipe whose ends no program inherits that another thread starts at the same time. The buffer is as large as
// asked for, where the system allows it. Returns 0, or -1 with the reason in errno.
int datawall_make_pipe(int *ends, int bytes);

// Starts a program with its output and error output going to two descriptors, and its input coming from a third. It leads
// a process group of its own, so that what it starts in turn can be ended with it, and the kernel kills it when the thread
// that called this ends. Returns its number, or -1 with the reason in errno.
int datawall_start_program(
    const char *path, char *const *arguments, char *const *environment, int input, int output, int error_output);

#endif
