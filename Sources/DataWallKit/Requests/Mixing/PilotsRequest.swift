import DataMixing
public import DataWallReports

/// All options of `datawall pilots`, which designs small runs that find a mixture.
public struct PilotsRequest: Sendable {
    /// The path of an audit or a table of sources; `-` is standard input.
    public var supply: String

    /// Training tokens of the run that the pilots are for.
    public var tokens: Double

    /// The share of the tokens, and of every source, that a pilot has.
    public var horizon = 1.0 / 16

    /// The number of runs; `nil` for three for each coefficient of a mixing law.
    public var runs: Int?

    /// The seed of the spread of mixtures.
    public var seed: UInt64 = 1

    /// Whether an audit of paragraphs or lines may be the supply.
    public var acceptsParts = false

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - supply: The path of an audit or a table of sources.
    ///   - tokens: Training tokens of the run that the pilots are for.
    public init(supply: String, tokens: Double) {
        self.supply = supply
        self.tokens = tokens
    }

    /// Plans the pilots.
    ///
    /// - Parameter madeBy: The command line that makes the report again.
    /// - Returns: The report.
    /// - Throws: `InputFailure` for a file that cannot be used, `MixtureError` as `PilotPlan` does.
    public func run(madeBy: String? = nil) throws -> PilotReport {
        let file = try SupplyFile(path: supply)
        let data = try file.supply(acceptsParts: acceptsParts)
        return PilotReport(
            try PilotPlan(for: data, tokens: tokens, horizon: horizon, runs: runs, seed: seed),
            isEstimated: file.isEstimated, madeBy: madeBy)
    }
}
