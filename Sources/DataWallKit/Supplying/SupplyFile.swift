public import CorpusAudit
public import DataMixing

/// A supply of data as it was read from a file: an audit, or a table of sources.
///
/// ```swift
/// let supply = try SupplyFile(path: "sources.csv").supply()
/// ```
public struct SupplyFile: Sendable {
    /// The kinds of content of a supply file.
    public enum Content: Sendable {
        /// An audit, with the digest that plans name it by.
        case audit(Audit, digest: String)

        /// A table of sources.
        case sources([SourceSupply])
    }

    /// Why a file gives no supply.
    public typealias Failure = InputFailure

    /// The file's path.
    public let path: String

    /// The file's content.
    public let content: Content

    /// The audit, if the file is one.
    public var audit: Audit? {
        if case .audit(let audit, _) = content { audit } else { nil }
    }

    /// The names of sources that own no unique token, and therefore get no weight in a mixture.
    public var emptySources: [String] {
        switch content {
        case .audit(let audit, _): audit.sources.filter { $0.ownedUniqueTokens == 0 }.map(\.name)
        case .sources(let sources): sources.filter { $0.uniqueTokens == 0 }.map(\.name)
        }
    }

    /// The digest of the audit file, if the file is one.
    public var auditDigest: String? {
        if case .audit(_, let digest) = content { digest } else { nil }
    }

    /// Whether its tokens are estimates: those of an audit without a vocabulary, or of a sample.
    public var isEstimated: Bool { audit?.tokenizer.isEstimate ?? false }

    /// Reads a file: an audit if it begins with a brace, else a table.
    ///
    /// - Parameter path: The path of the file; `-` is standard input.
    /// - Throws: ``Failure``.
    public init(path: String) throws(Failure) {
        let input = try InputFile(path: path, kind: "audit file or table")
        self.path = path
        guard !input.isBlank else { throw Failure(path, "the file is empty") }
        if input.isJSON || path.lowercased().hasSuffix(".json") {
            let file = try AuditFile(bytes: input.bytes, path: path)
            content = .audit(file.audit, digest: file.digest)
            return
        }
        do {
            content = .sources(try SupplyTableReader().read(input.bytes))
        } catch { throw Failure(path, "\(error)") }
    }

    /// The supply.
    ///
    /// - Parameters:
    ///   - treatment: The treatment of copies before training; a table has no copies.
    ///   - unique: Which tokens are unique.
    ///   - withoutContaminated: Whether documents that contain items of evaluation sets are left out.
    ///   - acceptsParts: Whether an audit of paragraphs or lines may be used as the supply.
    ///   - bytesPerToken: Bytes of text per token, for a table; an audit has its own.
    /// - Returns: The supply.
    /// - Throws: ``Failure`` for a file without unique tokens, and the `MixtureError`s of `DataSupply`.
    public func supply(
        as treatment: CopyTreatment = .dedup, unique: UniqueText = .exact, withoutContaminated: Bool = false,
        acceptsParts: Bool = false, bytesPerToken: Double? = nil
    ) throws -> DataSupply {
        switch content {
        case .audit(let audit, _):
            guard audit.totals.uniqueTokens > 0 else { throw nothing }
            return try DataSupply(
                audit, as: treatment, unique: unique, withoutContaminated: withoutContaminated,
                acceptsParts: acceptsParts)
        case .sources(let sources):
            guard unique == .exact else {
                throw MixtureError.contradiction(
                    "a table of sources says nothing of near copies: --unique near needs an audit --near")
            }
            guard !withoutContaminated else {
                throw MixtureError.contradiction(
                    "a table of sources says nothing of evaluation sets: --without-contaminated needs an audit "
                        + "--benchmarks")
            }
            guard treatment == .dedup else {
                throw MixtureError.contradiction(
                    "a table of sources says nothing of copies: --as is needs an audit, which counts them")
            }
            guard sources.contains(where: { $0.uniqueTokens > 0 }) else { throw nothing }
            return try DataSupply(sources: sources, bytesPerToken: bytesPerToken)
        }
    }

    private var nothing: Failure {
        Failure(path, "it holds no unique token, so there is nothing to plan with")
    }
}
