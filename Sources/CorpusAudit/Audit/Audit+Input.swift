package import OrderedJSON

extension Audit {
    /// A shard that was read.
    public struct Input: Sendable, Equatable {
        /// Its path as it was named.
        public var shard = ""
        /// The sources of its records: one, or several where records name their own.
        public var sources: [String] = []
        /// The file's size.
        public var bytes = 0
        /// XXH3-128 of the file.
        public var digest = Fingerprint.zero
        /// The store's tag of the content, from a listing; `nil` for a file, or if the listing had none.
        public var etag: String?
        /// Records with a text.
        public var documents = 0
        /// The row groups of a Parquet file.
        public var rowGroups: Int?
        /// How the texts of a Parquet file are compressed, in the format's own words.
        public var codecs: [String] = []
    }
}

extension Audit.Input: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("shard", \.shard, "The shard's path as it was named."),
        .init("source", \.names, "Its source, or a list where records name their own."),
        .init("bytes", \.bytes, "The file's size.", .notNegative),
        .init("xxh3_128", \.digest, "XXH3-128 of the file."),
        .init(
            "etag", \.etag, "The store's tag of the object's content, by the listing of objects.",
            presence: .writtenIfSet),
        .init("documents", \.documents, "Records with a text.", .notNegative),
        .init("row_groups", \.rowGroups, "The row groups of a Parquet file.", .notNegative, presence: .writtenIfSet),
        .init(
            "codecs", \.codecs, "How the texts of a Parquet file are compressed.", presence: .writtenIfSet),
    ]

    /// A name, or a list of any other number of them.
    private struct Names: JSONRepresentable {
        var names: [String]

        init(_ names: [String]) { self.names = names }

        init(at place: JSONPlace) throws(JSONPathError) {
            if case .string(let name) = place.value { names = [name] } else { names = try [String](at: place) }
        }

        var json: JSONValue { names.count == 1 ? .string(names[0]) : names.json }

        static var schema: [JSONMember] {
            [
                JSONMember(key: "type", value: ["string", "array"]),
                JSONMember(key: "items", value: .object(String.schema)),
            ]
        }
    }

    private var names: Names {
        get { Names(sources) }
        set { sources = newValue.names }
    }
}
