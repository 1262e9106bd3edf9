public import DataMixing
public import DataWallReports

/// All options of `datawall upsample`, which computes how often to read each quality bucket of one source.
public struct UpsampleRequest: Sendable {
    /// The path of an audit, or of a table of buckets; `-` is standard input.
    public var buckets: String

    /// The source whose buckets are meant, in an audit.
    public var source: String?

    /// The tokens to draw from the source.
    public var tokens: Double

    /// The most passes over the best bucket.
    public var maxFactor = QualityUpsampling.defaultCap

    /// The share of the tokens, the worst, to leave out at most.
    public var discard = QualityUpsampling.defaultDiscard

    /// The shape of the curve.
    public var shape = UpsamplingShape.power

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - buckets: The path of an audit, or of a table of buckets.
    ///   - tokens: The tokens to draw from the source.
    public init(buckets: String, tokens: Double) {
        self.buckets = buckets
        self.tokens = tokens
    }

    /// Chooses the factors.
    ///
    /// - Parameter madeBy: The command line that makes the report again.
    /// - Returns: The report.
    /// - Throws: `InputFailure` for a file that cannot be used, `MixtureError` as `QualityUpsampling` does.
    public func run(madeBy: String? = nil) throws -> UpsamplingReport {
        let read = try QualityBuckets(path: buckets, source: source)
        let problem = try QualityUpsampling(bucketTokens: read.tokens, cap: maxFactor, discard: discard, shape: shape)
        return UpsamplingReport(
            problem, try problem.solved(for: tokens), names: read.names, isEstimated: read.isEstimated, madeBy: madeBy)
    }
}
