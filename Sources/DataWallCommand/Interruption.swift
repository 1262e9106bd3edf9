import DataWallKit
import Foundation
import Synchronization

/// The command's reaction to a signal that asks it to end: INT, QUIT, TERM, HUP and PIPE.
///
/// A PIPE that one of the command's own writes caused does not end it: the write fails, and ``StandardStream`` reports
/// it.
///
/// Work that can be cancelled is cancelled, so that its folders and files are removed with it. If it does not end
/// within two seconds, or at a second signal, temporary files are removed and the process ends at once. Either way the
/// status is 128 plus the signal's number. A signal that was ignored when the command started, as `nohup` does with
/// HUP, stays ignored.
enum Interruption {
    /// The signal that asked the command to end; 0 before any did.
    private static let received = Atomic<Int32>(0)
    private static let canBeCancelled = Atomic(false)
    /// The end of a pipe that the handler writes the signal's number to.
    fileprivate static let handlerEnd = Atomic<Int32>(-1)

    private static let graceMilliseconds: Int32 = 2_000

    /// The status of a command that a signal ended, or `nil` if none did.
    static var status: Int32? {
        let signal = received.load(ordering: .acquiring)
        return signal == 0 ? nil : 128 + signal
    }

    /// Ends work that a signal stopped and that the same command does not go on with.
    struct Final: Error {
        /// What to do next.
        let advice: String
    }

    /// What to do after work that a signal stopped, or `nil` for an error that has another cause.
    static func advice(after error: any Error) -> String? {
        if let final = error as? Final { return final.advice }
        return error is CancellationError
            ? "the same command goes on from what was committed, if anything was" : nil
    }

    /// Runs work that ends early, with `CancellationError`, where a signal asks for it.
    static func cancellable<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
        canBeCancelled.store(true, ordering: .releasing)
        defer { canBeCancelled.store(false, ordering: .releasing) }
        return try await work()
    }

    /// Runs a task and cancels it at a signal.
    static func watch(_ work: @escaping @Sendable () async throws -> Void) async throws {
        let task = Task { try await work() }
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            handlerEnd.store(ends[1], ordering: .releasing)
            let listening = ends[0]
            let listener = Thread { listen(at: listening) { task.cancel() } }
            listener.stackSize = 256 << 10
            listener.start()
            for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP] { handle(number) }
            handlePipe()
        }
        try await task.value
    }

    private static func handle(_ number: Int32) {
        let former = signal(number, noteSignal)
        // SIG_IGN is the number 1 in place of a function.
        if unsafeBitCast(former, to: Int.self) == 1 { signal(number, SIG_IGN) }
    }

    private static func handlePipe() {
        #if canImport(Glibc)
            var action = sigaction()
            action.__sigaction_handler.sa_sigaction = notePipe
            action.sa_flags = SA_SIGINFO | SA_RESTART
            sigaction(SIGPIPE, &action, nil)
        #endif
    }

    /// Waits for signals, which the handler passes on as bytes.
    private static func listen(at descriptor: Int32, cancel: () -> Void) {
        var number: UInt8 = 0
        while read(descriptor, &number, 1) != 1 {
            // Interrupted by a signal that something else handles.
            guard errno == EINTR else { return }
        }
        received.store(Int32(number), ordering: .releasing)
        if canBeCancelled.load(ordering: .acquiring) {
            cancel()
            var next = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&next, 1, graceMilliseconds)
        }
        TemporaryFiles.removeAll()
        _exit(128 + Int32(number))
    }
}

/// Passes a signal on; calls nothing that a signal handler may not.
private func noteSignal(_ number: Int32) {
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(Interruption.handlerEnd.load(ordering: .acquiring), &byte, 1)
}

#if canImport(Glibc)
    /// Passes on a PIPE that another process sent; the kernel sends the signal of a failed write in our own name.
    private func notePipe(
        _ number: Int32, _ information: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
    ) {
        guard let information, information.pointee._sifields._kill.si_pid != getpid() else { return }
        noteSignal(number)
    }
#endif
