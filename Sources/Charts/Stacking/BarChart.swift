/// Horizontal bars, one row per name, with parts stacked end to end.
///
/// Wide charts have the names at the left, narrow ones above the bars.
public struct BarChart: Sendable, Hashable {
    /// Name, title, description and width.
    public var frame: ChartFrame

    /// The axis of lengths, which starts at 0.
    public var axis: Axis

    /// The series, the first being number 1; without series there is no legend.
    public var series: [BarSeries]

    /// The rows, from the top.
    public var rows: [BarRow]

    /// Creates a chart.
    ///
    /// - Parameters:
    ///   - frame: Name, title, description and width.
    ///   - axis: The axis of lengths; linear, from 0.
    ///   - series: The series, the first being number 1.
    ///   - rows: The rows, from the top.
    public init(frame: ChartFrame, axis: Axis, series: [BarSeries], rows: [BarRow]) {
        self.frame = frame
        self.axis = axis
        self.series = series
        self.rows = rows
    }

    private var hatch: String { frame.identifier + "-h" }

    private func length(_ segment: BarSegment) -> Double {
        segment.value.isFinite ? max(segment.value, 0) : 0
    }

    /// The chart as SVG: the same bytes for the same chart, on every machine.
    ///
    /// - Complexity: O(*n*) in the parts of the bars.
    public var svg: String {
        var drawing = Drawing(frame)
        let width = frame.width
        let names = frame.isNarrow ? 0 : min(rows.map { TextWidth.of($0.label) }.max() ?? 0, width * 0.34)
        let ends = rows.flatMap(\.ends).map { TextWidth.of($0) }.max() ?? 0
        let left = frame.isNarrow ? 2 : names + 12
        let right = width - max(ends + 8, 18)
        let lengths = rows.flatMap(\.bars).map { $0.reduce(0) { $0 + length($1) } }
        var axis = axis
        axis.scale = .linear
        axis.startsAtZero = true
        let layout = AxisLayout(axis, values: lengths + [0], ticks: max(Int((right - left) / 84), 2), rounds: false)
        func place(_ value: Double) -> Double { left + (layout.share(value) ?? 0) * (right - left) }

        if series.contains(where: \.isHatched) {
            drawing.raw(
                "<pattern id=\"\(hatch)\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                    + "patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0,0L0,6\"/></pattern>\n")
        }
        let legend = ChartLegend(
            series.enumerated().map {
                ChartLegend.Entry(
                    label: $0.element.label, series: $0.offset + 1, sample: $0.element.isHatched ? .hatched : .bar)
            }, width: width - 4)
        legend.draw(into: &drawing, x: 2, y: 0, hatch: hatch)
        let top = legend.height + 6
        let heights = rows.map { rowHeight($0) }
        let bottom = top + heights.reduce(0, +)
        for tick in layout.ticks where !tick.text.isEmpty {
            drawing.line("grid", place(tick.value), top, place(tick.value), bottom)
        }
        // Narrow charts have names on the axis, which stay readable above it.
        if frame.isNarrow { drawing.line("axis", left, top, left, bottom) }
        var y = top
        for (row, height) in zip(rows, heights) {
            draw(row, into: &drawing, y: y, left: left, names: names, place: place)
            y += height
        }
        if !frame.isNarrow { drawing.line("axis", left, top, left, bottom) }
        drawScale(layout, into: &drawing, bottom: bottom, right: right, place: place)
        return drawing.svg(height: bottom + 44)
    }

    private var barHeight: Double { rows.count > 30 ? 11 : 16 }

    private func rowHeight(_ row: BarRow) -> Double {
        Double(max(row.bars.count, 1)) * (barHeight + 2) + (frame.isNarrow ? 24 : 8)
    }

    private func draw(
        _ row: BarRow, into drawing: inout Drawing, y: Double, left: Double, names: Double, place: (Double) -> Double
    ) {
        let bars = Double(max(row.bars.count, 1)) * (barHeight + 2)
        if frame.isNarrow {
            drawing.text("clear", 2, y + 13, TextWidth.cut(row.label, to: frame.width - 6))
        } else {
            drawing.text(
                "", left - 8, y + 4 + bars / 2 + 3.5, TextWidth.cut(row.label, to: names + 1), anchor: .end)
        }
        var top = y + (frame.isNarrow ? 18 : 4)
        for (index, bar) in row.bars.enumerated() {
            var start = 0.0
            for segment in bar {
                let end = start + length(segment)
                let (from, to) = (place(start), place(end))
                let number = (max(segment.series, 1) - 1) % ChartStyle.seriesCount + 1
                // The smallest existing part stays visible.
                let extent = end > start ? max(to - from, 0.75) : 0
                if extent > 0 {
                    drawing.rectangle("mark f\(number)", from, top, extent, barHeight, tip: segment.tip)
                    if segment.series <= series.count, segment.series >= 1, series[segment.series - 1].isHatched {
                        drawing.rectangle(
                            "", from, top, extent, barHeight,
                            attributes: " fill=\"url(#\(hatch))\" pointer-events=\"none\"")
                    }
                }
                start = end
            }
            if index < row.ends.count {
                drawing.text("tick clear", place(start) + 6, top + barHeight / 2 + 4.3, row.ends[index])
            }
            top += barHeight + 2
        }
    }

    private func drawScale(
        _ layout: AxisLayout, into drawing: inout Drawing, bottom: Double, right: Double, place: (Double) -> Double
    ) {
        var last = -Double.infinity
        for tick in layout.ticks where !tick.text.isEmpty {
            let half = TextWidth.of(tick.text) / 2
            let x = min(max(place(tick.value), half), frame.width - half)
            guard x - half > last + 4 else { continue }
            drawing.text("tick", x, bottom + 16, tick.text, anchor: .middle)
            last = x + half
        }
        drawing.text(
            "label", right, bottom + 36, TextWidth.cut(axis.label + " →", to: right - 2), anchor: .end)
    }
}
