public import OrderedJSON
import Synchronization

/// How far a merge has come; read by whoever shows it.
public final class MergeProgress: Sendable {
    /// A moment of a merge.
    public struct Snapshot: Sendable {
        /// Runs that are merged; 0 until they have been opened.
        public var runs = 0
        /// Records that they have in the partitions that are merged, estimated where these are not all.
        public var records = 0
        /// Records that have been counted.
        public var recordsCounted = 0
    }

    private let state = Mutex(Snapshot())

    /// Creates a record of progress.
    public init() {}

    /// Where the merge is now.
    public var snapshot: Snapshot { state.withLock { $0 } }

    /// Fingerprints are spread evenly, and so the records of some partitions are their share of all.
    func begin(_ runs: [Run], _ partitions: PartitionRange) {
        let records = runs.reduce(0) { $0 + $1.recordCount }
        let share = Double(partitions.last - partitions.first + 1) / Double(PartitionRange.count)
        let wanted = partitions == .all ? records : Int((Double(records) * share).rounded())
        state.withLock { ($0.runs, $0.records) = (runs.count, wanted) }
    }

    func add(records: Int) { state.withLock { $0.recordsCounted += records } }

    /// A moment of the merge for a program that drives it: an object for one line.
    ///
    /// - Parameters:
    ///   - partitions: The partitions that are merged.
    ///   - seconds: How long the merge has run.
    ///   - isEnd: Whether the merge is done.
    /// - Returns: The object.
    public func event(partitions: PartitionRange, seconds: Double, isEnd: Bool) -> JSONValue {
        Event(isEnd: isEnd, partitions: partitions, seconds: seconds, moment: snapshot).json
    }

    /// What is written of a moment.
    package struct Event: JSONWrittenRecord {
        let isEnd: Bool
        let partitions: PartitionRange
        let seconds: Double
        let moment: Snapshot

        package static let fields: [JSONField<Event>] = [
            .init(written: "event", { $0.isEnd ? "end" : "progress" }, "progress, or end for the last."),
            .init("command", constant: "merge"),
            .init(written: "partitions", \.partitions.description, "The partitions that are merged, as a-b."),
            .init(written: "seconds", \.seconds, "How long this process has merged.", .notNegative),
            .init(written: "runs", \.moment.runs, "Runs that are merged; 0 until they have been opened."),
            .init(
                written: "records", \.moment.records,
                "Records that they have in the partitions, estimated where these are not all."),
            .init(written: "records_counted", \.moment.recordsCounted, "Those that have been counted."),
        ]

        package static let schemaFile = schemaFile(
            of: "datawall-merge-progress-1", title: "a moment of a merge",
            summary: "A line of what datawall merge --progress json writes to standard error.")
    }
}
