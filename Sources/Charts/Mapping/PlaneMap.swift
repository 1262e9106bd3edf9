/// A map of shaded cells over two axes of numbers, with a path and a place on it.
///
/// Each cell spans half the way to its neighbours. Cells without a value are empty and say why.
public struct PlaneMap: Sendable, Hashable {
    /// Name, title, description and width.
    public var frame: ChartFrame

    /// The horizontal axis.
    public var x: Axis

    /// The vertical axis.
    public var y: Axis

    /// The values along the horizontal axis, rising.
    public var xs: [Double]

    /// The values along the vertical axis, rising.
    public var ys: [Double]

    /// The cells: a list along the horizontal axis for each value of the vertical one.
    public var cells: [[HeatCell]]

    /// The meaning of the lightest and of the darkest shade.
    public var shades: (light: String, dark: String) {
        get { (lightest, darkest) }
        set { (lightest, darkest) = newValue }
    }

    /// A dashed line, with its name; empty for no line.
    public var path: [PlotPoint]

    /// The name of the dashed line.
    public var pathName: String

    /// The reader's own places.
    public var places: [PlotPoint]

    private var lightest: String
    private var darkest: String

    /// Creates a map.
    ///
    /// - Parameters:
    ///   - frame: Name, title, description and width.
    ///   - x: The horizontal axis.
    ///   - y: The vertical axis.
    ///   - xs: The values along the horizontal axis, rising.
    ///   - ys: The values along the vertical axis, rising.
    ///   - cells: A list along the horizontal axis for each value of the vertical one; a cell without text is empty.
    ///   - shades: The meaning of the lightest and of the darkest shade.
    ///   - path: A dashed line.
    ///   - pathName: Its name.
    ///   - places: The reader's own places.
    /// - Precondition: There are cells for all values.
    public init(
        frame: ChartFrame, x: Axis, y: Axis, xs: [Double], ys: [Double], cells: [[HeatCell]],
        shades: (light: String, dark: String), path: [PlotPoint] = [], pathName: String = "", places: [PlotPoint] = []
    ) {
        precondition(
            cells.count == ys.count && cells.allSatisfy { $0.count == xs.count }, "a map has cells for all its values")
        self.frame = frame
        self.x = x
        self.y = y
        self.xs = xs
        self.ys = ys
        self.cells = cells
        (lightest, darkest) = shades
        self.path = path
        self.pathName = pathName
        self.places = places
    }

    /// The ends of the cells, in the distances of the axis.
    private static func ends(_ values: [Double], _ scale: AxisScale) -> [Double] {
        let places = values.map { scale.position($0) }
        guard let first = places.first, let last = places.last else { return [0, 1] }
        guard places.count > 1 else { return [first - 0.5, first + 0.5] }
        let middles = zip(places, places.dropFirst()).map { ($0 + $1) / 2 }
        return [first - (middles[0] - first)] + middles + [last + (last - middles[middles.count - 1])]
    }

