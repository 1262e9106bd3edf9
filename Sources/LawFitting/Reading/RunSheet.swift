import OrderedJSON
import Quantities
import ScalingLaws
import Tables

/// The cells of a run table or of a log, before their meaning is known.
struct RunSheet {
    /// A row with its place in the file.
    struct Row {
        /// Its line in the file, from 1.
        let line: Int

        /// The row's number after the header; for JSON lines, its line.
        let number: Int

        let cells: [String]
    }

    /// The column that a quantity is read from.
    typealias Column = (name: String, position: Int)

    /// The name of the table in messages.
    let table: String
    let columns: [String]
    let rows: [Row]

    /// How many lines are comments.
    let comments: Int

    /// The names that several columns have.
    let ambiguous: Set<String>
    private let positions: [String: Int]

    /// Reads CSV, or JSON lines where the text begins with a brace.
    init(_ bytes: [UInt8], form: RunTableReader.Form?, table: String) throws(FittingError) {
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let isJSON = text.first { !blanks.contains($0) } == UInt8(ascii: "{")
        switch form ?? (isJSON ? .jsonl : .csv) {
        case .csv:
            do {
                let sheet = try DelimitedTable(bytes, called: table)
                let rows = sheet.rows.map { Row(line: $0.line, number: $0.number, cells: $0.cells) }
                self.init(table: table, columns: sheet.header, rows: rows, comments: sheet.comments)
            } catch { throw .table(error) }
        case .jsonl: try self.init(jsonLines: text, table: table)
        }
    }

    private init(table: String, columns: [String], rows: [Row], comments: Int = 0) {
        var positions: [String: Int] = [:]
        var ambiguous: Set<String> = []
        for (index, name) in columns.enumerated() where !name.isEmpty {
            if positions.updateValue(index, forKey: name) != nil { ambiguous.insert(name) }
        }
        self.table = table
        self.columns = columns
        self.rows = rows
        self.comments = comments
        self.positions = positions
        self.ambiguous = ambiguous
    }

    private init(jsonLines text: ArraySlice<UInt8>, table: String) throws(FittingError) {
        var records: [(line: Int, members: [JSONMember])] = []
        var columns: [String] = []
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            let value: JSONValue
            do {
                value = try JSONValue(parsing: Array(line))
            } catch {
                throw .table(
                    TableError(table: table, line: index + 1, "it is not JSON: \(error.reason), column \(error.column)")
                )
            }
            guard case .object(let members) = value else {
                throw .table(TableError(table: table, line: index + 1, "it is not a JSON object"))
            }
            for member in members where !columns.contains(member.key) { columns.append(member.key) }
            records.append((index + 1, members))
        }
        let rows = records.map { line, members in
            let cells = Dictionary(members.map { ($0.key, Self.text(of: $0.value)) }, uniquingKeysWith: { $1 })
            return Row(line: line, number: line, cells: columns.map { cells[$0, default: ""] })
        }
        self.init(table: table, columns: columns, rows: rows)
    }

    private static func text(of value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: value.compactText
        }
    }

    // MARK: Columns

    var names: [String] { columns.filter { !$0.isEmpty } }

    /// The column with a name, or `nil`.
    ///
    /// - Throws: ``FittingError`` if several columns have it.
    func column(named name: String) throws(FittingError) -> Column? {
        guard !ambiguous.contains(name) else {
            throw .table(TableError(table: table, "has several columns named '\(name)': rename all but one"))
        }
        return positions[name].map { (name, $0) }
    }

    /// The column for a role: the given one, which must exist, else the first usual one that exists.
    func column(_ role: RunColumns.Role) throws(FittingError) -> Column? {
        if let given = role.given {
            if let column = try column(named: given) { return column }
            throw unknown(given)
        }
        for name in role.usual {
            if let column = try column(named: name) { return column }
        }
        // Upper and lower case do not matter if nothing else matches.
        for name in role.usual where name.count > 1 {
            if let match = names.first(where: { $0.lowercased() == name }) { return try column(named: match) }
        }
        return nil
    }

    /// Refuses two columns for one quantity of which none is requested: they may differ.
    func refuseRivals(_ role: RunColumns.Role) throws(FittingError) {
        let found = role.given == nil ? role.usual.filter { positions[$0] != nil } : []
        guard found.count > 1 else { return }
        throw .table(
            TableError(
                table: table,
                "has two columns for \(role.quantity), '\(found[0])' and '\(found[1])': name the right one by "
                    + "\(role.option), or rename the other"))
    }

    /// The cells of a row by column, without columns that share a name.
    func cells(of row: Row) -> [String: String] {
        var cells: [String: String] = [:]
        for (name, position) in positions where !ambiguous.contains(name) { cells[name] = row.cells[position] }
        return cells
    }

    // MARK: Errors

    /// The error for a requested column that does not exist.
    func unknown(_ name: String) -> FittingError {
        guard table != RunTableReader.tableName else {
            return .unknownColumn(name, nearest: nearestNames(to: name, among: names), known: names)
        }
        return .table(
            TableError(table: table, "has no column '\(name)'; its columns are \(names.joined(separator: ", "))"))
    }

    /// The error for a quantity that no column has.
    func missing(_ role: RunColumns.Role) -> FittingError {
        guard table != RunTableReader.tableName else {
            return .missingColumn(quantity: role.quantity, tried: role.usual, known: names)
        }
        return .table(
            TableError(
                table: table,
                "has no column for \(role.quantity): looked for \(role.usual.joined(separator: ", ")); its columns are "
                    + names.joined(separator: ", ")))
    }

    /// The error for a cell that cannot be used.
    func unusable(_ row: Row, _ column: Column, _ reason: String) -> FittingError {
        .table(TableError(table: table, line: row.line, column: column.name, reason))
    }
}
