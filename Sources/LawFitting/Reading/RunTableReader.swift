/// Reads run tables: CSV with a header line, or JSON lines.
public struct RunTableReader: Sendable {
    /// The form of a run table.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// Values separated by commas, semicolons or tabs, under a header line.
        case csv

        /// One JSON object a line.
        case jsonl
    }

    /// The name of a run table in messages.
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
    ///   - form: Its form; `nil` recognises JSON lines by their first brace.
    /// - Returns: The runs that pass the options' filter, with remarks.
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
    /// - Parameters:
    ///   - bytes: The file.
    ///   - column: The run table's column of losses, which a log that has it is read from, too.
    /// - Returns: Tokens processed and loss, row by row.
    /// - Throws: A ``FittingError`` that names line and column.
    public func readLog(
        _ bytes: [UInt8], inheriting column: String? = nil
    ) throws(FittingError) -> [(tokens: Double, loss: Double)] {
        let sheet = try RunSheet(bytes, form: nil, table: "log of the run in flight")
        var options = options
        if options.columns.loss == nil, let column, try sheet.column(named: column) != nil {
            options.columns.loss = column
        }
        return try RunTableInterpreter(options: options, sheet: sheet).log()
    }

    /// Reads the text of a log.
    ///
    /// - Throws: A ``FittingError`` that names line and column.
    public func readLog(
        _ text: String, inheriting column: String? = nil
    ) throws(FittingError) -> [(tokens: Double, loss: Double)] {
        try readLog(Array(text.utf8), inheriting: column)
    }
}
