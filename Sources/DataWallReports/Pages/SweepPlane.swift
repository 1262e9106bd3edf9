import Charts
import Quantities
import ScalingLaws
import TrainingPlanning

/// The maps of a sweep over two axes: epochs and N, with the reader's own plans on them.
struct SweepPlane {
    private let part: SweepPart
    private let x: SweepQuantity
    private let y: SweepQuantity
    private let xs: [Double]
    private let ys: [Double]
    /// The points by value of the vertical axis, then of the horizontal one, both rising.
    private let grid: [[SweepFile.Point]]

    /// Arranges the points: compute is across and unique tokens go up, whatever order they were swept in.
    ///
    /// - Precondition: The sweep has two axes and a point for each combination.
    init(_ part: SweepPart) {
        self.part = part
        let axes = part.sweep.axes
        let isTurned = axes[0].quantity == "unique_tokens" || axes[1].quantity == "flops"
        let (across, up) = isTurned ? (axes[1], axes[0]) : (axes[0], axes[1])
        (x, y) = (SweepQuantity(across.quantity), SweepQuantity(up.quantity))
        func rising(_ values: [Double]) -> [Int] { values.indices.sorted { (values[$0], $0) < (values[$1], $1) } }
        let (columns, rows) = (rising(across.values), rising(up.values))
        xs = columns.map { across.values[$0] }
        ys = rows.map { up.values[$0] }
        grid = rows.map { row in
            columns.map { column in
                let (first, second) = isTurned ? (row, column) : (column, row)
                return part.sweep.points[first * axes[1].values.count + second]
            }
        }
    }

    var figures: [PageFigure] {
        [
            figure(
                .epochs, "-epochs", title: "Epochs of the best plan",
                text: "Stronger colours repeat the data more often."
                    + (wall.count > 1 ? " Below the dashed line the best plan repeats data." : "")),
            figure(
                .parameters, "-sizes", title: "Size of the best plan", text: "Stronger colours are larger models."),
        ].compactMap { $0 }
    }

    private var places: [PlotPoint] {
        part.plans.compactMap { plan, name in
            guard let atX = x.value(of: plan), let atY = y.value(of: plan), Self.holds(xs, atX), Self.holds(ys, atY)
            else { return nil }
            let run = plan.recommended.run
            return PlotPoint(
                atX, atY,
                tip: "\(name): \(x.text(atX)), \(y.text(atY))\nepochs \(Quantity.short(run.epochs))\n"
                    + "N \(Quantity.short(run.parameters))\nD \(Quantity.short(run.tokens))")
        }
    }

    /// Whether a place is among the values of an axis: elsewhere the map does not show it.
    private static func holds(_ values: [Double], _ value: Double) -> Bool {
        (values.min() ?? value)...(values.max() ?? value) ~= value
    }

    private func figure(_ figure: SweepFigure, _ suffix: String, title: String, text: String) -> PageFigure? {
        let values = grid.joined().compactMap { figure.value($0) }.filter { $0 > 0 && $0.isFinite }
        guard let least = values.min(), let most = values.max(), xs.count > 1, ys.count > 1 else { return nil }
        // One epoch is the lightest shade, since fewer repeat nothing.
        let low = figure == .epochs ? Swift.max(least, 1) : least
        let span = most > low ? Elementary.log(most / low) : 1
        var table = PageTable(title, columns: [.text(y.name)] + xs.map { .number(x.text($0)) })
        for (value, row) in zip(ys, grid).reversed() {
            table.add([y.text(value)] + row.map { figure.value($0).map(figure.text) ?? "–" })
        }
        table.caption = "\(title): columns are \(x.name)"
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more rows"
        let cells = zip(ys, grid).map { atY, row in
            zip(xs, row).map { atX, point in
                let value = figure.value(point)
                return HeatCell(
                    shade: value.map { $0 > low ? Elementary.log($0 / low) / span : 0 } ?? 0,
                    text: value.map { figure == .epochs && $0 < 1 ? "<1" : Quantity.short(Self.rounded($0, digits: 2)) }
                        ?? "",
                    tip: "\(x.text(atX)) and \(y.text(atY))\n\(SweepPart.tip(point))")
            }
        }
        let own = places
        let wall = wall
        let marked = own.isEmpty ? "" : own.count == 1 ? " The dot is your plan." : " The dots are your plans."
        return PageFigure(part.identifier + suffix, title: title, text: text + marked, table: table) { frame in
            PlaneMap(
                frame: frame, x: x.axis(xs), y: y.axis(ys), xs: xs, ys: ys, cells: cells,
                shades: (figure.text(Self.rounded(low)), figure.text(Self.rounded(most))), path: wall,
                pathName: "one epoch: the data wall", places: own
            ).svg
        }
    }

    /// A number with as many significant digits as fit in a cell.
    private static func rounded(_ value: Double, digits: Int = 3) -> Double {
        Double(Quantity.rounded(value, digits: digits)) ?? value
    }

    /// The line of plans with exactly one epoch: for each value on the horizontal axis, the vertical value at which
    /// epochs pass 1.
    private var wall: [PlotPoint] {
        var places: [PlotPoint] = []
        for (column, atX) in xs.enumerated() {
            for row in 1..<ys.count {
                guard let below = grid[row - 1][column].epochs, let above = grid[row][column].epochs,
                    below > 1, above <= 1, above > 0
                else { continue }
                let share = Elementary.log(below) / Elementary.log(below / above)
                places.append(
                    PlotPoint(atX, ys[row - 1] * Elementary.exp(share * Elementary.log(ys[row] / ys[row - 1]))))
            }
        }
        return places
    }
}
