import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Runs blocking work on separate threads.
///
/// Reading, decompressing and sorting block. On Swift's cooperative pool, which has one thread for each core, they
/// would block all other work of the process, and could never use more threads than cores.
enum WorkerThreads {
    /// Runs work on a separate thread and suspends the caller until the work has ended.
    ///
    /// Cancelling the caller's task sets the work's stop signal. If the work still returns a value, that value is
    /// returned; work that ends early throws `CancellationError`.
    ///
    /// - Throws: `CancellationError` if the task was cancelled before, the errors of the work, and
    ///   ``RunError/machineFailed(reason:)`` if the system gives no thread.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable (StopSignal) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        try MemoryHeadroom.require(stackBytes, for: "a thread")
        let stop = StopSignal()
        // Handed over by a lock: the thread sanitizer sees what that orders, and not what a continuation does.
        let ended = Mutex(
            Result<Value, any Error>.failure(
                RunError.machineFailed(reason: "the system gives no further thread")))
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let thread = start {
                    let result = Result { try work(stop) }
                    ended.withLock { $0 = result }
                    continuation.resume()
                }
                guard let thread else { return continuation.resume() }
                pthread_detach(thread)
            }
        } onCancel: {
            stop.request()
        }
        return try ended.withLock { $0 }.get()
    }

    /// Calls `body` with each number from 0 up to `count`, each on a separate thread, and returns the results in the
    /// order of the numbers.
    ///
    /// The calling thread is one of them. If the system gives fewer threads than requested, the existing ones take the
    /// remaining numbers. The first failure stops the others.
    ///
    /// - Throws: The first error by number that is not a `CancellationError`; else `CancellationError`.
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
        // Every thread is joined before this returns, so nothing outlives the variables that the closure captures.
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

    /// Starts a thread, or returns `nil` if the system gives none.
    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        let box = Unmanaged.passRetained(ThreadBody(body))
        var thread = pthread_t()
        // Not created by an initializer: the compiler may take that for one of Dispatch, which is not imported.
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
