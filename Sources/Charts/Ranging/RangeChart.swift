/// Values with their ranges, one row a name, over one axis.
public struct RangeChart: Sendable, Hashable {
    /// Name, title, description and width.
    public var frame: ChartFrame

    /// The axis.
    public var axis: Axis

    /// The rows, from the top.
    public var rows: [RangeRow]

    /// The meaning of a filled and of a hollow mark, if both are used.
    public var names: (value: String, reference: String)? {
        get { valueName.flatMap { value in referenceName.map { (value, $0) } } }
        set { (valueName, referenceName) = (newValue?.value, newValue?.reference) }
    }

    private var valueName: String?
    private var referenceName: String?

    /// A value that all rows are compared with, with its name.
    public var rule: PlotMark?

    /// Creates a chart.
    ///
    /// - Parameters:
    ///   - frame: Name, title, description and width.
    ///   - axis: The axis.
    ///   - rows: The rows, from the top.
    ///   - names: The meaning of a filled and of a hollow mark, if both are used.
    ///   - rule: A vertical rule, or `nil`.
    public init(
        frame: ChartFrame, axis: Axis, rows: [RangeRow], names: (value: String, reference: String)? = nil,
        rule: PlotMark? = nil
    ) {
        self.frame = frame
        self.axis = axis
        self.rows = rows
        valueName = names?.value
        referenceName = names?.reference
        self.rule = rule
    }

    /// The chart as SVG: the same bytes for the same chart, on every machine.
    ///
    /// - Complexity: O(*n*) in the rows.
    public var svg: String {
        var drawing = Drawing(frame)
        let width = frame.width
        let nameRoom = frame.isNarrow ? 0 : min(rows.map { TextWidth.of($0.label) }.max() ?? 0, width * 0.3)
        let endRoom = frame.isNarrow ? 0 : min(rows.map { TextWidth.of($0.end) }.max() ?? 0, width * 0.36)
        let left = frame.isNarrow ? 10 : nameRoom + 18
        let right = width - (frame.isNarrow ? 12 : endRoom + 18)
        var values = rows.flatMap { row in
            [row.value, row.reference, row.range?.lowerBound, row.range?.upperBound].compactMap { $0 }
        }
        if case .verticalRule(let x, _)? = rule { values.append(x) }
        let layout = AxisLayout(
            axis, values: values.filter(\.isFinite), ticks: max(Int((right - left) / 72), 2),
            rounds: axis.scale == .linear, margin: axis.scale == .linear ? 0 : 0.03)
        /// The place of a value; ends beyond the axis are at its edge.
        func place(_ value: Double) -> Double {
            if value == .infinity { return right }
            guard let share = layout.share(value) else { return left }
            return left + min(max(share, 0), 1) * (right - left)
        }
        var entries: [ChartLegend.Entry] = []
        if let names {
            entries = [
                ChartLegend.Entry(label: names.value, series: 1, sample: .symbol),
                ChartLegend.Entry(label: names.reference, series: 1, sample: .hollow),
            ]
        }
        let legend = ChartLegend(entries, width: width - 4)
        legend.draw(into: &drawing, x: 2, y: 0, hatch: "")
        let rowHeight = frame.isNarrow ? 44.0 : 28.0
        let top = legend.height + (rule == nil ? 6 : 24)
        let bottom = top + Double(rows.count) * rowHeight
        for tick in layout.ticks where !tick.text.isEmpty {
            drawing.line("grid", place(tick.value), top, place(tick.value), bottom)
        }
        if case .verticalRule(let x, let label)? = rule {
            drawing.line("rule", place(x), top - 3, place(x), bottom)
            let half = TextWidth.of(label) / 2
            drawing.text("label", min(max(place(x), half + 2), width - half - 2), top - 7, label, anchor: .middle)
        }
        for (index, row) in rows.enumerated() {
            let y = top + Double(index) * rowHeight
            draw(row, into: &drawing, y: y, height: rowHeight, left: left, nameRoom: nameRoom, place: place)
        }
        drawing.line("axis", left, bottom, right, bottom)
        var last = -Double.infinity
        for tick in layout.ticks where !tick.text.isEmpty {
            let half = TextWidth.of(tick.text) / 2
            let x = min(max(place(tick.value), half), width - half)
            guard x - half > last + 4 else { continue }
            drawing.text("tick", x, bottom + 18, tick.text, anchor: .middle)
            last = x + half
        }
        drawing.text("label", right, bottom + 37, TextWidth.cut(axis.label + " →", to: right - 2), anchor: .end)
        return drawing.svg(height: bottom + 45)
    }

    private func draw(
        _ row: RangeRow, into drawing: inout Drawing, y: Double, height: Double, left: Double, nameRoom: Double,
        place: (Double) -> Double
    ) {
        let series = (max(row.series, 1) - 1) % ChartStyle.seriesCount + 1
        let middle = frame.isNarrow ? y + height - 12 : y + height / 2
        if frame.isNarrow {
            let endRoom = min(TextWidth.of(row.end), frame.width * 0.62)
            drawing.text("clear", 2, y + 16, TextWidth.cut(row.label, to: frame.width - endRoom - 16))
            drawing.text("tick clear", frame.width - 2, y + 16, TextWidth.cut(row.end, to: endRoom + 1), anchor: .end)
        } else {
            drawing.text("", left - 16, middle + 4.3, TextWidth.cut(row.label, to: nameRoom + 1), anchor: .end)
            drawing.text(
                "tick", frame.width - 2, middle + 4.3, TextWidth.cut(row.end, to: frame.width * 0.36 + 1), anchor: .end)
        }
        if let range = row.range {
            drawing.line("range s\(series)", place(range.lowerBound), middle, place(range.upperBound), middle)
            for end in [range.lowerBound, range.upperBound] where end.isFinite {
                drawing.line("range s\(series)", place(end), middle - 4, place(end), middle + 4)
            }
        }
        if let reference = row.reference, reference.isFinite {
            drawing.symbol("hollow s\(series)", series: 1, place(reference), middle, radius: 5, tip: row.tip)
        }
        if let value = row.value, value.isFinite {
            drawing.symbol("mark f\(series) halo", series: series, place(value), middle, radius: 5.5, tip: row.tip)
        }
    }
}
