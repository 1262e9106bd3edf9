/// Damage and notes met so far: complete counts, and the first hundred of each shard in full, of kinds that may come with
/// every record one.
struct ProblemLog: Sendable {
    static let listedPerShard = 100

    private(set) var counts: [ProblemKind: Int] = [:]
    private(set) var listed: [Problem] = []
    private var listedOfShard: [ByteName: Int] = [:]
    /// Such kinds that are listed, by shard: what comes with every record must not hide damage.
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

    /// Takes over what was met later in the same shard.
    mutating func append(_ later: ProblemLog) {
        var counts = later.counts
        for problem in later.listed {
            counts[problem.kind, default: 1] -= 1
            add(problem)
        }
        // What is counted and not listed.
        self.counts.merge(counts.filter { $0.value > 0 }, uniquingKeysWith: +)
    }

    private static func listsOnce(_ kind: ProblemKind) -> Bool { kind.isNote || kind == .unusableQuality }

    /// Removes problems of a kind: what a scan noted for a merge to decide on.
    mutating func remove(_ kind: ProblemKind) {
        counts[kind] = nil
        listed.removeAll { $0.kind == kind }
    }

    /// Takes over what another worker met.
    ///
    /// Shards of the two are disjoint.
    mutating func merge(_ other: ProblemLog) {
        counts.merge(other.counts, uniquingKeysWith: +)
        listedOfShard.merge(other.listedOfShard, uniquingKeysWith: +)
        listedNotes.merge(other.listedNotes) { $0.union($1) }
        listed += other.listed
    }
}
