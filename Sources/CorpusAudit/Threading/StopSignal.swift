import Synchronization

/// Tells threads that their work is no longer wanted.
///
/// Blocking work reads it once for each window of a shard, block of a run or batch of records, never for each byte.
final class StopSignal: Sendable {
    private let requested = Atomic(false)
    private let parent: StopSignal?

    /// A signal that is requested when its parent is, too.
    init(parent: StopSignal? = nil) { self.parent = parent }

    /// Whether the work should end.
    var isRequested: Bool { requested.load(ordering: .relaxed) || parent?.isRequested == true }

    /// Asks the work to end.
    func request() { requested.store(true, ordering: .relaxed) }

    /// Throws `CancellationError` where the work should end.
    func check() throws { if isRequested { throw CancellationError() } }
}
