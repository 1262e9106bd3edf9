import ScalingLaws

/// A search that knows nothing of slopes, to hold the planner against: a grid over ln N × ln D, refined around its
/// lowest points.
struct GridSearch {
    /// Cells along each side of the grid.
    var cells: Int

    /// ln N.
    var x: ClosedRange<Double>

    /// ln D.
    var y: ClosedRange<Double>

    /// ln of the unique tokens, where costs have a kink.
    var kink: Double

    /// The limits, as y over x: places between which no row of the grid may fall.
    var lines: [(Double) -> Double] = []

    /// The cost of N parameters and D tokens; infinite where they are not allowed.
    let cost: (_ parameters: Double, _ tokens: Double) -> Double

    /// The random problems for each law and objective, and the cells along a side: more of both with `DATAWALL_SOAK`.
    static let (problems, cells) = isSoak ? (200, 2_000) : (20, 200)

    /// The problems of each law in parts that run side by side: (law, part).
    static let parts = (1...3).flatMap { law in (0..<4).map { (law, $0) } }

    struct Point {
        var x: Double
        var y: Double
        var cost: Double
        var parameters: Double { Elementary.exp(x) }
        var tokens: Double { Elementary.exp(y) }
    }

    private struct Row {
        var y: Double
        var tokens: Double

        init(_ y: Double) {
            self.y = y
            tokens = Elementary.exp(y)
        }
    }

    private static func rows(_ range: ClosedRange<Double>, _ count: Int) -> [Row] {
        (0...count).map { Row(range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(count)) }
    }

    /// The lowest point over columns of constant x, closing in on the best of them.
    ///
    /// Within a column: the rows and the places where it crosses the lines, each edge of what is allowed found by
    /// halving, and finer rows around the lowest.
    func lowest() -> Point {
        var width = (x.upperBound - x.lowerBound) / Double(cells)
        let all = Self.rows(y, cells)
        var best = column(x.lowerBound, all, refinements: 0)
        for index in 1...cells {
            let other = column(x.lowerBound + width * Double(index), all, refinements: 0)
            if other.cost < best.cost { best = other }
        }
        let few = Self.rows(y, 40)
        var reach = 4 * (y.upperBound - y.lowerBound) / Double(cells)
        for _ in 0..<11 {
            // What is allowed may run on beyond the columns that were fine enough to meet it: follow it as it falls.
            var (centre, moves) = (Double.infinity, 0)
            while abs(best.x - centre) > width, moves < 400 {
                (centre, moves) = (best.x, moves + 1)
                for index in -5...5 {
                    let at = Swift.min(x.upperBound, Swift.max(x.lowerBound, centre + width * Double(index) / 4))
                    // Where the allowed is between two rows, only rows about the best point find it again.
                    let near =
                        best.cost < .infinity ? Self.rows((best.y - reach)...(best.y + reach), 40) : []
                    let rows = (few + near).sorted { $0.y < $1.y }
                    let other = column(at, rows, refinements: 4)
                    if other.cost < best.cost { best = other }
                }
            }
            // The tip of a level set is as thin as the root of the distance to it.
            width /= 4
            reach /= 2
        }
        return best
    }

    private func column(_ x: Double, _ rows: [Row], refinements: Int) -> Point {
        var best = Point(x: x, y: .nan, cost: .infinity)
        let parameters = Elementary.exp(x)
        let crossings = ([kink] + lines.map { $0(x) }).sorted()
        scan(rows, crossings, halvings: refinements == 0 ? 8 : 50, parameters, &best)
        var height = (y.upperBound - y.lowerBound) / Double(Swift.min(cells, rows.count - 1))
        for _ in 0..<refinements where best.cost < .infinity {
            scan(Self.rows((best.y - height)...(best.y + height), 16), crossings, halvings: 50, parameters, &best)
            height /= 8
        }
        return best
    }

    private func scan(
        _ rows: [Row], _ crossings: [Double], halvings: Int, _ parameters: Double, _ best: inout Point
    ) {
        var before: (y: Double, cost: Double)?
        func visit(_ row: Row) {
            let cost = cost(parameters, row.tokens)
            if cost < best.cost { (best.y, best.cost) = (row.y, cost) }
            if let before, (cost < .infinity) != (before.cost < .infinity) {
                var (inside, outside) = cost < .infinity ? (row.y, before.y) : (before.y, row.y)
                var step = 0
                while step < halvings {
                    let middle = (inside + outside) / 2
                    if self.cost(parameters, Elementary.exp(middle)) < .infinity {
                        inside = middle
                    } else {
                        outside = middle
                    }
                    step += 1
                }
                let edge = self.cost(parameters, Elementary.exp(inside))
                if edge < best.cost { (best.y, best.cost) = (inside, edge) }
            }
            before = (row.y, cost)
        }
        var next = 0
        while next < crossings.count, crossings[next] < rows[0].y { next += 1 }
        var index = 0
        while index < rows.count {
            while next < crossings.count, crossings[next] < rows[index].y {
                visit(Row(crossings[next]))
                next += 1
            }
            visit(rows[index])
            index += 1
        }
    }
}
