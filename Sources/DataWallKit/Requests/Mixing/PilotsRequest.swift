import DataMixing
public import DataWallReports
import Quantities

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

    /// The fewest tokens of a pilot; the loss of fewer says nothing of a mixture.
    private static let fewestTokens = 1e6

    /// Refuses numbers that no pilots can have, without reading any file.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try RequestError.refuse([
            RunLimits.rule("--tokens", tokens, RunLimits.tokens),
            (horizon == 1, "--horizon 1 makes every pilot as large as the run: give a smaller share, such as 1/16."),
            (
                horizon > 0 && horizon < 1 && horizon * tokens < Self.fewestTokens,
                "--horizon \(Quantity.exact(horizon)) leaves \(Quantity.short(horizon * tokens)) tokens for a pilot, and the "
                    + "loss of a run of less than 1M says nothing of a mixture: give a larger share."
            ),
        ])
    }

    /// Plans the pilots.
    ///
    /// - Parameter madeBy: The command line that makes the report again.
    /// - Returns: The report.
    /// - Throws: ``RequestError``, `InputFailure` for a file that cannot be used, `MixtureError` as `PilotPlan` does.
    public func run(madeBy: String? = nil) throws -> PilotReport {
        try validate()
        let file = try SupplyFile(path: supply)
        let data = try file.supply(acceptsParts: acceptsParts)
        return PilotReport(
            try PilotPlan(for: data, tokens: tokens, horizon: horizon, runs: runs, seed: seed),
            isEstimated: file.isEstimated, madeBy: madeBy)
    }
}
