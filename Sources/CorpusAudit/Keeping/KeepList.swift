public import OrderedJSON

/// Which records of a corpus to keep: what `keep.json` says, beside the files it names.
///
/// A file has one line a record that is kept: its number in the shard, counted from 0, in decimal; lines ascend.
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

    /// How many copies of a text are kept at most.
    public var copies: Int
    /// What was done to a text before it was compared.
    public var normalization: String
    /// The sources in the order that decides ties, with the weights that decide ownership.
    public var sources: [SourceDeclaration]
    /// The shards, sorted by path.
    public var shards: [Shard]

    /// Creates a list.
    public init(copies: Int, normalization: String, sources: [SourceDeclaration], shards: [Shard]) {
        self.copies = copies
        self.normalization = normalization
        self.sources = sources
        self.shards = shards
    }

    /// Records that are kept.
    public var kept: Int { shards.reduce(0) { $0 + $1.kept } }

    /// Records with a text.
    public var documents: Int { shards.reduce(0) { $0 + $1.documents } }

    /// The content of `keep.json`.
    public var json: JSONValue {
        .object([
            "format": "datawall-keep",
            "version": 1,
            "datawall_version": .string(DataWallVersion.current),
            "copies": .integer(copies),
            "normalization": .string(normalization),
            "documents": .integer(documents),
            "kept": .integer(kept),
            "sources": .array(
                sources.map { .object(["name": .string($0.name), "quality": .number($0.quality)]) }),
            "shards": .array(
                shards.map { shard in
                    .object([
                        "shard": .string(shard.shard), "bytes": .integer(shard.bytes),
                        "xxh3_128": .string(shard.digest.description), "documents": .integer(shard.documents),
                        "kept": .integer(shard.kept), "file": .string(shard.file),
                    ])
                }),
        ])
    }
}
