/// A table of shaded cells: a row and a column for each name.
///
/// Names of columns that are too long for their width are written upwards. Values are in the cells if all of them fit;
/// tips have them in any case.
public struct HeatMap: Sendable, Hashable {
    /// Name, title, description and width.
    public var frame: ChartFrame

    /// The names of the rows, from the top.
    public var rows: [String]

    /// The names of the columns, or `nil` for those of the rows.
    public var columns: [String]?

    /// The cells, row by row; `nil` for none.
    public var cells: [[HeatCell?]]

    /// The meaning of rows, columns and shades, written below the table.
    public var caption: String

    /// Creates a heat map.
    ///
    /// - Parameters:
    ///   - frame: Name, title, description and width.
    ///   - rows: The names of the rows, from the top.
    ///   - columns: The names of the columns, or `nil` for those of the rows.
    ///   - cells: The cells, row by row; `nil` for none.
    ///   - caption: The meaning of rows, columns and shades.
    /// - Precondition: There is a list of cells for each row.
    public init(
        frame: ChartFrame, rows: [String], columns: [String]? = nil, cells: [[HeatCell?]], caption: String
    ) {
        precondition(cells.count == rows.count, "a heat map has a list of cells for each row")
        self.frame = frame
        self.rows = rows
        self.columns = columns
        self.cells = cells
        self.caption = caption
    }

    /// The heat map as SVG: the same bytes for the same map, on every machine.
    ///
    /// - Complexity: O(*n*) in the cells.
    public var svg: String {
        var drawing = Drawing(frame)
        let count = max(cells.map(\.count).max() ?? 0, 1)
        let names = min(rows.map { TextWidth.of($0) }.max() ?? 0, frame.width * (frame.isNarrow ? 0.32 : 0.3))
        let rows = TextWidth.cut(rows, to: names)
        let left = min(names, rows.map { TextWidth.of($0) }.max() ?? 0) + 12
        let heads = heads(count, over: frame.width - left)
        let cellWidth = min((frame.width - left - heads.right - 2) / Double(count), 92)
        let cellHeight = min(max(cellWidth * 0.62, frame.isNarrow ? 20 : 24), 38)
        let top = heads.height
        // All cells have texts or none has, since texts in only some of them would look like a pattern.
        let showsText = cells.joined().allSatisfy {
            $0.map { Drawing.holds($0.text, width: cellWidth, height: cellHeight) } ?? true
        }
        for (column, name) in heads.names.enumerated() {
            let x = left + (Double(column) + 0.5) * cellWidth
            if heads.degrees == 0 {
                drawing.text("tick", x, top - 8, name, anchor: .middle)
            } else {
                drawing.risingText("tick", x + (heads.degrees == 90 ? 4 : 2), top - 6, name, degrees: heads.degrees)
            }
        }
        for (index, row) in cells.enumerated() {
            let y = top + Double(index) * cellHeight
            drawing.text(
                "", left - 8, y + cellHeight / 2 + 4.3, rows[index], anchor: .end)
            for (column, cell) in row.enumerated() {
                let x = left + Double(column) * cellWidth
                guard let cell else {
                    drawing.rectangle("blank", x + 1, y + 1, cellWidth - 2, cellHeight - 2)
                    continue
                }
                drawing.cell(cell, x: x, y: y, width: cellWidth, height: cellHeight, showsText: showsText)
            }
        }
        let bottom = top + Double(rows.count) * cellHeight
        var lineY = bottom + 20
        for line in TextWidth.lines(caption, width: frame.width - 4) {
            drawing.text("label", 2, lineY, line)
            lineY += 17
        }
        return drawing.svg(height: lineY - 6)
    }

    /// Names of columns as they are written, with the room they take.
    private struct Heads {
        var names: [String]
        var degrees: Double
        var height: Double
        var right: Double
    }

    /// Names are horizontal if they fit, at 45 degrees on a wide page, and vertical on a narrow one.
    private func heads(_ count: Int, over room: Double) -> Heads {
        let columns = columns ?? rows
        let names = (0..<count).map { $0 < columns.count ? columns[$0] : "" }
        let widest = names.map { TextWidth.of($0) }.max() ?? 0
        if widest <= min(room / Double(count), 92) - 4 { return Heads(names: names, degrees: 0, height: 24, right: 0) }
        let most = frame.isNarrow ? 96.0 : 104.0
        let cut = TextWidth.cut(names, to: most)
        let longest = cut.map { TextWidth.of($0) }.max() ?? 0
        return frame.isNarrow
            ? Heads(names: cut, degrees: 90, height: longest + 12, right: 0)
            // The sine of 45 degrees, and the height of a letter.
            : Heads(names: cut, degrees: 45, height: longest * 0.7072 + 18, right: longest * 0.7072)
    }
}

extension Drawing {
    /// Whether a cell has room for a text.
    static func holds(_ text: String, width: Double, height: Double) -> Bool {
        TextWidth.of(text) * 0.9 <= width - 4 && height >= 15
    }

    /// The darkest cell still has enough contrast with the ink of its text, in light and in dark.
    static func opacity(ofShade shade: Double) -> String {
        Coordinate.fixed(0.05 + 0.67 * shade, decimals: 2, keepsZeros: false)
    }

    /// A shaded cell with its value, if there is room for one.
    mutating func cell(
        _ cell: HeatCell, x: Double, y: Double, width: Double, height: Double, kind: String = "", showsText: Bool
    ) {
        let shade = cell.shade.isFinite ? min(max(cell.shade, 0), 1) : 0
        let opacity = Self.opacity(ofShade: shade)
        rectangle(
            "mark cell", x + 1, y + 1, width - 2, height - 2, tip: cell.tip, attributes: " fill-opacity=\"\(opacity)\"")
        guard showsText else { return }
        text(kind, x + width / 2, y + height / 2 + 4.3, cell.text, anchor: .middle)
    }
}
