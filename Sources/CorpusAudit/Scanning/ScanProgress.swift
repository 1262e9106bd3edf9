import Synchronization

/// The progress of a scan, which displays read.
public final class ScanProgress: Sendable {
    /// A moment of a scan.
    public struct Snapshot: Sendable {
        /// Shards to read.
        public var shards = 0
        /// Shards read.
        public var shardsRead = 0
        /// Compressed bytes to read.
        public var bytes = 0
        /// Compressed bytes read.
        public var bytesRead = 0
        /// Documents so far.
        public var documents = 0
        /// An estimate of the share of units that repeat an earlier one, from a sample; `nil` while it is too small.
        public var repeatedShare: Double?
    }

    private struct State {
        var snapshot = Snapshot()
        var sample = RepeatSample()
    }

    private let state = Mutex(State())

    /// Creates a record of progress.
    public init() {}

    /// The current state of the scan.
    public var snapshot: Snapshot {
        state.withLock { state in
            var snapshot = state.snapshot
            snapshot.repeatedShare = state.sample.repeatedShare
            return snapshot
        }
    }

    func begin(shards: Int, bytes: Int) {
        state.withLock {
            $0.snapshot.shards = shards
            $0.snapshot.bytes = bytes
        }
    }

    func finishShard() { state.withLock { $0.snapshot.shardsRead += 1 } }

    func add(bytes: Int) { state.withLock { $0.snapshot.bytesRead += bytes } }

    func add(documents: Int) { state.withLock { $0.snapshot.documents += documents } }

    /// Shows a unit for which ``RepeatSample/mayHold(_:)`` is true.
    func add(_ fingerprint: Fingerprint) { state.withLock { $0.sample.add(fingerprint) } }
}
