import ScalingLaws

/// The point whose largest excess over any member's own best is smallest.
///
/// The largest of many costs has kinks everywhere, so that only values guide the search: a grid over what lies between
/// the members' optima, then steps in ever new directions that halve where none leads down. Points outside the region
/// are moved to its edge, so that steps can slide along it.
struct MinimaxSearch {
    /// A law, or a member of its ensemble.
    ///
    /// A reference, so that asking hundreds of them in turn copies none.
    final class Member: Sendable {
        private let landscape: Landscape

        /// Its own best plan.
        let own: Candidate

        init(landscape: Landscape, own: Candidate) {
            self.landscape = landscape
            self.own = own
        }

        /// What a run costs above the member's own best plan.
        @inline(__always)
        func excess(_ run: Run) -> Double {
            landscape.cost(parameters: run.parameters, tokens: run.tokens) - own.cost
        }
    }

    /// A point as a run, for all members alike.
    struct Run {
        let parameters: Double
        let tokens: Double

        init(_ x: Double, _ y: Double) {
            (parameters, tokens) = (Elementary.exp(x), Elementary.exp(y))
        }
    }

    let members: [Member]
    let region: Region

    /// The y at which some of the data begin to repeat, in order.
    let kinks: [Double]

    /// The laws' own optima.
    let starts: [Candidate]

    /// The members as they are asked, those that were worst last first.
    private var order: [Int]

    init(members: [Member], region: Region, kinks: [Double], starts: [Candidate]) {
        self.members = members
        self.region = region
        self.kinks = kinks
        self.starts = starts
        order = Array(members.indices)
    }

    /// The largest excess at a point, or something above `bound` as soon as it is passed.
    ///
    /// The few members that decide near the answer come to stand first, so that most points are told from one or two.
    private mutating func excess(_ x: Double, _ y: Double, bound: Double = .infinity) -> Double {
        let run = Run(x, y)
        var (largest, worst) = (-Double.infinity, 0)
        for place in order.indices {
            let excess = members[order[place]].excess(run)
            guard excess > largest else { continue }
            (largest, worst) = (excess, place)
            if largest > bound { break }
        }
        if worst > 0 { order.insert(order.remove(at: worst), at: 0) }
        return largest
    }

    /// The nearest allowed point in y, or `nil` where the size is not allowed at all.
    private func allowed(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
        guard let sizes = region.sizes else { return nil }
        let x = Swift.min(Swift.max(x, sizes.lowerBound), sizes.upperBound)
        guard let tokens = region.tokens(at: x) else { return nil }
        return (x, Swift.min(Swift.max(y, tokens.lowerBound), tokens.upperBound))
    }

    /// The lowest point.
    mutating func lowest() -> Candidate {
        let (xs, ys) = (starts.map(\.x), starts.map(\.y))
        let margin = 0.5
        let (left, right) = ((xs.min() ?? 0) - margin, (xs.max() ?? 0) + margin)
        let (bottom, top) = ((ys.min() ?? 0) - margin, (ys.max() ?? 0) + margin)
        var points = starts.map { ($0.x, $0.y) }
        for column in 0...14 {
            let x = left + (right - left) * Double(column) / 14
            points += kinks.map { (x, $0) }
            for row in 0...14 { points.append((x, bottom + (top - bottom) * Double(row) / 14)) }
        }
        var found: [Candidate] = []
        for point in points {
            guard let (x, y) = allowed(point.0, point.1) else { continue }
            found.append(Candidate(x: x, y: y, cost: excess(x, y)))
        }
        found.sort { ($0.cost, $0.x, $0.y) < ($1.cost, $1.x, $1.y) }
        var lowest = found[0]
        var tried: [Candidate] = []
        for start in found where tried.count < 3 && !tried.contains(where: { $0.isClose(to: start, within: 0.4) }) {
            tried.append(start)
            let end = descend(from: start, step: Swift.max(0.05, (right - left) / 14))
            if end.cost < lowest.cost { lowest = end }
        }
        return lowest
    }

    private mutating func descend(from start: Candidate, step: Double) -> Candidate {
        var at = start
        var step = step
        // The golden angle turns the directions so that all are tried in time.
        var (cosine, sine) = (1.0, 0.0)
        let turn = (cosine: -0.7373688780783197, sine: 0.6754902942615238)
        var failures = 0
        while step > 1e-7 {
            var moved = false
            let kink = kinks.min { abs($0 - at.y) < abs($1 - at.y) }
            for direction in Self.directions {
                // The first round takes the directions as they are: along the axes and the budget's edge.
                let (dx, dy) = (
                    direction.0 * cosine - direction.1 * sine, direction.0 * sine + direction.1 * cosine
                )
                for line in [nil, kink] {
                    guard let (x, y) = allowed(at.x + step * dx, line ?? at.y + step * dy) else { continue }
                    let cost = excess(x, y, bound: at.cost)
                    if cost < at.cost - 1e-13 * Swift.max(1, abs(at.cost)) {
                        at = Candidate(x: x, y: y, cost: cost)
                        moved = true
                    }
                    guard let kink, abs(at.y - kink) <= 2 * step else { break }
                }
            }
            if moved {
                failures = 0
                continue
            }
            failures += 1
            (cosine, sine) =
                failures.isMultiple(of: 3)
                ? (1, 0)
                : (cosine * turn.cosine - sine * turn.sine, cosine * turn.sine + sine * turn.cosine)
            if failures.isMultiple(of: 3) { step /= 2 }
        }
        return at
    }

    /// The lowest point at a number of tokens, or `nil` where it is not allowed.
    mutating func lowest(atTokens y: Double) -> Candidate? {
        guard region.y.contains(y), let sizes = region.sizes(at: y) else { return nil }
        // Captured by value: the order in which members are asked has no part in the answer.
        var copy = self
        let line = LineSearch(value: { copy.excess($0, y) }, slope: { _ in nil })
        let brackets = line.brackets(sizes.lowerBound, sizes.upperBound, spacing: 0.4)
            .sorted { ($0.value, $0.middle) < ($1.value, $1.middle) }
        var lowest: Candidate?
        for bracket in brackets where bracket.bound < lowest?.cost ?? .infinity {
            let x = line.polish(bracket)
            let found = Candidate(x: x, y: y, cost: excess(x, y))
            if found.cost < lowest?.cost ?? .infinity { lowest = found }
        }
        return lowest
    }

    private static let directions: [(Double, Double)] = [
        (1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1), (1, 1), (-1, -1),
    ]
}
