/// The problems so far: complete counts, and in full the first hundred of each kind in each shard; of kinds that may occur
/// in every record, one.
struct ProblemLog: Sendable {
    private(set) var counts: [ProblemKind: Int] = [:]
    private(set) var listed: [Problem] = []
    /// How many are listed by shard and kind, so that none hides another one.
    private var listedOfShard: [ByteName: [ProblemKind: Int]] = [:]

    init() {}

    /// Takes up a log that was written down.
    init(counts: [ProblemKind: Int], listed: [Problem]) {
        self.counts = counts
        self.listed = listed
        for problem in listed { listedOfShard[ByteName(problem.shard), default: [:]][problem.kind, default: 0] += 1 }
    }

    mutating func add(_ problem: Problem) {
        counts[problem.kind, default: 0] += 1
        let known = listedOfShard[ByteName(problem.shard)]?[problem.kind] ?? 0
        guard known < Self.mostListed(problem.kind) else { return }
        listedOfShard[ByteName(problem.shard), default: [:]][problem.kind] = known + 1
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

    /// How many problems of a kind are listed for a shard.
    static func mostListed(_ kind: ProblemKind) -> Int { kind.isNote || kind == .unusableQuality ? 1 : 100 }

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
        listedOfShard.merge(other.listedOfShard) { $0.merging($1, uniquingKeysWith: +) }
        listed += other.listed
    }
}
