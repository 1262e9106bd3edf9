/// How a run table is read.
public struct RunTableOptions: Sendable, Hashable {
    /// Which columns hold what.
    public var columns: RunColumns

    /// The unit of the losses in the table.
    public var lossUnit: LossUnit

    /// Bytes of text per token for runs without a value of their own.
    public var bytesPerToken: Double?

    /// What one unit of the column of parameters represents, such as 1e9 where it holds billions.
    public var parametersUnit: Double

    /// What one unit of the columns of tokens represents.
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
