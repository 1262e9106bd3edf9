import SwiftCSV

/// The cells of a table as text: a header line and the rows under it, blanks at the ends of cells cut off, blank rows
/// left out, all rows as long as the header.
package struct TableSheet: Sendable {
    /// What is wrong with a text as a table.
    package struct Fault: Error {
        /// The row, the header not counted, or `nil` for the table as a whole.
        package let row: Int?

        /// What is wrong, as a clause of which the row is the subject, or the table's quotes.
        package let reason: String
    }

    /// A row.
    package struct Row: Sendable {
        /// Its number, the header not counted, from 1.
        package let number: Int

        /// Its cells, as many as the header has.
        package let cells: [String]
    }

    /// The names of the columns.
    package let header: [String]

    /// The rows that are not blank.
    package let rows: [Row]

    /// Reads CSV with commas, semicolons or tabs.
    ///
    /// - Parameter text: The text; a byte order mark is dropped.
    /// - Throws: A ``Fault`` for quotes that do not match, and rows longer or shorter than the header.
    /// - Complexity: O(*n*) in the characters.
    package init(_ text: String) throws(Fault) {
        // A final newline ends the last row even where its last cell is empty.
        let text = text.last?.isNewline == true ? text : text + "\n"
        var read: [[String]] = []
        let file: EnumeratedCSV
        do {
            file = try EnumeratedCSV(string: text, delimiter: CSVDelimiter.guessed(string: text), loadColumns: false)
            // The file's own rows are padded to one length; these are as long as they were written.
            try file.enumerateAsArray(startAt: 1, rowLimit: nil) { (row: [String]) in read.append(row) }
        } catch {
            throw Fault(row: nil, reason: "its quotes do not match (\(error))")
        }
        let header = file.header.map(Self.trimmed)
        var rows: [Row] = []
        rows.reserveCapacity(read.count)
        for (index, cells) in read.enumerated() {
            // A quote that does not end swallows the lines after it.
            if let open = cells.first(where: { $0.contains(where: \.isNewline) }) {
                throw Fault(row: index + 1, reason: "a quote does not end, in '\(Self.trimmed(open).prefix(20))'")
            }
            let cells = cells.map(Self.trimmed)
            if cells.allSatisfy(\.isEmpty) { continue }
            guard cells.count == header.count else {
                throw Fault(
                    row: index + 1,
                    reason: "it has \(cells.count) cells where the header has \(header.count) columns")
            }
            rows.append(Row(number: index + 1, cells: cells))
        }
        self.header = header
        self.rows = rows
    }

    private static func trimmed(_ text: String) -> String {
        let blank: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{FEFF}" }
        return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
    }
}
