/// A table for a terminal: columns aligned, two spaces apart, a rule under the heads.
///
/// Text columns stand left, numbers right. Widths are counted in characters, so that names of any script line up as
/// far as the terminal's font allows.
public struct TextTable: Sendable {
    /// How a column stands.
    public enum Alignment: Sendable {
        /// Flush left: names.
        case left
        /// Flush right: numbers.
        case right
    }

    private let heads: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// Creates a table without rows.
    ///
    /// - Parameter columns: The heads with the alignment of what stands under them.
    public init(columns: KeyValuePairs<String, Alignment>) {
        heads = columns.map(\.key)
        alignments = columns.map(\.value)
    }

    /// Creates a table of names, in the first column, and numbers in the others.
    ///
    /// - Parameter heads: The heads, of which there is at least one.
    public init(heads: [String]) {
        self.heads = heads
        alignments = heads.indices.map { $0 == 0 ? .left : .right }
    }

    /// Adds a row; cells that are missing stay empty.
    public mutating func add(_ cells: [String]) {
        precondition(cells.count <= heads.count, "a row has no more cells than the table has columns")
        rows.append(cells + [String](repeating: "", count: heads.count - cells.count))
    }

    /// The table's lines, without trailing blanks.
    public var lines: [String] {
        let widths = heads.indices.map { column in
            ([heads[column]] + rows.map { $0[column] }).map(\.count).max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (column, cell) in cells.enumerated() {
                let blanks = String(repeating: " ", count: widths[column] - cell.count)
                if column > 0 { text += "  " }
                text += alignments[column] == .left ? cell + blanks : blanks + cell
            }
            while text.last == " " { text.removeLast() }
            return text
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return [line(heads), rule] + rows.map(line)
    }
}
