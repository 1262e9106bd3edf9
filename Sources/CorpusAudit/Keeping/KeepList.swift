public import OrderedJSON

/// The records of a corpus to keep: the content of `keep.json` and the files it names.
///
/// A file has one line for each record that is kept: its number in the shard, counted from 0, in decimal; lines ascend.
public struct KeepList: Sendable, Equatable {
    /// A shard and the file that names its records.
    public struct Shard: Sendable, Equatable {
        /// The shard's path as its scan lists it.
        public var shard: String
        /// Its size when it was scanned.
        public var bytes: Int
        /// XXH3-128 of the file when it was scanned.
        public var digest: Fingerprint
        /// Records with a text.
        public var documents: Int
        /// Records that are kept.
        public var kept: Int
        /// The file that names them, relative to the folder of `keep.json`.
        public var file: String
        /// The file of its documents, relative to the folder that documents were written to; `nil` if there is none.
        public var written: String?

        /// Creates an entry.
        public init(shard: String, bytes: Int, digest: Fingerprint, documents: Int, kept: Int, file: String) {
            self.shard = shard
            self.bytes = bytes
            self.digest = digest
            self.documents = documents
            self.kept = kept
            self.file = file
        }
    }

    /// The documents that were written.
    public struct Written: Sendable, Equatable {
        /// Files with documents.
        public var files = 0
        /// Documents in them.
        public var documents = 0
        /// Bytes of the files.
        public var bytes = 0
        /// Records on the list that could not be read, so that they are in no file.
        public var lost = 0
        /// Remarks on fields that the lines leave out, such as columns of a Parquet file.
        public var notes: [String] = []

        /// Creates an account of nothing.
        public init() {}
    }

    /// How many copies of a text are kept at most.
    public var copies: Int
    /// The number of shared bands (``NearMethod``) from which a document is a near copy and is not kept; `nil` where near
    /// copies are kept.
    public var nearThreshold: Int?
    /// The digest of the evaluation sets whose contaminating documents are not kept; `nil` keeps them.
    public var excludedBenchmarks: String?
    /// The normalisation of a text before comparison.
    public var normalization: String
    /// The sources in the order that decides ties, with the weights that decide ownership.
    public var sources: [SourceDeclaration]
    /// The shards, sorted by path.
    public var shards: [Shard]
    /// The documents that were written, if requested; `keep.json` does not contain this.
    public var written: Written?

    /// Creates a list.
    public init(
        copies: Int, nearThreshold: Int? = nil, excludedBenchmarks: String? = nil, normalization: String,
        sources: [SourceDeclaration], shards: [Shard]
    ) {
        self.copies = copies
        self.nearThreshold = nearThreshold
        self.excludedBenchmarks = excludedBenchmarks
        self.normalization = normalization
        self.sources = sources
        self.shards = shards
    }

    /// Records that are kept.
    public var kept: Int { shards.reduce(0) { $0 + $1.kept } }

    /// Records with a text.
    public var documents: Int { shards.reduce(0) { $0 + $1.documents } }
}

extension KeepList: JSONRecord {
    /// The format of `keep.json`.
    static let format = "datawall-keep"
    static let version = 1

    package static var blank: KeepList { KeepList(copies: 1, normalization: "none", sources: [], shards: []) }
    package static let fields: [JSONField<KeepList>] = [
        .init("format", constant: .string(format)),
        .init("version", constant: .integer(version)),
        .init(written: "datawall_version", { _ in DataWallVersion.current }, "The version that wrote the file."),
        .init("copies", \.copies, "How many copies of a text are kept at most.", .positive),
        .init(
            "near_threshold", \.nearThreshold,
            "The shared bands of \(NearMethod.name) from which a document is a near copy and is not kept.", .positive,
            presence: .writtenIfSet),
        .init(
            "without_benchmarks", \.excludedBenchmarks,
            "The digest of the evaluation sets that no kept document contaminates.", presence: .writtenIfSet),
        .init("normalization", \.normalization, "What was done to a text before it was compared."),
        .init(written: "documents", \.documents, "Records with a text."),
        .init(written: "kept", \.kept, "Records that are kept."),
        .init(
            "sources", \.weights, "The sources in the order that decides ties, with the weights that decide ownership."),
        .init("shards", \.shards, "The shards, sorted by path."),
        .init(
            "written", \.written, "The documents that were written; null without --write.",
            presence: .writtenIfSet),
    ]

    static let schemaFile = schemaFile(
        of: "\(format)-\(version)", title: "a list of records to keep",
        summary: "keep.json, which datawall keep writes: the records of each shard that stay.")

    /// A source with its weight.
    private struct Weight: JSONRecord {
        var name = ""
        var quality = 1.0

        static let blank = Weight()
        static let fields: [JSONField<Weight>] = [
            .init("name", \.name, "The source's name."), .init("quality", \.quality, "Its weight.", .notNegative),
        ]
    }

    private var weights: [Weight] {
        get { sources.map { Weight(name: $0.name, quality: $0.quality) } }
        set { sources = newValue.map { SourceDeclaration(name: $0.name, quality: $0.quality) } }
    }

    /// The content of `keep.json`.
    public var json: JSONValue { object }
}

extension KeepList.Shard: JSONRecord {
    package static var blank: KeepList.Shard {
        KeepList.Shard(shard: "", bytes: 0, digest: .zero, documents: 0, kept: 0, file: "")
    }
    package static let fields: [JSONField<KeepList.Shard>] = [
        .init("shard", \.shard, "The shard's path as its scan lists it."),
        .init("bytes", \.bytes, "Its size when it was scanned.", .count),
        .init("xxh3_128", \.digest, "XXH3-128 of the file when it was scanned."),
        .init("documents", \.documents, "Records with a text.", .count),
        .init("kept", \.kept, "Records that are kept.", .count),
        .init("file", \.file, "The file that names them, relative to the folder of keep.json."),
        .init(
            "written", \.written, "The file of its documents, relative to the folder that documents were written to.",
            presence: .writtenIfSet),
    ]
}

extension KeepList.Written: JSONRecord {
    package static let blank = KeepList.Written()
    package static let fields: [JSONField<KeepList.Written>] = [
        .init("files", \.files, "Files with documents.", .count),
        .init("documents", \.documents, "Documents in them.", .count),
        .init("bytes", \.bytes, "Bytes of the files.", .count),
        .init("lost_documents", \.lost, "Records on the list that could not be read.", .count),
        .init("notes", \.notes, "What the lines do not say of the records."),
    ]
}
