/// How far the scans in some folders have come: their commits, even while a scan is still writing.
///
/// This locks and changes nothing, so it can be called at any time, on any machine that has access to the folders. Run
/// files are not opened; a merge checks them against their commits.
public struct ScanStatus: Sendable, Equatable {
    /// The states of a scan.
    public enum State: String, Sendable {
        /// All requested shards are committed.
        case complete
        /// Some shards are not committed: the scan is still running, or was stopped.
        case unfinished
        /// Its description, or one of its commits, cannot be read.
        case unreadable
    }

    /// A folder that one scan writes to: a task's, an attempt's, or a job's.
    public struct Scan: Sendable, Equatable {
        /// The folder.
        public var folder: String
        /// The share of the corpus's shards that it reads; `nil` for a job, or if it cannot be read.
        public var task: ScanTask?
        /// The attempt at the task or job, if there may be several.
        public var attempt: Int?
        /// The name of the job whose documents came from memory, if it is one.
        public var job: String?
        /// The state of the scan.
        public var state: State
        /// Whether it represents its task: a merge takes it, or would once it is complete.
        public var counts = false
        /// The number of requested shards.
        public var shards = 0
        /// Those whose end is committed.
        public var committedShards = 0
        /// Bytes of their files.
        public var committedBytes = 0
        /// Documents that are committed, of unfinished shards too.
        public var documents = 0
        /// Problems with the shards that are committed, notes among them.
        public var problems = 0
        /// Why it cannot be read, if so.
        public var fault: String?

        /// The work that several attempts share.
        fileprivate var work = ""
    }

    /// Tasks of one scan without a folder.
    public struct MissingTasks: Sendable, Equatable {
        /// How many tasks the scan has.
        public var count: Int
        /// The numbers of those that are missing.
        public var tasks: [Int]
    }

    /// The scans, in the order of the folders' names below each folder.
    public private(set) var scans: [Scan]
    /// The missing tasks, by scan.
    public private(set) var missing: [MissingTasks]

    /// Reads the status of scans in folders; those of several tasks are found below them.
    ///
    /// - Throws: ``RunError/noRuns(path:)`` for a folder in which no scan has begun.
    public init(of folders: [String]) throws(RunError) {
        var read: [(scan: Scan, manifest: ScanManifest?)] = []
        for folder in folders {
            for place in try CommittedRuns.scanFolders(in: folder) { read.append(Self.read(place)) }
        }
        scans = read.map(\.scan)
        // For each task the highest complete attempt, else the one that has come farthest.
        for places in Dictionary(grouping: scans.indices, by: { [scans] in scans[$0].work }).values {
            let rank = { [scans] (place: Int) -> (Int, Int, Int) in
                let scan = scans[place]
                let isComplete = scan.state == .complete
                return (isComplete ? 1 : 0, isComplete ? 0 : scan.committedShards, scan.attempt ?? 0)
            }
            if let first = places.max(by: { rank($0) < rank($1) }) { scans[first].counts = true }
        }
        let tasks = Dictionary(grouping: read.compactMap(\.manifest).filter { !$0.isOfJob }) {
            "\($0.corpus)/\($0.task.count)"
        }
        missing = tasks.sorted { $0.key < $1.key }.compactMap { _, siblings in
            let count = siblings[0].task.count
            let present = Set(siblings.map(\.task.index))
            let missing = (0..<count).filter { !present.contains($0) }
            return missing.isEmpty ? nil : MissingTasks(count: count, tasks: missing)
        }
    }

    /// Whether all shards are committed.
    public var isComplete: Bool { missing.isEmpty && counting.allSatisfy { $0.state == .complete } }

    /// The scans that represent their tasks.
    public var counting: [Scan] { scans.filter(\.counts) }

    /// Tasks and jobs, those that have not begun included.
    public var tasks: Int { counting.count + missing.reduce(0) { $0 + $1.tasks.count } }

    /// Adds up a count of the scans that represent their tasks.
    ///
    /// - Parameter count: The count.
    /// - Returns: The sum, at most 2⁶⁰, which only forged commits reach.
    public func sum(_ count: (Scan) -> Int) -> Int { counting.map(count).boundedSum }

    private static func read(_ folder: String) -> (Scan, ScanManifest?) {
        var scan = Scan(folder: folder, state: .unreadable, work: folder)
        var manifest: ScanManifest?
        do throws(RunError) {
            let asked = try ScanManifest(sealedFile: folder + "/task.json")
            manifest = asked
            scan.work = asked.work
            scan.attempt = asked.attempt
            if asked.isOfJob { scan.job = asked.shards.first } else { scan.task = asked.task }
            scan.shards = asked.shards.count
            var commits: [RunCommit] = []
            for name in ScanJournal.names(in: folder + "/commits", endingIn: ".json") {
                commits.append(try RunCommit(sealedFile: "\(folder)/commits/\(name)"))
            }
            scan.add(commits, of: asked)
        } catch { scan.fault = "\(error)" }
        return (scan, manifest)
    }
}

extension ScanStatus.Scan {
    fileprivate mutating func add(_ commits: [RunCommit], of manifest: ScanManifest) {
        let asked = Set(manifest.shards.map { ByteName($0) })
        let ended = commits.wholeReports.filter { asked.contains(ByteName($0.shard.path)) }
        let pieces = ShardReport.joinedShards(commits.flatMap(\.pieces)).others.values.flatMap { $0 }
        let parts = ShardPart.unfinished(in: commits).values.map(\.report) + pieces
        committedShards = Set(ended.map { ByteName($0.shard.path) }).count
        committedBytes = ended.map(\.identity.bytes).boundedSum
        documents = (ended + parts).flatMap(\.shares).map(\.documents).boundedSum
        problems = (ended + parts).flatMap { Array($0.problems.counts.values) }.boundedSum
        state = committedShards == shards ? .complete : .unfinished
    }
}

extension [Int] {
    /// The sum of counts, at most 2⁶⁰; no single count is larger, so no addition overflows.
    fileprivate var boundedSum: Int { reduce(0) { Swift.min($0 + $1, 1 << 60) } }
}
