/// Damage met so far: complete counts, and the first hundred of each shard in full.
struct ProblemLog: Sendable {
    static let listedPerShard = 100

    private(set) var counts: [ProblemKind: Int] = [:]
    private(set) var listed: [Problem] = []
    /// Records left out, and files that could not be read to their end.
    private(set) var lost = 0
    private var listedOfShard: [String: Int] = [:]

    mutating func add(_ problem: Problem) {
        counts[problem.kind, default: 0] += 1
        if problem.kind.losesRecord { lost += 1 }
        guard listedOfShard[problem.shard, default: 0] < Self.listedPerShard else { return }
        listedOfShard[problem.shard, default: 0] += 1
        listed.append(problem)
    }

    /// Takes over what another worker met.
    ///
    /// Shards of the two are disjoint.
    mutating func merge(_ other: ProblemLog) {
        counts.merge(other.counts, uniquingKeysWith: +)
        listedOfShard.merge(other.listedOfShard, uniquingKeysWith: +)
        listed += other.listed
        lost += other.lost
    }
}
