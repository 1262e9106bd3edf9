import OrderedJSON
import ScalingLaws

/// Reads run tables: CSV with a header line, or JSON lines.
public struct RunTableReader: Sendable {
    /// The form of a run table.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// Values separated by commas, semicolons or tabs, under a header line.
        case csv

        /// One JSON object a line.
        case jsonl
    }

    /// How the table is read.
    public var options: RunTableOptions

    /// Creates a reader.
    public init(_ options: RunTableOptions = RunTableOptions()) {
        self.options = options
    }

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - form: Its form; `nil` recognises JSON lines by the brace they begin with.
    /// - Returns: The runs that the options' filter lets through, with notes on what was noticed.
    /// - Throws: A ``FittingError`` that names row and column.
    /// - Complexity: O(*n*) in the characters.
    public func read(_ text: String, form: Form? = nil) throws(FittingError) -> MeasuredRuns {
        let form = form ?? (text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "{" ? .jsonl : .csv)
        let sheet =
            switch form {
            case .csv: try Self.csv(text)
            case .jsonl: try Self.jsonLines(text)
            }
        return try RunTableInterpreter(options: options, sheet: sheet).runs()
    }

    /// Reads the log of a run in flight: a table with columns tokens and loss.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - column: The run table's column of losses, which a log that has it is read from, too.
    /// - Returns: Tokens processed and loss, row by row.
    /// - Throws: A ``FittingError`` that names row and column.
    public func readLog(
        _ text: String, inheriting column: String? = nil
    ) throws(FittingError) -> [(tokens: Double, loss: Double)] {
        let form: Form = text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "{" ? .jsonl : .csv
        let sheet =
            switch form {
            case .csv: try Self.csv(text)
            case .jsonl: try Self.jsonLines(text)
            }
        var options = options
        if options.columns.loss == nil, let column, sheet.positions[column] != nil { options.columns.loss = column }
        return try RunTableInterpreter(options: options, sheet: sheet).log()
    }

    // MARK: CSV

    static func csv(_ text: String) throws(FittingError) -> RunSheet {
        let table: TableSheet
        do {
            table = try TableSheet(text)
        } catch { throw .unreadable(row: error.row, reason: error.reason) }
        guard table.header.contains(where: { !$0.isEmpty }) else { throw .noRuns }
        var sheet = try RunSheet(columns: table.header)
        for row in table.rows { sheet.append(row.cells, row: row.number) }
        return sheet
    }

    // MARK: JSON lines

    private static func jsonLines(_ text: String) throws(FittingError) -> RunSheet {
        var records: [(row: Int, members: [JSONMember])] = []
        var columns: [String] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            let value: JSONValue
            do {
                value = try JSONValue(parsing: Array(line.utf8))
            } catch {
                throw .unreadable(row: index + 1, reason: "\(error.reason), column \(error.column)")
            }
            guard case .object(let members) = value else {
                throw .unreadable(row: index + 1, reason: "the line is not a JSON object")
            }
            for member in members where !columns.contains(member.key) { columns.append(member.key) }
            records.append((index + 1, members))
        }
        var sheet = try RunSheet(columns: columns)
        for (row, members) in records {
            var cells: [String: String] = [:]
            for member in members { cells[member.key] = cellText(of: member.value) }
            sheet.append(columns.map { cells[$0, default: ""] }, row: row)
        }
        return sheet
    }

    private static func cellText(of value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: value.compactText
        }
    }
}

/// The cells of a run table, before anything is known of what they mean.
struct RunSheet {
    let columns: [String]
    let positions: [String: Int]
    private(set) var rows: [(row: Int, cells: [String])] = []

    init(columns: [String]) throws(FittingError) {
        var positions: [String: Int] = [:]
        for (index, name) in columns.enumerated() where !name.isEmpty {
            guard positions.updateValue(index, forKey: name) == nil else { throw .duplicateColumn(name) }
        }
        self.columns = columns
        self.positions = positions
    }

    mutating func append(_ cells: [String], row: Int) {
        rows.append((row, cells))
    }

    var names: [String] { columns.filter { !$0.isEmpty } }

    /// The column that plays a role: the one given, which must exist, else the first usual one there is.
    func column(_ role: RunColumns.Role) throws(FittingError) -> (name: String, position: Int)? {
        if let given = role.given {
            guard let position = positions[given] else {
                throw .unknownColumn(given, nearest: nearestNames(to: given, among: names), known: names)
            }
            return (given, position)
        }
        for name in role.usual {
            if let position = positions[name] { return (name, position) }
        }
        // Upper and lower case do not matter where nothing else fits.
        for name in role.usual where name.count > 1 {
            if let match = names.first(where: { $0.lowercased() == name }), let position = positions[match] {
                return (match, position)
            }
        }
        return nil
    }
}
