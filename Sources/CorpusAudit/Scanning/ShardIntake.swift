/// The damage of one shard, gathered while it is read.
struct ShardProblems {
    private let shard: String
    private let isStrict: Bool
    private(set) var log = ProblemLog()

    init(of shard: Shard, options: AuditOptions) {
        self.shard = shard.path
        isStrict = options.isStrict
    }

    /// Takes a problem down; throws it in a strict audit.
    mutating func add(
        _ kind: ProblemKind, record: Int?, at offset: Int?, _ message: String
    ) throws(CorpusError) {
        let problem = Problem(shard: shard, record: record, byteOffset: offset, kind: kind, message: message)
        if isStrict { throw .damaged(problem) }
        log.add(problem)
    }

    /// The report of a shard that could not be read at all.
    func report(ofUnread shard: Shard, wasRead: Bool) -> ShardReport {
        // An empty file is read to its end: it is an input, of nothing.
        ShardReport(
            shard: shard,
            identity: FileIdentity(path: shard.location) ?? FileIdentity(bytes: 0, modified: 0, inode: 0),
            digest: Fingerprint(of: UnsafeBufferPointer(start: nil, count: 0)), problems: log, wasRead: wasRead)
    }
}
