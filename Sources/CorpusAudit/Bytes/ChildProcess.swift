import CDataWallProcess
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A program that runs next to the scan and whose output is read.
///
/// It belongs to the thread that starts it: the kernel kills the program when that thread, or the whole process, ends.
/// What is left of it is killed when its owner lets it go.
final class ChildProcess {
    /// How a program ended.
    enum Ending: Equatable {
        case exited(Int32)
        case signal(Int32)
        /// It did not end in time and was killed.
        case neverEnded
    }

    private let number: pid_t
    /// The reading ends of its output and error output; -1 once closed.
    private var output: Int32 = -1
    private var errorOutput: Int32 = -1
    private var ending: Ending?
    private var errors: [UInt8] = []

    private static let errorsKept = 4_096
    private static let pipeBytes: Int32 = 1 << 20
    private static let waitMilliseconds: Int32 = 200

    /// Starts a program.
    ///
    /// - Parameter words: The program's path, and its arguments.
    /// - Throws: ``SystemFailure`` where the system starts none.
    init(_ words: [String]) throws(SystemFailure) {
        var pipes: [Int32] = [-1, -1, -1, -1]
        let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let isReady = pipes.withUnsafeMutableBufferPointer { pipes in
            guard let ends = pipes.baseAddress else { return false }
            return datawall_make_pipe(ends, Self.pipeBytes) == 0 && datawall_make_pipe(ends + 2, 1 << 16) == 0
        }
        func closeAll(_ descriptors: [Int32]) {
            for descriptor in descriptors where descriptor >= 0 { close(descriptor) }
        }
        guard input >= 0, isReady else {
            let failure = SystemFailure()
            closeAll(pipes + [input])
            throw failure
        }
        for end in [pipes[0], pipes[2]] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        let arguments = words.map { strdup($0) } + [nil]
        let environment = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        let number = datawall_start_program(words[0], arguments, environment, input, pipes[1], pipes[3])
        let failure = SystemFailure()
        for text in arguments + environment { free(text) }
        closeAll([input, pipes[1], pipes[3]])
        guard number > 0 else {
            closeAll([pipes[0], pipes[2]])
            throw failure
        }
        (output, errorOutput) = (pipes[0], pipes[2])
        self.number = number
    }

    deinit {
        kill()
        closeOutputs()
    }

    /// The end of what the program wrote to its error output, as text.
    var lastErrors: String { String(decoding: errors, as: UTF8.self) }

    // MARK: Reading

    /// Reads some of its output; 0 at the end.
    ///
    /// - Parameters:
    ///   - buffer: Where the bytes go.
    ///   - silence: How long to wait for them.
    ///   - check: Called while waiting; throws where the work is no longer wanted.
    /// - Returns: How many bytes were read; `nil` where none came in time.
    /// - Throws: ``StreamFault`` where the output cannot be read, and what `check` throws.
    func read(
        into buffer: UnsafeMutableRawBufferPointer, silence: Duration, check: () throws(StreamFault) -> Void
    ) throws(StreamFault) -> Int? {
        var deadline: ContinuousClock.Instant?
        while output >= 0 {
            #if canImport(Glibc)
                let count = Glibc.read(output, buffer.baseAddress, buffer.count)
            #else
                let count = Musl.read(output, buffer.baseAddress, buffer.count)
            #endif
            if count > 0 { return count }
            if count == 0 { break }
            let code = errno
            if code == EINTR { continue }
            guard code == EAGAIN || code == EWOULDBLOCK else {
                throw StreamFault(
                    kind: .unfetchedObject, reason: "its output cannot be read: \(String(cString: strerror(code)))")
            }
            let now = ContinuousClock.now
            let end = deadline ?? now + silence
            deadline = end
            guard now < end else { return nil }
            waitForOutput()
            try check()
        }
        return 0
    }

    /// Waits for output or error output, for a moment, and takes in the latter.
    private func waitForOutput() {
        var wanted = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
        if errorOutput >= 0 { wanted.append(pollfd(fd: errorOutput, events: Int16(POLLIN), revents: 0)) }
        poll(&wanted, nfds_t(wanted.count), Self.waitMilliseconds)
        readErrors()
    }

    /// Takes in what is there of its error output, and returns whether anything was.
    @discardableResult
    private func readErrors() -> Bool {
        var hasRead = false
        while errorOutput >= 0 {
            var piece = [UInt8](repeating: 0, count: Self.errorsKept)
            #if canImport(Glibc)
                let count = Glibc.read(errorOutput, &piece, piece.count)
            #else
                let count = Musl.read(errorOutput, &piece, piece.count)
            #endif
            if count < 0, errno == EINTR { continue }
            if count < 0 { break }
            if count == 0 {
                close(errorOutput)
                errorOutput = -1
                break
            }
            hasRead = true
            errors = (errors + piece[..<count]).suffix(Self.errorsKept)
        }
        return hasRead
    }

    /// Takes in and drops what there is of its output, and returns whether anything was: a command that writes a file may
    /// report its progress.
    func passOverOutput() -> Bool {
        var hasRead = readErrors()
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while output >= 0 {
            #if canImport(Glibc)
                let count = Glibc.read(output, &piece, piece.count)
            #else
                let count = Musl.read(output, &piece, piece.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            hasRead = true
        }
        return hasRead
    }

    // MARK: Ending

    /// How the program ended; `nil` while it runs.
    func endingNow() -> Ending? {
        if let ending { return ending }
        var status: Int32 = 0
        let waited = waitpid(number, &status, WNOHANG)
        guard waited != 0 else { return nil }
        // Without a status to ask for, all that is known is that it ended, and not well.
        let signal = status & 0x7F
        let found: Ending = waited < 0 ? .exited(-1) : signal == 0 ? .exited(status >> 8 & 0xFF) : .signal(signal)
        ending = found
        readErrors()
        return found
    }

    /// Waits for the program to end, and kills it where that takes too long.
    func waitForEnding(within limit: Duration, check: () throws(StreamFault) -> Void) throws(StreamFault) -> Ending {
        let end = ContinuousClock.now + limit
        var pause: UInt32 = 100
        while ContinuousClock.now < end {
            if let ending = endingNow() { return ending }
            _ = passOverOutput()
            try check()
            usleep(pause)
            pause = min(pause * 2, 20_000)
        }
        kill()
        return .neverEnded
    }

    /// Kills the program, and what it started that is still in its process group.
    func kill() {
        // Once its status was asked for, its number may be another process's.
        guard ending == nil else { return }
        #if canImport(Glibc)
            _ = Glibc.kill(-number, SIGKILL)
        #else
            _ = Musl.kill(-number, SIGKILL)
        #endif
        var status: Int32 = 0
        while waitpid(number, &status, 0) < 0, errno == EINTR {}
        ending = .neverEnded
    }

    private func closeOutputs() {
        for descriptor in [output, errorOutput] where descriptor >= 0 { close(descriptor) }
        (output, errorOutput) = (-1, -1)
    }
}

extension ChildProcess.Ending: CustomStringConvertible {
    /// What became of the program, in words that follow its name.
    var description: String {
        switch self {
        case .exited(let status): "ended with exit status \(status)"
        case .signal(let number): "was ended by signal \(number)"
        case .neverEnded: "did not end after its output"
        }
    }
}
