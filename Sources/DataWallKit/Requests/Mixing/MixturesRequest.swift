import DataMixing
public import DataWallReports

/// All options of `datawall mixtures` for one mixture, which checks whether its table agrees with itself.
public struct MixturesRequest: Sendable {
    /// The name of a published mixture, or the path of a table; `-` is standard input.
    public var mixture: String

    /// The length of the training stream, in the unit of the pools of a table.
    public var budget: Double?

    /// Reports sources that are read more often.
    public var maxEpochs: Double?

    /// Creates a request.
    ///
    /// - Parameter mixture: The name of a published mixture, or the path of a table.
    public init(mixture: String) { self.mixture = mixture }

    private var isFile: Bool { mixture == "-" || mixture.contains("/") || mixture.contains(".") }

    /// Refuses values that have no effect.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        guard isFile || budget == nil else {
            throw RequestError("A published mixture has its own budget: leave out --budget, or name a table.")
        }
    }

    /// Checks the mixture.
    ///
    /// - Returns: The report; its findings are contradictions.
    /// - Throws: `LawError.unknownName` for an unknown name, ``InputFailure`` for a table that cannot be read.
    public func run() throws -> MixtureTableReport {
        try validate()
        guard isFile else {
            let published = try PublishedMixture.named(mixture)
            return MixtureTableReport(published.table, title: published.source, cap: maxEpochs)
        }
        let bytes = try InputFile(path: mixture, kind: "table of a mixture").bytes
        let table = try InputFailure.naming(mixture) {
            try MixtureTableReader().read(bytes, budget: budget)
        }
        return MixtureTableReport(table, title: mixture == "-" ? "standard input" : mixture, cap: maxEpochs)
    }
}
