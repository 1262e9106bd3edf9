import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Runs blocking work on threads of its own.
///
/// Reading, decompressing and sorting block. On Swift's cooperative pool, which has one thread for each core, they would
/// starve everything else in the process and could never use more threads than there are cores.
enum WorkerThreads {
    /// Runs work on a thread of its own and suspends the caller until the work has ended.
    ///
    /// Cancelling the caller's task requests the signal that the work gets. What the work returns is returned even then;
    /// work that ended early throws `CancellationError`.
    ///
    /// - Throws: `CancellationError` where the task was cancelled before, what the work throws, and ``RunError/machineFailed(reason:)`` where the system gives no thread.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable (StopSignal) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        try MemoryHeadroom.require(stackBytes, for: "a thread")
        let stop = StopSignal()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let thread = start { continuation.resume(with: Result { try work(stop) }) }
                guard let thread else {
                    return continuation.resume(
                        throwing: RunError.machineFailed(reason: "the system gives no further thread"))
                }
                pthread_detach(thread)
            }
        } onCancel: {
            stop.request()
        }
    }

    /// Calls `body` with each number from 0 up to `count`, each on a thread of its own, and returns the results in the
    /// order of the numbers.
    ///
    /// The calling thread is one of them. Where the system gives fewer threads than asked for, those there are take the
    /// numbers that are left. The first failure stops the others.
    ///
    /// - Throws: The first error that is no `CancellationError`, by number; else `CancellationError`.
    static func map<Value: Sendable>(
        _ count: Int, stop: StopSignal, _ body: @Sendable (_ number: Int, _ stop: StopSignal) throws -> Value
    ) throws -> [Value] {
        let results = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
        let next = Atomic(0)
        let stop = StopSignal(parent: stop)
        @Sendable func work() {
            while true {
                let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard number < count else { return }
                let result = Result { try body(number, stop) }
                if case .failure = result { stop.request() }
                results.withLock { $0[number] = result }
            }
        }
        // Every thread is joined before this returns, so that nothing outlives what the closure captures.
        withoutActuallyEscaping(work as @Sendable () -> Void) { work in
            var threads: [pthread_t] = []
            for _ in 0..<max(0, count - 1) {
                guard MemoryHeadroom.isLeft(MemoryHeadroom.bytes + stackBytes), let thread = start(work) else { break }
                threads.append(thread)
            }
            work()
            for thread in threads { pthread_join(thread, nil) }
        }
        let ended = results.withLock { $0 }
        var cancellation: (any Error)?
        for case .failure(let error)? in ended {
            guard error is CancellationError else { throw error }
            cancellation = error
        }
        if let cancellation { throw cancellation }
        return try ended.compactMap { try $0?.get() }
    }

    /// Starts a thread, or returns `nil` where the system gives none.
    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        let box = Unmanaged.passRetained(ThreadBody(body))
        var thread = pthread_t()
        // Made by no initializer: the compiler may take that for one of Dispatch, which is not imported.
        let isStarted = withUnsafeTemporaryAllocation(of: pthread_attr_t.self, capacity: 1) { memory in
            guard let attributes = memory.baseAddress, pthread_attr_init(attributes) == 0 else { return false }
            defer { pthread_attr_destroy(attributes) }
            pthread_attr_setstacksize(attributes, stackBytes)
            let code = pthread_create(
                &thread, attributes,
                { argument in
                    // The one reference that `start` retained.
                    if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
                    return nil
                }, box.toOpaque())
            return code == 0
        }
        guard isStarted else {
            box.release()
            return nil
        }
        return thread
    }

    /// Address space for a thread's stack.
    private static let stackBytes = 4 << 20
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
