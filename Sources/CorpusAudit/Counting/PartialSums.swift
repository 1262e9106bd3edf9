package import OrderedJSON

/// The sums of some partitions of the runs of a corpus: what one of several processes that share a merge writes.
///
/// The file holds integers alone, and the digest of the runs and weights they come from; parts add up to what one
/// process would have found.
public struct PartialSums: Sendable {
    /// The partitions.
    public private(set) var partitions: PartitionRange
    /// XXH3-128 of the seals of the runs' commits, and of the sources' order, weights and quality maps.
    var corpus: String
    /// The sums by each tokenizer.
    var sums: [AuditSums]
    /// The seal of the file that tells which texts of clusters the partitions hold, where near copies are sought.
    var owners: String?
    /// The version of datawall whose sums they are; none of another are added to them.
    private var version = DataWallVersion.current
    var seal = ""

    init(partitions: PartitionRange, corpus: String, sums: [AuditSums], owners: String? = nil) {
        self.owners = owners
        self.partitions = partitions
        self.corpus = corpus
        self.sums = sums
    }

    /// The text of the file.
    package var text: String { sealedText }

    /// Writes the file, whole or not at all.
    ///
    /// - Parameter path: The file; one that is there is replaced.
    /// - Throws: ``RunError/cannotWrite(path:reason:)``.
    public func write(to path: String) throws(RunError) { try SystemFile.replace(path, with: text) }

    /// Reads a file.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``RunError`` where it is not there, damaged or of another version, by name.
    public init(reading path: String) throws(RunError) {
        guard FileIdentity(path: path) != nil else { throw .cannotRead(path: path, reason: "there is no such file") }
        do throws(RunError) {
            try self.init(sealedFile: path)
        } catch .damaged(_, let reason) {
            throw .unsuitable(path: path, reason: "\(reason); make it again with merge --partitions")
        } catch .otherVersion(_, let version) {
            throw .unsuitable(
                path: path, reason: "it is of format version \(version); make it again with merge --partitions")
        }
        guard version == DataWallVersion.current else {
            throw .unsuitable(
                path: path,
                reason: "it was made by another datawall than this one, \(DataWallVersion.current); make it again")
        }
    }

    /// What tells runs, and the order and weights of sources, from any others.
    static func digest(of runs: CommittedRuns, plan: OriginPlan) -> String {
        let names = zip(plan.sourceNames, plan.sourceWeights).map { name, weight in
            "\(name)\u{0}\(weight)\u{0}\(plan.declaredMap(of: name)?.description ?? "")\u{0}"
        }
        let maps = runs.reports.map { ($0.shard.fields.qualityMap?.description ?? "") + "\u{0}" }
        let text = maps.joined() + runs.seals.map { $0 + "\u{0}" }.joined() + "\u{0}" + names.joined()
        return Array(text.utf8).withUnsafeBufferPointer { Fingerprint(of: $0).description }
    }

    /// Adds partial sums up.
    ///
    /// Throws ``RunError`` where one is of other runs, or where partitions are missing or doubled.
    static func sums(
        _ parts: [(path: String, part: PartialSums)], corpus: String, tokenizers: Int, sources: Int,
        shards: Int, benchmarks: BenchmarkSets? = nil
    ) throws(RunError) -> [AuditSums] {
        let sorted = parts.sorted { $0.part.partitions.first < $1.part.partitions.first }
        guard let first = sorted.first else { throw .noRuns(path: "nothing") }
        var added = first.part.sums.map { sum in
            AuditSums(sourceCount: sources, topCopies: sum.topCopies.limit)
        }
        var next = 0
        var before = first.path
        for (path, part) in sorted {
            guard part.corpus == corpus else {
                throw .differentOptions(
                    path: path, reason: "other runs, or sources of another order, weight or quality map")
            }
            guard part.sums.count == tokenizers, added.count == tokenizers else {
                throw .damaged(path: path, reason: "it has the sums of another number of tokenizers")
            }
            for sum in part.sums {
                guard sum.sources.count == sources,
                    sum.topCopies.sorted.allSatisfy({ $0.rank < sources * shards })
                else { throw .damaged(path: path, reason: "it has the sums of other sources or shards") }
            }
            guard part.sums.allSatisfy({ $0.topCopies.limit == added[0].topCopies.limit }) else {
                throw .differentOptions(path: path, reason: "another --top-copies than in \(first.path)")
            }
            for case let found? in part.sums.map(\.contamination) {
                guard let benchmarks, found.fits(benchmarks) else {
                    throw .damaged(path: path, reason: "it has the sums of other evaluation sets")
                }
            }
            let range = part.partitions
            guard range.first >= next else {
                throw .unsuitable(path: path, reason: "its partitions \(range) are in \(before) too")
            }
            guard range.first == next else { throw Self.missing(next, range.first - 1, beside: path) }
            for (index, sum) in part.sums.enumerated() {
                guard added[index].magnitude + sum.magnitude < 1 << 62 else {
                    throw .damaged(path: path, reason: "with the others it adds up to more than can be")
                }
                added[index].merge(sum)
            }
            next = range.last + 1
            before = path
        }
        guard next == PartitionRange.count else { throw Self.missing(next, PartitionRange.count - 1, beside: before) }
        return added
    }

    private static func missing(_ first: Int, _ last: Int, beside path: String) -> RunError {
        .unsuitable(
            path: path,
            reason:
                "the partitions \(first)-\(last) are in no file next to it; `merge --partitions \(first)-\(last)` makes "
                + "one")
    }
}

extension PartialSums: SealedRecord {
    static let format = "datawall-partial"
    package static var blank: PartialSums { PartialSums(partitions: .all, corpus: "", sums: []) }
    package static let fields = sealed(
        [
            .init("datawall_version", \.version, "The version of datawall that the sums belong to."),
            .init("partitions", \.partitions, "The partitions of fingerprints that were reduced."),
            .init("corpus", \.corpus, "The digest of the runs, and of the order, weights and maps of sources."),
            .init(
                "owners", \.owners, "The digest of the near passes' file that belongs to these sums.",
                presence: .writtenIfSet),
            .init("tallies", \.sums, "The sums by each tokenizer.", .notEmpty),
        ], seal: \.seal)

    static let schemaFile = schemaFile(
        of: "\(format)-\(RunCommit.version)", title: "the sums of some partitions",
        summary: "What datawall merge --partitions writes, for merge --partials of the same version to add up.")
}

extension PartitionRange: JSONSpelled {
    package static var spelling: String { "a range of partitions such as 0-1023" }
    package init?(spelled text: String) { self.init(text) }
}
