public import DataWallReports
import TrainingPlanning

/// All options of `datawall supplies`, which lists the public corpora with the largest model that each supports.
public struct SuppliesRequest: Sendable {
    /// Tokens per parameter used to compute the largest model that the data support.
    public var tokensPerParameter = DataWall.usualTokensPerParameter

    /// Creates a request.
    public init() {}

    /// Refuses a ratio that is not one.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        guard tokensPerParameter > 0, tokensPerParameter < .infinity else {
            throw RequestError("--tokens-per-parameter must be positive and finite.")
        }
    }

    /// Lists the corpora.
    ///
    /// - Throws: ``RequestError``.
    public func run() throws(RequestError) -> SupplyListing {
        try validate()
        return SupplyListing(tokensPerParameter: tokensPerParameter)
    }
}
