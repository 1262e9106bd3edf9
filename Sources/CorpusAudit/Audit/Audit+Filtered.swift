package import OrderedJSON

extension Audit {
    /// Records of a source that a condition left out.
    public struct Filtered: Sendable, Equatable {
        /// The source.
        public var source = ""
        /// How many records; they are no documents of the audit.
        public var documents = 0
    }
}

extension Audit.Filtered: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("source", \.source, "The source.", .notEmpty),
        .init("documents", \.documents, "How many records --where left out. They are no documents.", .positive),
    ]
}
