public import ScalingLaws

/// How a run table is read.
public struct RunTableOptions: Sendable, Hashable {
    /// The columns of the quantities.
    public var columns: RunColumns

    /// The unit of the losses in the table.
    public var lossUnit: LossUnit

    /// Bytes of text per token for runs without their own value.
    public var bytesPerToken: Double?

    /// The number of parameters that one unit of that column represents, such as 1e9 if it holds billions.
    public var parametersUnit: Double

    /// The number of tokens that one unit of the token columns represents.
    public var tokensUnit: Double

    /// Which rows are runs to use, or `nil` for all.
    public var filter: RunExpression?

    /// Creates options.
    public init(
        columns: RunColumns = RunColumns(), lossUnit: LossUnit = .natsPerToken, bytesPerToken: Double? = nil,
        parametersUnit: Double = 1, tokensUnit: Double = 1, filter: RunExpression? = nil
    ) {
        self.columns = columns
        self.lossUnit = lossUnit
        self.bytesPerToken = bytesPerToken
        self.parametersUnit = parametersUnit
        self.tokensUnit = tokensUnit
        self.filter = filter
    }
}
