import SwiftCSV

/// The cells of a table as text: a header line and the rows under it, blanks at the ends of cells cut off.
struct TableSheet: Sendable {
    /// What is wrong with a text as a table.
    struct Fault: Error {
        /// The row, the header not counted, or `nil` for the table as a whole.
        let row: Int?
        let reason: String
    }

    let header: [String]
    let rows: [[String]]

    /// Reads CSV with commas, semicolons or tabs.
    ///
    /// - Complexity: O(*n*) in the characters.
    init(_ text: String) throws(Fault) {
        // A final newline ends the last row even where its last cell is empty.
        let text = text.last?.isNewline == true ? text : text + "\n"
        var rows: [[String]] = []
        let file: EnumeratedCSV
        do {
            file = try EnumeratedCSV(string: text, delimiter: CSVDelimiter.guessed(string: text), loadColumns: false)
            try file.enumerateAsArray(startAt: 1, rowLimit: nil) { (row: [String]) in
                rows.append(row.map(Self.trimmed))
            }
        } catch {
            throw Fault(row: nil, reason: "cannot be read: its quotes do not match (\(error))")
        }
        if let row = rows.firstIndex(where: { $0.contains { $0.contains(where: \.isNewline) } }) {
            throw Fault(row: row + 1, reason: "a quote does not end")
        }
        header = file.header.map(Self.trimmed)
        self.rows = rows
    }

    private static func trimmed(_ text: String) -> String {
        let blank: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{FEFF}" }
        return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
    }
}
