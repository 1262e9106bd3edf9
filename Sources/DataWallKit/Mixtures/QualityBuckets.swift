import CorpusAudit
import Foundation
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
    /// - Throws: `SupplyFile.Failure` with what is wrong, by row and column.
    public init(path: String, source: String?) throws(SupplyFile.Failure) {
        func fail(_ reason: String, isMissing: Bool = false) -> SupplyFile.Failure {
            SupplyFile.Failure(description: "\(path): \(reason)", isInputMissing: isMissing)
        }
        let data: Data
        do {
            data =
                path == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw fail(exists ? "the file cannot be read" : "there is no such audit file or table", isMissing: true)
        }
        let bytes = Array(data)
        if bytes.first(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }) == UInt8(ascii: "{") {
            let audit: Audit
            do {
                audit = try Audit(parsing: bytes)
            } catch { throw fail("\(error)") }
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
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fail("the table is not UTF-8 text") }
        do {
            let sheet = try SupplyTableReader.sheet(text)
            let (header, rows) = (sheet.header, sheet.rows)
            guard
                let name = header.firstIndex(where: { ["bucket", "vigintile", "quality"].contains($0.lowercased()) }),
                let count = header.firstIndex(where: {
                    ["tokens", "pool_tokens", "unique_tokens"].contains($0.lowercased())
                })
            else { throw SupplyTableError("needs the columns bucket and tokens, the worst bucket first") }
            var (names, tokens): ([String], [Double]) = ([], [])
            for (index, cells) in rows.enumerated() where !cells.allSatisfy(\.isEmpty) {
                guard cells.count == header.count, let value = WrittenQuantity.value(of: cells[count]), value >= 0,
                    value.isFinite
                else {
                    throw SupplyTableError(
                        row: index + 1, column: header[count], "it is not a count of tokens, such as 25e9 or 25B")
                }
                names.append(cells[name])
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
