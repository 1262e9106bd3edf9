/// Cells of a table with commas.
enum CSVCell {
    /// A text as one cell: in quotes where it holds a comma, a quote or a line end.
    static func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
