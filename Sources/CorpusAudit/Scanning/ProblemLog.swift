/// The problems so far: complete counts, and in full the first hundred of each shard; of kinds that may occur in every
/// record, one.
struct ProblemLog: Sendable {
    static let listedPerShard = 100

    private(set) var counts: [ProblemKind: Int] = [:]
    private(set) var listed: [Problem] = []
    private var listedOfShard: [ByteName: Int] = [:]
    /// The listed kinds that may occur in every record, by shard, so that they do not hide damage.
    private var listedNotes: [ByteName: Set<ProblemKind>] = [:]

    init() {}

    /// Takes up a log that was written down.
    init(counts: [ProblemKind: Int], listed: [Problem]) {
        self.counts = counts
        self.listed = listed
        for problem in listed {
            listedOfShard[ByteName(problem.shard), default: 0] += 1
            if Self.listsOnce(problem.kind) {
                listedNotes[ByteName(problem.shard), default: []].insert(problem.kind)
            }
        }
    }

    mutating func add(_ problem: Problem) {
        counts[problem.kind, default: 0] += 1
        if Self.listsOnce(problem.kind) {
            guard listedNotes[ByteName(problem.shard), default: []].insert(problem.kind).inserted else { return }
        }
        guard listedOfShard[ByteName(problem.shard), default: 0] < Self.listedPerShard else { return }
        listedOfShard[ByteName(problem.shard), default: 0] += 1
        listed.append(problem)
    }

    /// Adds later problems of the same shard.
    mutating func append(_ later: ProblemLog) {
        var counts = later.counts
        for problem in later.listed {
            counts[problem.kind, default: 1] -= 1
            add(problem)
        }
        // Problems that are counted but not listed.
        self.counts.merge(counts.filter { $0.value > 0 }, uniquingKeysWith: +)
    }

    private static func listsOnce(_ kind: ProblemKind) -> Bool { kind.isNote || kind == .unusableQuality }

    /// Removes problems of a kind, which a scan noted so that a merge can decide.
    mutating func remove(_ kind: ProblemKind) {
        counts[kind] = nil
        listed.removeAll { $0.kind == kind }
    }

    /// Adds the problems of another worker.
    ///
    /// The two must have different shards.
    mutating func merge(_ other: ProblemLog) {
        counts.merge(other.counts, uniquingKeysWith: +)
        listedOfShard.merge(other.listedOfShard, uniquingKeysWith: +)
        listedNotes.merge(other.listedNotes) { $0.union($1) }
        listed += other.listed
    }
}
