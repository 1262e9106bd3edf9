/// Reads run tables: CSV with a header line, or JSON lines.
public struct RunTableReader: Sendable {
    /// The form of a run table.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// Values separated by commas, semicolons or tabs, under a header line.
        case csv

        /// One JSON object a line.
        case jsonl
    }

    /// What messages call a run table.
    static let tableName = "run table"

    /// How the table is read.
    public var options: RunTableOptions

    /// Creates a reader.
    public init(_ options: RunTableOptions = RunTableOptions()) {
        self.options = options
    }

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - form: Its form; `nil` recognises JSON lines by the brace they begin with.
    /// - Returns: The runs that the options' filter lets through, with notes on what was noticed.
    /// - Throws: A ``FittingError`` that names line and column.
    /// - Complexity: O(*n*) in the bytes.
    public func read(_ bytes: [UInt8], form: Form? = nil) throws(FittingError) -> MeasuredRuns {
        let sheet = try RunSheet(bytes, form: form, table: Self.tableName)
        return try RunTableInterpreter(options: options, sheet: sheet).runs()
    }

    /// Reads the text of a table.
    ///
    /// - Throws: A ``FittingError`` that names line and column.
    public func read(_ text: String, form: Form? = nil) throws(FittingError) -> MeasuredRuns {
        try read(Array(text.utf8), form: form)
    }

    /// Reads the log of a run in flight: a table with columns tokens and loss.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: Tokens processed and loss, row by row.
    /// - Throws: A ``FittingError`` that names line and column.
    public func readLog(_ bytes: [UInt8]) throws(FittingError) -> [(tokens: Double, loss: Double)] {
        let sheet = try RunSheet(bytes, form: nil, table: "log of the run in flight")
        return try RunTableInterpreter(options: options, sheet: sheet).log()
    }

    /// Reads the text of a log.
    ///
    /// - Throws: A ``FittingError`` that names line and column.
    public func readLog(_ text: String) throws(FittingError) -> [(tokens: Double, loss: Double)] {
        try readLog(Array(text.utf8))
    }
}
