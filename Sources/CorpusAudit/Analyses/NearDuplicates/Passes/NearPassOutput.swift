import OrderedJSON

/// The record that makes the output of a pass valid: a small file next to its runs, with their content and origin.
struct NearPassOutput: SealedRecord {
    /// The pass, or ``NearPass/owners``.
    var pass = ""
    var partitions = PartitionRange.all
    /// XXH3-128 of the seals of the scans' commits; of owners, of the order and weights of sources as well.
    var corpus = ""
    /// XXH3-128 of the seals of the outputs that it was made from.
    var madeFrom = ""
    var kinds: [RunCommit.KindRuns] = []
    var buckets = NearBuckets()
    var clusters: [ClusterRow] = []
    var largestCluster = 0
    var seal = ""

    /// Clusters of some size.
    struct ClusterRow: JSONRecord {
        var bucket = 0
        var clusters = 0
        var units = 0

        static let blank = ClusterRow()
        static let fields: [JSONField<ClusterRow>] = [
            .init("bucket", \.bucket, "The place among sizes of 1, 2, 3–4, 5–8 texts and so on.", .count),
            .init("clusters", \.clusters, "Clusters of such a size.", .count),
            .init("units", \.units, "Their texts.", .count),
        ]

        func check(at place: JSONPlace) throws(JSONPathError) {
            guard bucket < 63 else { throw place.failure("has a size that no cluster can have") }
        }
    }

    static let format = "datawall-near-pass"
    static let blank = NearPassOutput()
    static let fields = sealed(
        [
            .init(written: "datawall_version", { _ in DataWallVersion.current }, "The version that wrote the file."),
            .init("pass", \.pass, "pairs, counts, copies or owners."),
            .init("partitions", \.partitions, "The partitions that were worked on."),
            .init("corpus", \.corpus, "The digest of the runs; of owners, also of the order and weights of sources."),
            .init("made_from", \.madeFrom, "The digest of the outputs of the pass before.", presence: .writtenIfSet),
            .init("kinds", \.kinds, "The run files, by kind of entries.", presence: .writtenIfSet),
            .init(
                "capped_buckets", \.buckets.cappedBuckets, "Buckets with more texts than each is compared with.",
                .count, presence: .writtenIfSet),
            .init(
                "uncompared_pairs", \.buckets.uncomparedPairs, "Pairs in them that were not compared.", .count,
                presence: .writtenIfSet),
            .init(
                "largest_bucket", \.buckets.largestBucket, "Texts of the largest bucket.", .count,
                presence: .writtenIfSet),
            .init("clusters", \.clusters, "Clusters by their number of texts.", presence: .writtenIfSet),
            .init(
                "largest_cluster", \.largestCluster, "Texts of the largest cluster.", .count, presence: .writtenIfSet),
        ], seal: \.seal)

    static let schemaFile = schemaFile(
        of: "\(format)-\(RunCommit.version)", title: "the output of a pass over near copies",
        summary: "Names the run files of some partitions; datawall merge --near-pass writes it.")
}