    /// The map as SVG: the same bytes for the same map, on every machine.
    ///
    /// - Complexity: O(*n*) in the cells.
    public var svg: String {
        var drawing = Drawing(frame)
        let across = Self.ends(xs, x.scale)
        let up = Self.ends(ys, y.scale)
        let labels = Self.ticks(y, up, wanted: 7)
        let left = (labels.map { TextWidth.of($0.text) }.max() ?? 0) + 12
        let right = frame.width - 12
        let hasPath = path.count > 1
        let top = 46.0 + (hasPath ? 20 : 0)
        let height = frame.isNarrow ? 230.0 : 300.0
        let bottom = top + height
        func placeX(_ position: Double) -> Double {
            left + (position - across[0]) / (across[across.count - 1] - across[0]) * (right - left)
        }
        func placeY(_ position: Double) -> Double {
            bottom - (position - up[0]) / (up[up.count - 1] - up[0]) * height
        }
        drawScale(into: &drawing)
        if hasPath {
            drawing.line("wall", 2, 32, 26, 32)
            drawing.text("", 32, 36.5, TextWidth.cut(pathName, to: frame.width - 40))
        }
        drawing.text("label", 2, top - 8, TextWidth.cut("↑ " + y.label, to: frame.width - 8))
        // All cells have texts or none has, since texts in only some of them would look like a pattern.
        let slots = cells.indices.flatMap { row in xs.indices.map { (row, $0) } }
        let showsText = slots.allSatisfy { row, column in
            Drawing.holds(
                cells[row][column].text, width: (placeX(across[column + 1]) - placeX(across[column])) * 1.13,
                height: placeY(up[row]) - placeY(up[row + 1]))
        }
        for (row, list) in cells.enumerated() {
            let (low, high) = (placeY(up[row]), placeY(up[row + 1]))
            for (column, cell) in list.enumerated() {
                let from = placeX(across[column])
                let width = placeX(across[column + 1]) - from
                if cell.text.isEmpty {
                    drawing.rectangle("mark blank", from + 1, high + 1, width - 2, low - high - 2, tip: cell.tip)
                } else {
                    drawing.cell(
                        cell, x: from, y: high, width: width, height: low - high, kind: "small",
                        showsText: showsText)
                }
            }
        }
        for tick in labels {
            drawing.text("tick", left - 8, placeY(y.scale.position(tick.value)) + 4.3, tick.text, anchor: .end)
        }
        drawColumns(Self.ticks(x, across, wanted: Int((right - left) / 76)), into: &drawing, bottom: bottom) {
            placeX(x.scale.position($0))
        }
        drawing.text("label", right, bottom + 38, TextWidth.cut(x.label + " →", to: right - 2), anchor: .end)
        if hasPath {
            let clip = frame.identifier + "-c"
            drawing.raw(
                "<clipPath id=\"\(clip)\"><rect x=\"\(Coordinate.text(left))\" y=\"\(Coordinate.text(top))\" "
                    + "width=\"\(Coordinate.text(right - left))\" height=\"\(Coordinate.text(height))\"/></clipPath>\n")
            drawing.path(
                "wall", path.map { (placeX(x.scale.position($0.x)), placeY(y.scale.position($0.y))) }, clip: clip)
        }
        for place in places where x.scale.holds(place.x) && y.scale.holds(place.y) {
            let (atX, atY) = (placeX(x.scale.position(place.x)), placeY(y.scale.position(place.y)))
            guard atX >= left, atX <= right, atY >= top, atY <= bottom else { continue }
            drawing.symbol("mark f2 halo", series: 1, atX, atY, radius: 7, tip: place.tip)
        }
        return drawing.svg(height: bottom + 44)
    }

    private static func ticks(_ axis: Axis, _ ends: [Double], wanted: Int) -> [AxisLayout.Tick] {
        var layout = axis
        let values = [ends[0], ends[ends.count - 1]].map { axis.scale.isLogarithmic ? AxisLayout.exponential($0) : $0 }
        layout.domain = values[0]...values[1]
        return AxisLayout(layout, values: [], ticks: wanted, rounds: false).ticks.filter { !$0.text.isEmpty }
    }

    private func drawColumns(
        _ ticks: [AxisLayout.Tick], into drawing: inout Drawing, bottom: Double, place: (Double) -> Double
    ) {
        var last = -Double.infinity
        for tick in ticks {
            let (at, half) = (place(tick.value), TextWidth.of(tick.text) / 2)
            guard at - half > last + 4, at + half <= frame.width, at - half >= 0 else { continue }
            drawing.text("tick", at, bottom + 18, tick.text, anchor: .middle)
            last = at + half
        }
    }

    /// The shades with their values, above the map.
    private func drawScale(into drawing: inout Drawing) {
        var left = 2.0
        drawing.text("", left, 14, lightest)
        left += TextWidth.of(lightest) + 8
        for step in 0..<6 {
            drawing.rectangle(
                "cell", left + Double(step) * 18, 4, 18, 12,
                attributes: " fill-opacity=\"\(Drawing.opacity(ofShade: Double(step) / 5))\"")
        }
        drawing.text("", left + 6 * 18 + 8, 14, darkest)
    }
}
