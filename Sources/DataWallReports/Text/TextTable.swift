/// A table for a terminal: columns aligned, two spaces apart, a rule under the heads.
///
/// Text columns are aligned left, numbers right. Widths are counted in terminal columns: a Chinese, Japanese or Korean
/// character or an emoji takes two, so that names of any script line up. Control characters in cells are written out,
/// as `\u{1B}`.
public struct TextTable: Sendable {
    /// How a column is aligned.
    public enum Alignment: Sendable {
        /// Flush left: names.
        case left
        /// Flush right: numbers.
        case right
    }

    private let heads: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []
    private var sum: [String]?

    /// The number of rows, without a row of sums.
    package var rowCount: Int { rows.count }

    /// Creates a table without rows.
    ///
    /// - Parameter columns: The heads with the alignment of their columns.
    public init(columns: KeyValuePairs<String, Alignment>) {
        heads = columns.map(\.key.visible)
        alignments = columns.map(\.value)
    }

    /// Creates a table of names, in the first column, and numbers in the others.
    ///
    /// - Parameter heads: The heads; at least one.
    public init(heads: [String]) {
        self.heads = heads.map(\.visible)
        alignments = heads.indices.map { $0 == 0 ? .left : .right }
    }

    /// Creates a table without rows, whose columns are known only at run time.
    ///
    /// - Parameter columns: The heads with the alignment of their columns.
    package init(columns: [(head: String, alignment: Alignment)]) {
        heads = columns.map(\.head.visible)
        alignments = columns.map(\.alignment)
    }

    /// Adds a row; cells that are missing stay empty.
    public mutating func add(_ cells: [String]) {
        rows.append(row(cells))
    }

    /// Sets the last row, which has the sums of the others.
    package mutating func addSum(_ cells: [String]) { sum = row(cells) }

    private func row(_ cells: [String]) -> [String] {
        precondition(cells.count <= heads.count, "a row has no more cells than the table has columns")
        return cells.map(\.visible) + [String](repeating: "", count: heads.count - cells.count)
    }

    /// The lines of the first rows and of the row of sums.
    package func lines(rows count: Int) -> [String] {
        var part = self
        part.rows = Array(rows.prefix(count))
        return part.lines
    }

    /// The least width to which text columns shrink if a table is too wide.
    private static let narrowestText = 8

    /// The table's lines, without trailing blanks, set in ``TerminalStyle/current``.
    ///
    /// If they would be wider than the terminal, text is cut with an ellipsis. Columns that still do not fit follow
    /// below, in a second table with the same first column.
    public var lines: [String] {
        guard sum == nil else {
            var whole = self
            whole.rows += [sum].compactMap { $0 }
            whole.sum = nil
            return whole.lines
        }
        let style = TerminalStyle.current
        let widths = widths(within: style.width)
        let parts = parts(of: widths, within: style.width)
        return parts.enumerated().flatMap { index, part in (index > 0 ? [""] : []) + lines(part, widths, style) }
    }

    private var naturalWidths: [Int] {
        heads.indices.map { column in ([heads[column]] + rows.map { $0[column] }).map(\.terminalColumns).max() ?? 0 }
    }

    private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * (widths.count - 1) }

    private func widths(within room: Int?) -> [Int] {
        var widths = naturalWidths
        guard let room else { return widths }
        while Self.total(widths) > room {
            let text = widths.indices.filter { alignments[$0] == .left && widths[$0] > Self.narrowestText }
            guard let widest = text.max(by: { (widths[$0], $1) < (widths[$1], $0) }) else { break }
            widths[widest] -= 1
        }
        return widths
    }

    /// The columns of each table that the rows are spread over; the first column leads them all.
    private func parts(of widths: [Int], within room: Int?) -> [[Int]] {
        guard let room, Self.total(widths) > room, let first = widths.indices.first else {
            return [Array(widths.indices)]
        }
        var parts: [[Int]] = []
        var part = [first]
        var used = widths[first]
        for column in widths.indices.dropFirst() {
            if part.count > 1, used + 2 + widths[column] > room {
                parts.append(part)
                part = [first]
                used = widths[first]
            }
            part.append(column)
            used += 2 + widths[column]
        }
        return parts + [part]
    }

    private func lines(_ columns: [Int], _ widths: [Int], _ style: TerminalStyle) -> [String] {
        func line(_ cells: [String]) -> String {
            var text = ""
            for (place, column) in columns.enumerated() {
                let whole = cells[column]
                let cell =
                    whole.terminalColumns > widths[column] ? whole.prefix(columns: widths[column] - 1) + "…" : whole
                let blanks = String(repeating: " ", count: widths[column] - cell.terminalColumns)
                if place > 0 { text += "  " }
                text += alignments[column] == .left ? cell + blanks : blanks + cell
            }
            while text.last == " " { text.removeLast() }
            return text
        }
        let rule = columns.map { String(repeating: "─", count: widths[$0]) }.joined(separator: "  ")
        return [style.emphasised(line(heads), .heading), style.emphasised(rule, .quiet)] + rows.map(line)
    }
}
