extension Audit {
    /// Files of one kind under the named paths that were not read.
    public struct Skipped: Sendable, Equatable {
        /// What the files are, or why they were not read: `parquet`, `hidden`, `duplicate`.
        public var kind: String
        /// One sentence: why files of this kind are not read, and what to do.
        public var reason: String
        /// How many files; a folder or link that was not entered counts as one.
        public var files: Int
        /// Their size on disk.
        public var bytes: Int
        /// Whether training data may have been missed; if so, the audit is not complete.
        public var mayHoldData: Bool
        /// The first paths, sorted by their bytes; at most ``listedExamples``.
        public var examples: [String]

        /// Paths that are kept of each kind.
        public static let listedExamples = 3

        /// Creates an entry.
        public init(
            kind: String, reason: String, files: Int, bytes: Int, mayHoldData: Bool, examples: [String]
        ) {
            self.kind = kind
            self.reason = reason
            self.files = files
            self.bytes = bytes
            self.mayHoldData = mayHoldData
            self.examples = examples
        }
    }

    /// Files that were not read and may hold data: the reason why an audit without damage is not complete.
    public var unread: [Skipped] { skipped.filter(\.mayHoldData) }
}

extension [Audit.Skipped] {
    /// How many files there are of all kinds.
    public var fileCount: Int { Self.sum(map(\.files)) }

    /// A sum that stops at the largest number, since counts may come from a forged file.
    private static func sum(_ counts: [Int]) -> Int {
        counts.reduce(0) { $0.addingReportingOverflow($1).overflow ? .max : $0 + $1 }
    }

    /// Adds up what several scans skipped, sorted by kind.
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
