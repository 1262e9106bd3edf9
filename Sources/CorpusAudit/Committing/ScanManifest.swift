import OrderedJSON

/// The work of a scan, by which a merge can see whether it is complete.
struct ScanManifest: SealedRecord {
    var settings: ScanSettings
    var task: ScanTask
    /// XXH3-128 of the paths of all tasks' shards, which separates the tasks of one scan from those of another.
    var corpus: String
    /// The declarations in the scan's manifest, if it had one, to compare with those of a merge.
    var manifest: SourceManifest?
    /// The shards of this task.
    var shards: [String]
    /// The files and objects that no task of the scan reads.
    var unread: Unread
    /// The arguments that selected the shards; `nil` if no command did.
    var request: CorpusRequest?
    /// The attempt at the task; or, if the documents came from memory, at the job that is the only shard here.
    var attempt: Int?
    var seal = ""

    /// The declarations in the scan's manifest; empty without one.
    var declarations: [SourceDeclaration] { manifest?.sources ?? [] }

    init(
        settings: ScanSettings, task: ScanTask = .whole, corpus: String = "", shards: [String],
        unread: Unread = Unread(), declarations: [SourceDeclaration] = [], request: CorpusRequest? = nil,
        attempt: Int? = nil
    ) {
        self.request = request
        self.settings = settings
        self.task = task
        self.corpus = corpus
        manifest = declarations.isEmpty ? nil : SourceManifest(declarations)
        self.shards = shards
        self.unread = unread
        self.attempt = attempt
    }

    static let format = "datawall-scan"
    static var blank: ScanManifest { ScanManifest(settings: .blank, shards: []) }
    static let fields = sealed(
        [
            .init("settings", \.settings, "What must be the same for runs to make one audit."),
            .init("task", \.task, "Which share of the shards this task takes, as i/n."),
            .init("corpus", \.corpus, "The digest of the paths of all tasks' shards; empty in a state folder."),
            .init("manifest", \.manifest, "What the scan's manifest says of sources; null without one."),
            .init(
                "request", \.request,
                "What was named to be scanned, for the made_by of the audit; null where no command named it."),
            .init("shards", \.shards, "The shards of this task."),
            .init("skipped", \.unread.skipped, "Files that no task reads, by kind."),
            .init("problems", \.unread.problems, "Paths that cannot be read."),
            .init(
                "attempt", \.attempt, "The attempt at the task, or at a job whose documents came from memory.", .count,
                presence: .writtenIfSet),
        ], seal: \.seal)

    static let schemaFile = schemaFile(
        of: "\(format)-\(RunCommit.version)", title: "the task of a scan",
        summary: "What a task of datawall scan sets out to read: task.json in its folder.")

    /// The digest of a corpus's shard paths, sorted and each ended by a zero byte.
    ///
    /// A listing's version of an object follows its path.
    static func digest(of shards: [Shard]) -> String {
        let paths = shards.map { shard in
            // Tasks whose listings name other versions of the objects are not of one scan.
            let version = [shard.object?.etag, shard.object?.version].compactMap(\.self).map { "\0" + $0 }
            return ByteName(shard.path + version.joined())
        }.sorted()
        return paths.flatMap { Array($0.text.utf8) + [0] }.withUnsafeBufferPointer { Fingerprint(of: $0).description }
    }
}

extension ScanTask: JSONSpelled {
    package static var spelling: String { "a task i/n" }
    package init?(spelled text: String) { self.init(text) }
}

extension ScanTask: CustomStringConvertible {
    /// The task as ``init(_:)`` reads it.
    public var description: String { "\(index)/\(count)" }
}
