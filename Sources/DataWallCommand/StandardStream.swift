import DataWallKit
import Foundation

/// Standard output and standard error; all writes to them go through here.
///
/// `FileHandle.write` ends the process with a backtrace when the disk is full or the descriptor is closed.
enum StandardStream {
    /// Prepares the three standard descriptors.
    ///
    /// Call it before anything opens a file.
    ///
    /// A closed descriptor would go to the next file that is opened, and the command's output would end up in that
    /// file. So closed descriptors are opened in the direction that is not used, and every use of them still fails. A
    /// pipe whose reader is gone then fails as a write, not by a signal in the middle of the work.
    static func prepare() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            let opened = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
            if opened > STDERR_FILENO { close(opened) }
        }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Prints text to standard output.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitStatus/cannotWrite``; without a message if the reader of a pipe is gone,
    ///   as `head` is when it has read enough.
    static func print(_ text: String) throws(CommandFailure) {
        guard let code = write(Array(text.utf8), to: STDOUT_FILENO) else { return }
        if code == EPIPE { throw .quiet(.cannotWrite) }
        throw CommandFailure(
            "standard output cannot be written: \(String(cString: strerror(code)))", status: .cannotWrite)
    }

    /// Prints text to standard error.
    ///
    /// A failed write is ignored: there is no other place to report it.
    static func complain(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

    /// Writes all bytes to a descriptor.
    ///
    /// - Returns: The error number, or `nil` when all bytes were written.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        // The runtime may take a closed descriptor for its own event queue before our code runs. Such a file has no
        // type, and nothing may be written to it.
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != 0 else { return EBADF }
        return bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // The other end made the descriptor non-blocking: wait until it takes more.
                    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&request, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
    }
}
