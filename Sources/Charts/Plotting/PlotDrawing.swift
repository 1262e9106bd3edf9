/// A plot on its way to a drawing: axes laid out, margins known.
struct PlotDrawing {
    private let plot: Plot
    private let xs: AxisLayout
    private let ys: AxisLayout
    private let legend: ChartLegend
    private let left: Double
    private let right: Double
    private let top: Double
    private let bottom: Double
    private var drawing: Drawing

    private var clip: String { plot.frame.identifier + "-c" }

    init(_ plot: Plot) {
        self.plot = plot
        drawing = Drawing(plot.frame)
        let width = plot.frame.width
        let height = plot.height ?? (plot.frame.isNarrow ? 230 : 300)
        let (horizontal, vertical) = Self.values(of: plot.marks)
        ys = AxisLayout(plot.y, values: vertical, ticks: plot.frame.isNarrow ? 5 : 6, rounds: true)
        let labels = ys.ticks.map { TextWidth.of($0.text) }.max() ?? 0
        left = labels + 12
        right = width - 16
        xs = AxisLayout(plot.x, values: horizontal, ticks: Int((right - left) / 76), rounds: false, margin: 0.02)
        legend = ChartLegend(Self.entries(of: plot.marks), width: width - 4)
        top = legend.height + 24 + Self.ruleRoom(plot.marks)
        bottom = top + height
    }

    /// The values that must have a place: all of lines and points, and of bands.
    private static func values(of marks: [PlotMark]) -> (x: [Double], y: [Double]) {
        var (xs, ys): ([Double], [Double]) = ([], [])
        for mark in marks {
            switch mark {
            case .line(let points, _, _), .points(let points, _, _):
                xs += points.map(\.x)
                ys += points.map(\.y)
            case .band(let bands, _, _):
                xs += bands.map(\.x)
                ys += bands.flatMap { [$0.low, $0.high] }
            case .highlight(let point, _, _):
                xs.append(point.x)
                ys.append(point.y)
            case .verticalRule(let x, _): xs.append(x)
            case .horizontalRule(let y, _): ys.append(y)
            }
        }
        return (xs, ys)
    }

    private static func entries(of marks: [PlotMark]) -> [ChartLegend.Entry] {
        marks.compactMap { mark in
            switch mark {
            case .line(_, let series, let label?): ChartLegend.Entry(label: label, series: series, sample: .line)
            case .band(_, let series, let label?): ChartLegend.Entry(label: label, series: series, sample: .band)
            case .points(_, let series, let label?): ChartLegend.Entry(label: label, series: series, sample: .symbol)
            default: nil
            }
        }
    }

    /// Names of vertical rules are above the plot, one row each.
    private static func ruleRoom(_ marks: [PlotMark]) -> Double {
        Double(marks.count { if case .verticalRule = $0 { true } else { false } }) * 17
    }

    private func place(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
        guard let across = xs.share(x), let up = ys.share(y) else { return nil }
        // Far outside, a place is only a direction for a line that the clip cuts.
        func bounded(_ share: Double) -> Double { min(max(share, -4), 5) }
        return (left + bounded(across) * (right - left), bottom - bounded(up) * (bottom - top))
    }

    /// Whether a point is in the plot: the same points at every width.
    private func isInside(_ point: PlotPoint) -> Bool {
        guard let across = xs.share(point.x), let up = ys.share(point.y) else { return false }
        return [across, up].allSatisfy { $0 >= -0.001 && $0 <= 1.001 }
    }

    mutating func svg() -> String {
        drawing.raw(
            "<clipPath id=\"\(clip)\"><rect x=\"\(Coordinate.text(left))\" y=\"\(Coordinate.text(top - 3))\" "
                + "width=\"\(Coordinate.text(right - left))\" height=\"\(Coordinate.text(bottom - top + 6))\"/></clipPath>\n"
        )
        legend.draw(into: &drawing, x: 2, y: 0, hatch: "")
        drawAxes()
        var rules = 0
        for mark in plot.marks { draw(mark, rules: &rules) }
        for mark in plot.marks { drawTargets(mark) }
        return drawing.svg(height: bottom + 44)
    }

