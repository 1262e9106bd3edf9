/// Tables as CSV, as `DelimitedTable` and spreadsheets read them.
package enum DelimitedText {
    private static let formulaStarts: [Unicode.Scalar] = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    /// Rows as lines, their cells separated by commas.
    ///
    /// - Parameter rows: The rows, the header first. Numbers are cells as they are; texts from data go through `cell(_:)`.
    /// - Returns: The lines, each with its line end.
    package static func lines(_ rows: [[String]]) -> String {
        rows.map { $0.joined(separator: ",") + "\n" }.joined()
    }

    /// A text as one cell: quoted if it contains a comma, a quote or a line end, and with a leading `'` if a
    /// spreadsheet would treat it as a formula.
    ///
    /// A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` (in some languages also their full-width forms),
    /// also after a tab or a line end. Names come from data, so no name may begin like this. Numbers are never passed
    /// to this function.
    package static func cell(_ text: String) -> String {
        let text = text.unicodeScalars.first.map { formulaStarts.contains($0) } == true ? "'" + text : text
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
