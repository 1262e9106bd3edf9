import OrderedJSON

/// The footer after the records of a run file.
struct RunFooter: JSONRecord, Equatable {
    var recordCount = 0
    /// The origins by number.
    var origins: [RunOrigin] = []

    static let blank = RunFooter()
    static let fields: [JSONField<RunFooter>] = [
        .init("format", constant: "datawall-run"),
        .init("records", \.recordCount, "How many records there are.", .count),
        .init("origins", \.origins, "Where records come from, by the number that they have for it."),
    ]

    static let schemaFile = schemaFile(
        of: "datawall-run-2", title: "the footer of a run of datawall",
        summary: "The footer after the records of a run file that datawall scan writes.")
}

extension RunOrigin: JSONRecord {
    static let blank = RunOrigin(source: ByteName(""), shard: ByteName(""))
    static let fields: [JSONField<RunOrigin>] = [
        .init("source", \.source, "A source."), .init("shard", \.shard, "The shard it is in."),
    ]
}

extension ByteName: JSONSpelled {
    static var spelling: String { "a name" }
    var description: String { text }
    init?(spelled text: String) { self.init(text) }
}
