import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The files that this process has made and that must not outlive it.
///
/// They go as their owners go. A program that ends at a signal, without unwinding, calls ``removeAll()`` first.
public enum TemporaryFiles {
    private struct State {
        var files: Set<String> = []
        var folders: Set<String> = []
        var isClosed = false
    }

    private static let state = Mutex(State())

    /// Removes all of them; the process must end right after.
    ///
    /// Threads that make further files from now on wait until it does.
    public static func removeAll() {
        // A thread that a signal handler holds may have the lock; then files remain, but the process ends.
        var taken: State?
        for _ in 0..<100 where taken == nil {
            taken = state.withLockIfAvailable { state in
                state.isClosed = true
                return state
            }
            if taken == nil { usleep(10_000) }
        }
        guard let taken else { return }
        for file in taken.files { unlink(file) }
        for folder in taken.folders { SpillFolder.remove(folder) }
    }

    static func add(file path: String) { change { $0.files.insert(path) } }
    static func remove(file path: String) { change { $0.files.remove(path) } }
    static func add(folder path: String) { change { $0.folders.insert(path) } }
    static func remove(folder path: String) { change { $0.folders.remove(path) } }

    private static func change(_ body: (inout State) -> Void) {
        let isClosed = state.withLock { state in
            if !state.isClosed { body(&state) }
            return state.isClosed
        }
        while isClosed { sleep(1) }
    }
}
