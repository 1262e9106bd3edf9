import DataWallReports
import LawFitting

/// A run in flight that a fit compares with its forecast.
public struct WatchRequest: Sendable {
    /// The path of its log, a table of tokens and loss; `-` is standard input.
    public var path: String

    /// The column of losses in the log; `nil` for the run table's column, or a usual name.
    public var lossColumn: String?

    /// The column of tokens in the log; `nil` for a usual name.
    public var tokensColumn: String?

    /// N.
    public var parameters: Double

    /// D at its end.
    public var tokens: Double

    /// Unique tokens; `nil` for as many as D.
    public var uniqueTokens: Double?

    /// How far above its forecast the loss may be, as a share.
    public var allowance = 0.0

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - path: The path of the log.
    ///   - parameters: N.
    ///   - tokens: D at its end.
    public init(path: String, parameters: Double, tokens: Double) {
        self.path = path
        self.parameters = parameters
        self.tokens = tokens
    }

    /// Reads the log by the run table's options, but with its own column names.
    func flight(log: [UInt8], table: RunTableOptions) throws -> FitAnalysis.Flight {
        var options = table
        options.columns.loss = lossColumn
        options.columns.tokens = tokensColumn
        return FitAnalysis.Flight(
            log: try RunTableReader(options).readLog(log, inheriting: table.columns.loss), parameters: parameters,
            tokens: tokens, uniqueTokens: uniqueTokens, allowance: allowance)
    }
}
