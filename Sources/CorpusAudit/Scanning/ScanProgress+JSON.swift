public import OrderedJSON

extension ScanProgress {
    /// A moment of the scan for a program that drives it: an object for one line.
    ///
    /// - Parameters:
    ///   - task: Which share of the shards is scanned.
    ///   - attempt: Which attempt at the task it is, if there may be several.
    ///   - seconds: How long the scan has run.
    ///   - isEnd: Whether the scan is done.
    /// - Returns: The object.
    public func event(task: ScanTask, attempt: Int?, seconds: Double, isEnd: Bool) -> JSONValue {
        Event(isEnd: isEnd, task: task, attempt: attempt, seconds: seconds, moment: snapshot).json
    }

    /// The event written for a moment.
    package struct Event: JSONWrittenRecord {
        let isEnd: Bool
        let task: ScanTask
        let attempt: Int?
        let seconds: Double
        let moment: Snapshot

        package static let fields: [JSONField<Event>] = [
            .init(
                written: "event", { $0.isEnd ? "end" : "progress" }, "progress, or end for the last: all is committed."),
            .init("command", constant: "scan"),
            .init(written: "task", \.task.description, "Which share of the shards is scanned, as i/n."),
            .init(written: "attempt", \.attempt, "The attempt at the task; null where it has one folder."),
            .init(written: "seconds", \.seconds, "How long this process has scanned.", .notNegative),
            .init(written: "shards", \.moment.shards, "Shards that this process reads."),
            .init(written: "shards_read", \.moment.shardsRead, "Those it has read."),
            .init(written: "bytes", \.moment.bytes, "Bytes of the shards' files."),
            .init(written: "bytes_read", \.moment.bytesRead, "Those it has read."),
            .init(written: "documents", \.moment.documents, "Documents it has met."),
            .init(
                written: "repeated_share", \.moment.repeatedShare,
                "The share of units that repeat one met before, estimated; null while too few are known."),
        ]

        package static let schemaFile = schemaFile(
            of: "datawall-scan-progress-1", title: "a moment of a scan",
            summary: "A line of what datawall scan --progress json writes to standard error.")
    }
}
