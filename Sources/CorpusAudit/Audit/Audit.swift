public import OrderedJSON

/// The counts of a corpus: the content of an audit file.
///
/// Every count is an exact integer and depends only on the corpus. See ``Totals``, ``Source`` and ``Copies`` for their
/// meanings: `unique` counts each distinct text once, *owned* assigns a text that several sources share to one of them.
public struct Audit: Sendable, Equatable {
    /// The unit that is fingerprinted.
    public var level: Level
    /// Whether all that was named was read without damage: no problem, and nothing ``skipped`` that may hold data.
    public var isComplete: Bool
    /// The version of the program that made the audit.
    public var datawallVersion: String
    /// The `datawall audit` command that makes the same audit: its options in a fixed order, its paths as given.
    ///
    /// It is the same whether the audit was made by `audit` or by scans and merges. It is `nil` if no such command
    /// makes the audit: documents were pushed by a program, several streams were scanned, scans differ in their
    /// options, or the audit is of version 1.
    public var madeBy: String?
    /// The options that decide the counts.
    public var options: Options
    /// The tokenizer that counted the tokens.
    public var tokenizer: Tokenizer
    /// Sums over the corpus.
    public var totals: Totals
    /// The sources: in the manifest's order, else by name.
    public var sources: [Source]
    /// The overlap of pairs of sources.
    public var overlap: [Overlap]
    /// Distinct units by how often they occur in the corpus.
    public var copies: [Copies]
    /// Copies of the unit that occurs most often; `nil` if unknown.
    public var largestCopies: Int?
    /// The texts that occur most often, the most frequent first; `nil` if they were not requested.
    public var topCopies: [TopCopy]?
    /// The documents that remain without near copies; `nil` if these were not sought.
    public var nearDuplicates: NearDuplicates?
    /// The items of evaluation sets in the corpus; `nil` if no sets were searched for.
    public var contamination: Contamination?
    /// Damage by kind, sorted by name; complete.
    public var problemCounts: [ProblemCount]
    /// Damage in full: the first 100 of each kind in a shard, and 1,000 in all, among them the first of each kind.
    public var problems: [Problem]
    /// Files under the named paths that were not read, by kind and sorted by it.
    public var skipped: [Skipped] = []
    /// Records that a condition (`--where`) left out, by source; sources without any are not listed.
    public var filtered: [Filtered] = []
    /// Whether ``skipped`` lists all files that were not read; datawall 0.1 skipped some without listing them.
    public var listsSkippedFiles = true
    /// The shards that were read.
    public var inputs: [Input]

    /// The same corpus by each further tokenizer: the audit that it would have given by itself.
    ///
    /// Plans use the counts of this audit's own ``tokenizer``, the first that was named. Each has the same ``madeBy``.
    public var byFurtherTokenizer: [Audit] = []

    /// Problems an audit file lists at most.
    public static let listedProblems = 1_000

    /// The kind of unit.
    public enum Level: String, Sendable, CaseIterable, JSONRepresentable {
        /// The whole text of a record.
        case document
        /// A run of lines that are not blank; a blank line has nothing before its line end.
        case paragraph
        /// A line, without the LF or CRLF that ends it.
        case line
    }

    /// Damage of one kind.
    public struct ProblemCount: Sendable, Equatable {
        /// The kind.
        public var kind: ProblemKind
        /// The number of occurrences.
        public var count: Int

        /// Creates a count.
        public init(kind: ProblemKind, count: Int) {
            self.kind = kind
            self.count = count
        }
    }

    /// The share of records that were damaged, whether they were lost or mended.
    ///
    /// A file that cannot be read to its end counts as one record. Files that were not opened are no records:
    /// ``skipped`` counts them. Notes are no damage; see ``ProblemKind/isNote``.
    public var damagedShare: Double {
        Self.damagedShare(problemCounts.map { ($0.kind, $0.count) }, documents: totals.documents)
    }

    /// The share of records that were damaged, from counts of damage by kind and the documents that count.
    static func damagedShare(_ counts: [(kind: ProblemKind, count: Int)], documents: Int) -> Double {
        let read = counts.filter { !$0.kind.isUnreadFile && !$0.kind.isNote }
        let damaged = read.reduce(0) { $0 + $1.count }
        let lost = read.reduce(0) { $1.kind.losesRecord ? $0 + $1.count : $0 }
        return damaged == 0 ? 0 : min(1, Double(damaged) / Double(documents + lost))
    }
}
