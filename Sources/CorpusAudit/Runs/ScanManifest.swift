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
    /// What the scan's manifest says of sources; empty without one.
    ///
    /// The manifest that a merge is given is compared with it.
    var declarations: [SourceDeclaration] = []
    /// What was named to have the shards; `nil` where no command names them.
    var request: CorpusRequest?
    /// The attempt at the one job that is the shard here, where its documents came from memory.
    var attempt: Int?

    static let format = "datawall-scan"

    init(
        settings: ScanSettings, task: ScanTask = .whole, corpus: String = "", shards: [String],
        unread: Unread = Unread(), declarations: [SourceDeclaration] = [], request: CorpusRequest? = nil,
        attempt: Int? = nil
    ) {
        self.request = request
        self.unread = unread
        self.declarations = declarations
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
            "format": .string(Self.format),
            "version": .integer(RunCommit.version),
            "settings": settings.json,
            "task": .string("\(task.index)/\(task.count)"),
            "corpus": .string(corpus),
            "manifest": declarations.isEmpty
                ? .null
                : .object(["digest": .string(declarations.digest), "sources": declarations.json]),
            "request": request.json,
            "shards": .array(shards.map { .string($0) }),
            "skipped": .array(unread.skipped.map(\.json)),
            "problems": .array(unread.problems.map(\.json)),
        ]
        let attempt = self.attempt.map { [JSONMember(key: "attempt", value: .integer($0))] } ?? []
        return SealedJSON.text(members.map { JSONMember(key: $0.key, value: $0.value) } + attempt)
    }

    init(reading path: String) throws(RunError) {
        let json = try SealedJSON.read(path, format: Self.format)
        guard let settings = ScanSettings(json["settings"]), case .string(let taskText)? = json["task"],
            let task = ScanTask(taskText), case .string(let corpus)? = json["corpus"],
            case .array(let rows)? = json["shards"]
        else { throw .damaged(path: path, reason: "it does not say what was scanned") }
        self.settings = settings
        self.task = task
        self.corpus = corpus
        if let number = json["attempt"] {
            guard case .integer(let number) = number, number >= 0 else {
                throw .damaged(path: path, reason: "its attempt is no number from 0 up")
            }
            attempt = number
        }
        shards = rows.compactMap { if case .string(let shard) = $0 { shard } else { nil } }
        guard let unread = Unread(json) else { throw .damaged(path: path, reason: "it does not say what was skipped") }
        self.unread = unread
        guard shards.count == rows.count else { throw .damaged(path: path, reason: "a shard of it is no string") }
        if let value = json["request"], value != .null {
            guard let read = CorpusRequest(json: value) else {
                throw .damaged(path: path, reason: "it does not say what was named to be scanned")
            }
            request = read
        }
        if let manifest = json["manifest"], manifest != .null {
            guard let read = [SourceDeclaration](manifest["sources"]), manifest["digest"] == .string(read.digest) else {
                throw .damaged(path: path, reason: "what it says of its manifest cannot be read")
            }
            declarations = read
        }
    }
}
