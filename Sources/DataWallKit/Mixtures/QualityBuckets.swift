import CorpusAudit
import LawFitting
import TrainingPlanning

/// The quality buckets of one source, worst first, from an audit or a table.
public struct QualityBuckets: Sendable {
    /// What each bucket is called.
    public let names: [String]

    /// The unique tokens of each.
    public let tokens: [Double]

    /// Whether the tokens are estimates, as those of an audit without a vocabulary are.
    public let isEstimated: Bool

    /// Reads buckets.
    ///
    /// - Parameters:
    ///   - path: An audit, or a table with the columns `bucket` and `tokens`; `-` is standard input.
    ///   - source: The source whose buckets are meant, in an audit.
    /// - Throws: ``InputFailure`` with what is wrong, by row and column.
    public init(path: String, source: String?) throws(InputFailure) {
        let input = try InputFile(path: path, kind: "audit file or table")
        func fail(_ reason: String) -> InputFailure { InputFailure("\(path): \(reason)") }
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
                    "the audit knows of one quality in source '\(found.name)': audit it with --quality-key, so that its "
                        + "documents are told apart")
            }
            names = histogram.map { "\($0.from)–\($0.to)" }
            tokens = histogram.map { Double($0.uniqueTokens) }
            isEstimated = audit.tokenizer.isEstimate
            return
        }
        let text = try input.text(otherwise: "no table of buckets")
        do {
            let sheet = try SupplyTableReader.sheet(text)
            let header = sheet.header
            guard
                let name = header.firstIndex(where: { ["bucket", "vigintile", "quality"].contains($0.lowercased()) }),
                let count = header.firstIndex(where: {
                    ["tokens", "pool_tokens", "unique_tokens"].contains($0.lowercased())
                })
            else { throw SupplyTableError("needs the columns bucket and tokens, the worst bucket first") }
            var (names, tokens): ([String], [Double]) = ([], [])
            for row in sheet.rows {
                let cell = row.cells[count]
                guard let value = WrittenQuantity.value(of: cell), value >= 0, value.isFinite else {
                    throw SupplyTableError(
                        row: row.number, column: header[count],
                        "'\(cell)' is not a count of tokens, such as 25e9 or 25B")
                }
                names.append(row.cells[name])
                tokens.append(value)
            }
            guard !tokens.isEmpty else { throw SupplyTableError("holds no bucket") }
            self.names = names
            self.tokens = tokens
            isEstimated = false
        } catch let error as SupplyTableError {
            throw fail("\(error)")
        } catch { throw fail("\(error)") }
    }
}
