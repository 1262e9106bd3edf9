public import OrderedJSON

extension ScanStatus: JSONWrittenRecord {
    /// The status as the content of a file, keys in the documented order.
    public var json: JSONValue { object }

    package static let fields: [JSONField<ScanStatus>] = [
        .init("format", constant: "datawall-status"),
        .init("version", constant: 1),
        .init(written: "complete", \.isComplete, "Whether all shards are committed."),
        .init(written: "tasks", \.tasks, "Tasks and jobs, those that have not begun included."),
        .init(
            written: "tasks_complete", { $0.counting.count { $0.state == .complete } },
            "Tasks with a complete attempt."),
        .init(written: "shards", { $0.sum(\.shards) }, "Shards of the tasks that have begun."),
        .init(written: "shards_committed", { $0.sum(\.committedShards) }, "Those whose end is committed."),
        .init(written: "bytes_committed", { $0.sum(\.committedBytes) }, "Bytes of their files."),
        .init(written: "documents", { $0.sum(\.documents) }, "Documents that are committed."),
        .init(written: "problems", { $0.sum(\.problems) }, "Problems with committed shards, notes among them."),
        .init(written: "missing", \.missing, "Tasks without a folder, by scan."),
        .init(written: "scans", \.scans, "The folders, each of a task, an attempt or a job."),
    ]

    package static let schemaFile = schemaFile(
        of: "datawall-status-1", title: "how far scans have come",
        summary: "What datawall scan --status prints with --json. Sums are of one attempt a task: the highest complete "
            + "one, else the one that is furthest.")
}

extension ScanStatus.MissingTasks: JSONWrittenRecord {
    package static let fields: [JSONField<ScanStatus.MissingTasks>] = [
        .init(written: "of", \.count, "How many tasks the scan has."),
        .init(written: "tasks", \.tasks, "The numbers of those that are missing, from 0."),
    ]
}

extension ScanStatus.Scan: JSONWrittenRecord {
    package static let fields: [JSONField<ScanStatus.Scan>] = [
        .init(written: "folder", \.folder, "The folder."),
        .init(written: "task", \.task?.description, "Which share of the shards it takes, as i/n; null for a job."),
        .init(written: "attempt", \.attempt, "The attempt at the task or job; null where there is one folder a task."),
        .init(written: "job", \.job, "The job whose documents came from memory; null for a task."),
        .init(written: "state", \.state.rawValue, "complete, unfinished or unreadable."),
        .init(written: "counts", \.counts, "Whether it counts for its task."),
        .init(written: "shards", \.shards, "Shards of the task."),
        .init(written: "shards_committed", \.committedShards, "Those whose end is committed."),
        .init(written: "bytes_committed", \.committedBytes, "Bytes of their files."),
        .init(written: "documents", \.documents, "Documents that are committed, of unfinished shards too."),
        .init(written: "problems", \.problems, "Problems with committed shards, notes among them."),
        .init(written: "fault", \.fault, "Why it cannot be read; null where it can."),
    ]
}
