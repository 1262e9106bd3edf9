import Synchronization

/// How far a scan has come; read by whoever shows it.
public final class ScanProgress: Sendable {
    /// A moment of a scan.
    public struct Snapshot: Sendable {
        /// Shards to read.
        public var shards = 0
        /// Shards read.
        public var shardsRead = 0
        /// Compressed bytes to read.
        public var bytes = 0
        /// Compressed bytes of the shards read.
        public var bytesRead = 0
        /// Documents met.
        public var documents = 0
    }

    private let state = Mutex(Snapshot())

    /// Creates a record of progress.
    public init() {}

    /// Where the scan is now.
    public var snapshot: Snapshot { state.withLock { $0 } }

    func begin(shards: Int, bytes: Int) {
        state.withLock {
            $0.shards = shards
            $0.bytes = bytes
        }
    }

    func finish(_ report: ShardReport) {
        finish(bytes: report.identity.bytes, documents: report.shares.reduce(0) { $0 + $1.documents })
    }

    func finish(bytes: Int, documents: Int) {
        state.withLock {
            $0.shardsRead += 1
            $0.bytesRead += bytes
            $0.documents += documents
        }
    }
}
