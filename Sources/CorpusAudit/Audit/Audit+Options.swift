public import OrderedJSON

extension Audit {
    /// The options that decide the counts of an audit.
    public struct Options: Sendable, Equatable {
        /// The normalisation of a unit before its fingerprint: `none`, or names joined by `+`.
        public var normalization = ""
        /// The SHA-256 of the manifest's file, or `nil` without one.
        public var manifestSHA256: String?
        /// The SHA-256 of the listing of objects, or `nil` without one.
        public var listingSHA256: String?
        /// How the shards of each source were read, by its name: one entry, or several if its shards differ.
        ///
        /// Empty for an audit of version 1 whose shards were not all read in the same way: it does not record how each
        /// was read.
        public var sources = JSONDictionary<[ShardSettings]>()

        /// Whether the shards contained token ids rather than text.
        public var holdsTokens: Bool {
            sources.contains { $0.value.contains { ShardFormat(name: $0.format)?.holdsTokens == true } }
        }
    }

    /// How a shard was read; only options that were set are present.
    public struct ShardSettings: Sendable, Equatable {
        /// The shard's format, such as `jsonl`, `txt-line` or `megatron`; `memory` for documents that a program pushed.
        public var format = ""
        /// The field that contains the text of a JSON record.
        public var textKey: String?
        /// Further fields, whose texts are joined to it.
        public var furtherTextKeys: [String] = []
        /// The condition that records fulfil.
        public var condition: String?
        /// The field that names a record's source.
        public var sourceKey: String?
        /// The field that contains a record's quality.
        public var qualityKey: String?
        /// How a score becomes a weight, such as `0:0.2,3:1`.
        public var qualityMap: String?

        /// The settings in words.
        var text: String {
            [
                format, textKey.map { "text_key \(([$0] + furtherTextKeys).joined(separator: " + "))" },
                condition.map { "where \($0)" }, sourceKey.map { "source_key \($0)" },
                qualityKey.map { "quality_key \($0)" }, qualityMap.map { "quality_map \($0)" },
            ].compactMap { $0 }.joined(separator: ", ")
        }
    }
}

extension Audit.Options: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init(
            "normalization", \.normalization,
            "The change to a unit before it is fingerprinted: none, or names joined by +."),
        .init(
            "manifest_sha256", \.manifestSHA256, "SHA-256 of the manifest's file, where there is one.",
            presence: .writtenIfSet),
        .init(
            "listing_sha256", \.listingSHA256, "SHA-256 of the listing of objects, where there is one.",
            presence: .writtenIfSet),
        .init("sources", \.sources, "How the shards of each source were read; several entries where they differ."),
    ]
}

extension Audit.ShardSettings: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("format", \.format, "The format; memory for documents that a program pushed."),
        .init("text_key", \.textKey, "The field that contains the text.", presence: .writtenIfSet),
        .init(
            "further_text_keys", \.furtherTextKeys, "Further fields, whose texts are joined to it.",
            presence: .writtenIfSet),
        .init("where", \.condition, "The condition that records fulfil.", presence: .writtenIfSet),
        .init("source_key", \.sourceKey, "The field that names the source.", presence: .writtenIfSet),
        .init("quality_key", \.qualityKey, "The field that contains the quality.", presence: .writtenIfSet),
        .init(
            "quality_map", \.qualityMap, "Lowest scores and their weights, as 0:0.2,3:1.", presence: .writtenIfSet),
    ]
}

extension Audit.ShardSettings {
    /// The settings that a report's shard was read with.
    init(_ report: ShardReport) {
        self.init(format: report.attempt == nil ? report.shard.format.description : "memory")
        guard report.attempt == nil, report.shard.format.hasFields else { return }
        let fields = report.shard.fields
        textKey = fields.text.description
        furtherTextKeys = fields.furtherTexts.map(\.description)
        condition = fields.condition?.description
        sourceKey = fields.source?.description
        qualityKey = fields.quality?.description
        qualityMap = fields.qualityMap?.description
    }
}
