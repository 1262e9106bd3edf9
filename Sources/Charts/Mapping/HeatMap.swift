/// A table of shaded cells: a row and a column for each name.
///
/// Columns carry the numbers of their rows, so that long names fit a narrow page. The value is in each cell where
/// there is room, so that shade alone tells nothing.
public struct HeatMap: Sendable, Hashable {
    /// Name, title, description and width.
    public var frame: ChartFrame

    /// The names of the rows, from the top.
    public var rows: [String]

    /// The names of the columns, or `nil` for numbers that repeat those of the rows.
    public var columns: [String]?

    /// The cells, row by row; `nil` for none.
    public var cells: [[HeatCell?]]

    /// What rows, columns and shades are, below the table.
    public var caption: String

    /// Creates a heat map.
    ///
    /// - Parameters:
    ///   - frame: Name, title, description and width.
    ///   - rows: The names of the rows, from the top.
    ///   - columns: The names of the columns, or `nil` for numbers that repeat those of the rows.
    ///   - cells: The cells, row by row; `nil` for none.
    ///   - caption: What rows, columns and shades are.
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
        var drawing = Drawing()
        let count = max(cells.map(\.count).max() ?? 0, 1)
        let isNumbered = columns == nil
        let labels = rows.enumerated().map { isNumbered ? "\($0.offset + 1)  \($0.element)" : $0.element }
        let names = min(labels.map { TextWidth.of($0) }.max() ?? 0, frame.width * (frame.isNarrow ? 0.32 : 0.34))
        let left = names + 12
        let cellWidth = min((frame.width - left - 2) / Double(count), 92)
        let cellHeight = min(max(cellWidth * 0.62, frame.isNarrow ? 20 : 24), 38)
        let top = 24.0
        for column in 0..<count {
            let name = columns.map { column < $0.count ? $0[column] : "" } ?? "\(column + 1)"
            drawing.text(
                "tick", left + (Double(column) + 0.5) * cellWidth, top - 8, TextWidth.cut(name, to: cellWidth - 2),
                anchor: .middle)
        }
        for (index, row) in cells.enumerated() {
            let y = top + Double(index) * cellHeight
            drawing.text(
                "name", left - 8, y + cellHeight / 2 + 4.3, TextWidth.cut(labels[index], to: names + 1), anchor: .end)
            for (column, cell) in row.enumerated() {
                let x = left + Double(column) * cellWidth
                guard let cell else {
                    drawing.rectangle("blank", x + 1, y + 1, cellWidth - 2, cellHeight - 2)
                    continue
                }
                draw(cell, into: &drawing, x: x, y: y, width: cellWidth, height: cellHeight)
            }
        }
        let bottom = top + Double(rows.count) * cellHeight
        var lineY = bottom + 20
        for line in captionLines {
            drawing.text("label", 2, lineY, line)
            lineY += 17
        }
        return drawing.svg(frame, height: lineY - 6)
    }

    private func draw(
        _ cell: HeatCell, into drawing: inout Drawing, x: Double, y: Double, width: Double, height: Double
    ) {
        let shade = cell.shade.isFinite ? min(max(cell.shade, 0), 1) : 0
        let opacity = Coordinate.text(0.06 + 0.94 * shade)
        drawing.rectangle(
            "mark cell", x + 1, y + 1, width - 2, height - 2, tip: cell.tip, attributes: " fill-opacity=\"\(opacity)\"")
        guard TextWidth.of(cell.text) * 0.9 <= width - 4 else { return }
        drawing.text(
            shade > 0.55 ? "over" : "name", x + width / 2, y + height / 2 + 4.3, cell.text, anchor: .middle)
    }

    /// The caption in lines that fit the width.
    private var captionLines: [String] {
        var lines: [String] = []
        for word in caption.split(separator: " ") {
            if let last = lines.last, TextWidth.of(last + " " + word) <= frame.width - 4 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