    private mutating func drawAxes() {
        drawing.text(
            "label", 2, legend.height + 13, TextWidth.cut("↑ " + plot.y.label, to: plot.frame.width - 8))
        for tick in ys.ticks {
            guard let share = ys.share(tick.value) else { continue }
            let y = bottom - share * (bottom - top)
            if !tick.text.isEmpty { drawing.line("grid", left, y, right, y) }
            drawing.text("tick", left - 8, y + 4.3, tick.text, anchor: .end)
        }
        var last = -Double.infinity
        for tick in xs.ticks {
            guard let share = xs.share(tick.value) else { continue }
            let x = left + share * (right - left)
            drawing.line("axis", x, bottom, x, bottom + (tick.text.isEmpty ? 3 : 6))
            let half = TextWidth.of(tick.text) / 2
            // A number that would touch its neighbour or leave the drawing is left out.
            guard !tick.text.isEmpty, x - half > last + 4, x + half <= plot.frame.width, x - half >= 0 else { continue }
            drawing.text("tick", x, bottom + 19, tick.text, anchor: .middle)
            last = x + half
        }
        drawing.line("axis", left, bottom, right, bottom)
        drawing.text(
            "label", right, bottom + 38, TextWidth.cut(plot.x.label + " →", to: right - 2), anchor: .end)
    }

    private mutating func draw(_ mark: PlotMark, rules: inout Int) {
        switch mark {
        case .line(let points, let series, _):
            let number = Self.series(series)
            drawing.path("line s\(number) d\(number)", points.compactMap { place($0.x, $0.y) }, clip: clip)
        case .band(let bands, let series, _):
            let upper = bands.compactMap { place($0.x, $0.high) }
            let lower = bands.compactMap { place($0.x, $0.low) }
            drawing.path("band f\(Self.series(series))", upper + lower.reversed(), closed: true, clip: clip)
        case .points(let points, let series, _):
            let number = Self.series(series)
            for point in points {
                guard isInside(point), let place = place(point.x, point.y) else { continue }
                let radius = points.count > 200 ? 2.6 : 4.0
                drawing.symbol(
                    "mark f\(number) halo", series: number, place.x, place.y, radius: radius, tip: point.tip)
            }
        case .highlight(let point, let series, let label):
            guard isInside(point), let place = place(point.x, point.y) else { return }
            drawHighlight(point, at: place, series: Self.series(series), label: label)
        case .verticalRule(let x, let label):
            guard let place = place(x, ys.ticks.first?.value ?? 1) else { return }
            let y = legend.height + 36 + Double(rules) * 17
            rules += 1
            drawing.line("rule", place.x, y + 3, place.x, bottom)
            let text = TextWidth.cut(label, to: plot.frame.width - 12)
            let half = TextWidth.of(text) / 2
            drawing.text(
                "clear", min(max(place.x, left + half), plot.frame.width - half - 2), y, text, anchor: .middle)
        case .horizontalRule(let y, let label):
            guard let place = place(xs.ticks.first?.value ?? 1, y) else { return }
            drawing.line("rule", left, place.y, right, place.y)
            drawing.text("clear", left + 6, place.y - 5, TextWidth.cut(label, to: right - left - 8))
        }
    }

    private mutating func drawHighlight(
        _ point: PlotPoint, at place: (x: Double, y: Double), series: Int, label: String
    ) {
        drawing.symbol("mark f\(series) halo", series: 1, place.x, place.y, radius: 6.5, tip: point.tip)
        let width = TextWidth.of(label)
        let y = place.y - 12 < top + 10 ? place.y + 22 : place.y - 12
        if place.x + width / 2 <= right, place.x - width / 2 >= left {
            drawing.text("strong clear", place.x, y, label, anchor: .middle)
        } else {
            let isRight = place.x > (left + right) / 2
            drawing.text("strong clear", isRight ? right : left + 4, y, label, anchor: isRight ? .end : .start)
        }
    }

    /// Places of lines that answer to a pointer are above everything else.
    private mutating func drawTargets(_ mark: PlotMark) {
        guard case .line(let points, _, _) = mark else { return }
        for point in points {
            guard let tip = point.tip, isInside(point), let place = place(point.x, point.y) else { continue }
            drawing.target(place.x, place.y, radius: 9, tip: tip)
        }
    }

    private static func series(_ series: Int) -> Int {
        (max(series, 1) - 1) % ChartStyle.seriesCount + 1
    }
}
