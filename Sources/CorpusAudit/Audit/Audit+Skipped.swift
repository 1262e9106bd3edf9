package import OrderedJSON

extension Audit {
    /// Files of one kind under the named paths that were not read.
    public struct Skipped: Sendable, Equatable {
        /// The kind of the files, or the reason why they were not read: `parquet`, `hidden`, `duplicate`.
        public var kind = ""
        /// One sentence that says why files of this kind are not read, and what to do.
        public var reason = ""
        /// How many files; a folder or link that was not entered counts as one.
        public var files = 0
        /// Their size on disk.
        public var bytes = 0
        /// Whether training data may have been missed; if so, the audit is not complete.
        public var mayHoldData = false
        /// The first paths, sorted by their bytes; at most ``listedExamples``.
        public var examples: [String] = []

        /// Paths that are kept of each kind.
        public static let listedExamples = 3
    }

    /// The warning for an audit that does not list the files that were not read.
    public static let unlistedFiles =
        "The audit is of version 1: datawall 0.1 did not list the files it skipped, so the corpus may be larger. Audit again "
        + "to be sure."

    /// Files that were not read and may hold data: the reason why an audit without damage is not complete.
    public var unread: [Skipped] { skipped.filter(\.mayHoldData) }
}

extension Audit.Skipped: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("kind", \.kind, "The kind of the files or the reason, such as parquet or hidden.", .notEmpty),
        .init("reason", \.reason, "One sentence: why files of this kind are not read, and what to do."),
        .init("files", \.files, "How many files. A folder or link that is not entered counts as one.", .positive),
        .init("bytes", \.bytes, "Their size on disk.", .notNegative),
        .init(
            "may_hold_data", \.mayHoldData, "Whether training data may have been missed; if so, complete is false."),
        .init("examples", \.examples, "The first paths, sorted by their bytes.", .notEmpty),
    ]
}

extension [Audit.Skipped] {
    /// The number of files of all kinds.
    public var fileCount: Int { Self.sum(map(\.files)) }

    /// A sum that stops at the largest number, since counts may come from a forged file.
    private static func sum(_ counts: [Int]) -> Int {
        counts.reduce(0) { $0.addingReportingOverflow($1).overflow ? .max : $0 + $1 }
    }

    /// Adds up the skipped files of several scans, sorted by kind.
    static func sum(_ lists: [Self]) -> Self {
        merged(lists) { kinds in
            var sum = kinds[0]
            sum.files = Self.sum(kinds.map(\.files))
            sum.bytes = Self.sum(kinds.map(\.bytes))
            return sum
        }
    }

    /// Returns the largest entry of each kind: tasks of one scan list the same files, unless these change meanwhile.
    static func largest(_ lists: [Self]) -> Self {
        merged(lists) { kinds in
            var largest = kinds[0]
            largest.files = kinds.reduce(0) { Swift.max($0, $1.files) }
            largest.bytes = kinds.reduce(0) { Swift.max($0, $1.bytes) }
            return largest
        }
    }

    private static func merged(_ lists: [Self], _ combine: (Self) -> Audit.Skipped) -> Self {
        Dictionary(grouping: lists.joined(), by: \.kind).sorted { $0.key < $1.key }.map { _, kinds in
            var entry = combine(kinds)
            let examples = Set(kinds.flatMap(\.examples).map { ByteName($0) }).sorted().map(\.text)
            entry.examples = Array<String>(examples.prefix(Audit.Skipped.listedExamples))
            return entry
        }
    }
}
