import CorpusAudit
import Tables

/// The quality buckets of one source, worst first, from an audit or a table.
public struct QualityBuckets: Sendable {
    /// The name of each bucket.
    public let names: [String]

    /// The unique tokens of each.
    public let tokens: [Double]

    /// Whether the tokens are estimates, as in an audit without a vocabulary.
    public let isEstimated: Bool

    /// Reads buckets.
    ///
    /// - Parameters:
    ///   - path: An audit, or a table with the columns `bucket` and `tokens`; `-` is standard input. A table's buckets
    ///     are sorted by its column `quality` if that contains numbers; else they keep the order of the rows, the worst
    ///     first.
    ///   - source: The source whose buckets to use, in an audit.
    /// - Throws: ``InputFailure`` that says what is wrong, by row and column.
    public init(path: String, source: String?) throws(InputFailure) {
        let input = try InputFile(path: path, kind: "audit file or table")
        func fail(_ reason: String) -> InputFailure { InputFailure(path, reason) }
        if input.isJSON {
            let audit = try AuditFile(bytes: input.bytes, path: path).audit
            let known = audit.sources.map(\.name)
            guard let found = source.map({ name in audit.sources.first { $0.name == name } }) ?? audit.sources.first,
                source != nil || audit.sources.count == 1
            else {
                throw fail(
                    "name the source whose quality buckets are meant with --source: \(known.joined(separator: ", "))")
            }
            let histogram = found.qualityHistogram.sorted { $0.from < $1.from }
            guard histogram.count > 1 else {
                throw fail(
                    "the audit has one quality for source '\(found.name)': audit it with --quality-key to distinguish its documents"
                )
            }
            names = histogram.map { "\($0.from)–\($0.to)" }
            tokens = histogram.map { Double($0.uniqueTokens) }
            isEstimated = audit.tokenizer.isEstimate
            return
        }
        do throws(TableError) {
            let table = try QualityBucketTable(parsing: input.bytes)
            names = table.names
            tokens = table.tokens
            isEstimated = false
        } catch { throw fail("\(error)") }
    }
}
