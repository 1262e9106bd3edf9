import OrderedJSON

/// What a scan set out to do, so that a merge can tell whether it is done.
struct ScanManifest: Sendable {
    var settings: ScanSettings
    var task: ScanTask
    /// XXH3-128 of the paths of all tasks' shards: what tells the tasks of one scan from those of another.
    var corpus: String
    /// The shards of this task.
    var shards: [String]
    /// What no task of the scan reads.
    var unread: Unread
    /// The attempt at the one job that is the shard here, where its documents came from memory.
    var attempt: Int?

    init(
        settings: ScanSettings, task: ScanTask, corpus: String, shards: [String], unread: Unread = Unread(),
        attempt: Int? = nil
    ) {
        self.unread = unread
        self.attempt = attempt
        self.settings = settings
        self.task = task
        self.corpus = corpus
        self.shards = shards
    }

    /// The digest of a corpus's shard paths, sorted and each ended by a zero byte.
    static func digest(of shards: [Shard]) -> String {
        let paths = shards.map { ByteName($0.path) }.sorted()
        return paths.flatMap { Array($0.text.utf8) + [0] }.withUnsafeBufferPointer { Fingerprint(of: $0).description }
    }

    var text: String {
        let members: KeyValuePairs<String, JSONValue> = [
            "format": "datawall-scan",
            "version": .integer(RunCommit.version),
            "settings": settings.json,
            "task": .string("\(task.index)/\(task.count)"),
            "corpus": .string(corpus),
            "shards": .array(shards.map { .string($0) }),
            "skipped": .array(unread.skipped.map(\.json)),
            "problems": .array(unread.problems.map(\.json)),
        ]
        let attempt = self.attempt.map { [JSONMember(key: "attempt", value: .integer($0))] } ?? []
        return SealedJSON.text(members.map { JSONMember(key: $0.key, value: $0.value) } + attempt)
    }

    init(reading path: String) throws(RunError) {
        let json = try SealedJSON.read(path, format: "datawall-scan")
        guard let settings = ScanSettings(json["settings"]), case .string(let taskText)? = json["task"],
            let task = ScanTask(taskText), case .string(let corpus)? = json["corpus"],
            case .array(let rows)? = json["shards"]
        else { throw .damaged(path: path, reason: "it does not say what was scanned") }
        self.settings = settings
        self.task = task
        self.corpus = corpus
        if case .integer(let number)? = json["attempt"] { attempt = number }
        shards = rows.compactMap { if case .string(let shard) = $0 { shard } else { nil } }
        guard let unread = Unread(json) else { throw .damaged(path: path, reason: "it does not say what was skipped") }
        self.unread = unread
    }
}
