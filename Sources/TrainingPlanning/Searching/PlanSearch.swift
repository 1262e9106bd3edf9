import ScalingLaws

/// A search for every local minimum of a landscape over a region.
///
/// Any minimum is inside the region, on one of its edges, on a line where some of the data begin to repeat, or on the
/// level set of the target loss. Edges and level set are searched as functions of one variable; inside, a grid in ln N
/// × ln D finds the basins and Newton steps the bottom of each. The samples are dense enough to separate basins that
/// differ by a tenth of a factor e.
struct PlanSearch: Sendable {
    let landscape: Landscape
    let region: Region

    /// The loss that must be reached, or `nil`.
    let targetLoss: Double?

    let resolution: Resolution

    /// How finely to sample, in e-folds of N and D.
    struct Resolution: Sendable {
        var edge: Double
        var interior: Double

        /// For a plan and all its basins.
        static let fine = Resolution(edge: 0.08, interior: 0.25)

        /// For the best plan of a question similar to one that is answered.
        static let medium = Resolution(edge: 0.15, interior: 0.5)

        /// For each of many plans near a known one.
        static let coarse = Resolution(edge: 0.4, interior: 1.2)
    }

    /// The local minima, the lowest first.
    func basins() -> [Candidate] {
        var candidates: [Candidate] = []
        for edge in edges { candidates += minima(on: edge) }
        if let targetLoss {
            // If any run reaches the target, those of lowest loss do; all others that reach it are found around them.
            let lowest = PlanSearch(
                landscape: landscape.lossAlone, region: region, targetLoss: nil, resolution: resolution
            )
            .basins().filter { $0.cost <= targetLoss }
            candidates += lowest.map { Candidate(x: $0.x, y: $0.y, cost: landscape.cost($0.x, $0.y)) }
            candidates += minima(onLevel: targetLoss, around: lowest)
        }
        candidates += interiorMinima(startingFrom: candidates)
        candidates.sort { ($0.cost, $0.x) < ($1.cost, $1.x) }
        var basins: [Candidate] = []
        for candidate in candidates where !basins.contains(where: { $0.isClose(to: candidate, within: 2e-3) }) {
            // The first is the lowest of all; for the others it has to be checked that no step leads down.
            if basins.isEmpty || isLocalMinimum(candidate) && !Region.isOpenEnd(candidate) { basins.append(candidate) }
        }
        return basins
    }

    /// Only the lowest point, or `nil` if there is none; minima that cannot be the lowest are not polished.
    func lowest() -> Candidate? {
        guard targetLoss == nil else { return basins().first }
        var brackets: [(edge: EdgeCurve, bracket: LineSearch.Bracket)] = []
        for edge in edges {
            let search = lineSearch(on: edge)
            for piece in edge.pieces(in: region, kinks: landscape.kinks) {
                for bracket in search.brackets(piece.lowerBound, piece.upperBound, spacing: resolution.edge) {
                    brackets.append((edge, bracket))
                }
            }
        }
        brackets.sort { ($0.bracket.value, $0.bracket.middle) < ($1.bracket.value, $1.bracket.middle) }
        var best: Candidate?
        for (edge, bracket) in brackets where bracket.bound < best?.cost ?? .infinity {
            let point = edge.point(lineSearch(on: edge).polish(bracket), in: region)
            let candidate = Candidate(x: point.x, y: point.y, cost: cost(point.x, point.y))
            if candidate.cost < best?.cost ?? .infinity { best = candidate }
        }
        var starts = gridMinima().filter { $0.bound < best?.cost ?? .infinity }.map(\.place)
        if let best, let lower = lowerNeighbour(of: best) { starts.append(lower) }
        starts.sort { ($0.cost, $0.x, $0.y) < ($1.cost, $1.x, $1.y) }
        for start in starts {
            if let minimum = descend(from: start), minimum.cost < best?.cost ?? .infinity { best = minimum }
        }
        return best
    }

    /// The cost at a point that may be chosen; infinite where the target loss is missed.
    private func cost(_ x: Double, _ y: Double) -> Double {
        cost(parameters: Elementary.exp(x), tokens: Elementary.exp(y))
    }

    private func cost(parameters: Double, tokens: Double) -> Double {
        if let targetLoss, !landscape.costIsLoss,
            landscape.loss(parameters: parameters, tokens: tokens) > targetLoss
        {
            return .infinity
        }
        let cost = landscape.cost(parameters: parameters, tokens: tokens)
        if let targetLoss, landscape.costIsLoss, cost > targetLoss { return .infinity }
        return cost
    }

    // MARK: Edges

    private var edges: [EdgeCurve] {
        var edges: [EdgeCurve] = [.budget, .ratio, .tokens(region.y.lowerBound), .tokens(region.y.upperBound)]
        for kink in landscape.kinks where kink > region.y.lowerBound && kink < region.y.upperBound {
            edges.append(.tokens(kink))
        }
        edges += [.size(region.x.lowerBound), .size(region.x.upperBound)]
        return edges
    }

    private func lineSearch(on edge: EdgeCurve) -> LineSearch {
        LineSearch(
            value: { t in
                let point = edge.point(t, in: region)
                return cost(point.x, point.y)
            },
            slope: { t in
                let point = edge.point(t, in: region)
                return landscape.costSlopes(point.x, point.y).map { edge.slope($0, at: t, in: region) }
            })
    }

    private func minima(on edge: EdgeCurve) -> [Candidate] {
        let search = lineSearch(on: edge)
        return edge.pieces(in: region, kinks: landscape.kinks).flatMap { piece in
            search.minima(piece.lowerBound, piece.upperBound, spacing: resolution.edge).map { t in
                let point = edge.point(t, in: region)
                return Candidate(x: point.x, y: point.y, cost: cost(point.x, point.y))
            }
        }
    }

    private func minima(onLevel target: Double, around lowest: [Candidate]) -> [Candidate] {
        guard let sizes = region.sizes else { return [] }
        let level = LevelSet(landscape: landscape, region: region, target: target, spacing: 2 * resolution.interior)
        guard !lowest.isEmpty else { return [] }
        // The search uses value, slope and place of the same sizes.
        var known: [Double: LevelSet.Point?] = [:]
        func best(at x: Double) -> LevelSet.Point? {
            if let point = known[x] { return point }
            let point = level.best(at: x)
            known[x] = point
            return point
        }
        let search = LineSearch(
            value: { best(at: $0)?.cost ?? .infinity }, slope: { x in best(at: x).flatMap { level.slope(at: x, $0) } })
        let ends = [sizes.lowerBound] + lowest.map(\.x).sorted() + [sizes.upperBound]
        return zip(ends, ends.dropFirst()).flatMap { lower, upper in
            search.minima(lower, upper, spacing: 2 * resolution.edge).compactMap { x in
                best(at: x).map { Candidate(x: x, y: $0.y, cost: $0.cost) }
            }
        }
    }

    // MARK: Inside

    /// The costs at one size, by row of the grid.
    private struct Column {
        var first = 0
        var values: [Double] = []

        subscript(row: Int) -> Double {
            let index = row - first
            return values.indices.contains(index) ? values[index] : .infinity
        }

        func least(beside row: Int) -> Double { Swift.min(self[row - 1], self[row + 1]) }

        func least(around row: Int) -> Double { Swift.min(least(beside: row), self[row]) }

        func most(beside row: Int) -> Double { Swift.max(self[row - 1], self[row + 1]) }
    }

    /// A point of the grid that is no higher than its neighbours, with a lower bound of the cost near it if the cost is
    /// convex there.
    private struct GridMinimum {
        var place: Candidate
        var bound: Double
    }

    private func gridMinima() -> [GridMinimum] {
        guard let sizes = region.sizes, sizes.upperBound > sizes.lowerBound else { return [] }
        var found: [GridMinimum] = []
        let columns = Swift.max(8, Int(((sizes.upperBound - sizes.lowerBound) / resolution.interior).rounded(.up)))
        let lowest = region.y.lowerBound
        var tokensByRow: [Double] = []
        var (before, current, after) = (Column(), Column(), Column())
        // One column ahead of the current one.
        for column in 0...(columns + 1) {
            (before, current) = (current, after)
            after = Column()
            if column <= columns {
                let x = sizes.lowerBound + (sizes.upperBound - sizes.lowerBound) * Double(column) / Double(columns)
                if let tokens = region.tokens(at: x) {
                    let first = Int(((tokens.lowerBound - lowest) / resolution.interior).rounded(.up))
                    let last = Int(((tokens.upperBound - lowest) / resolution.interior).rounded(.down))
                    if first <= last {
                        after.first = first
                        while tokensByRow.count <= last {
                            tokensByRow.append(
                                Elementary.exp(lowest + Double(tokensByRow.count) * resolution.interior))
                        }
                        let parameters = Elementary.exp(x)
                        after.values = tokensByRow[first...last].map { cost(parameters: parameters, tokens: $0) }
                    }
                }
            }
            guard column > 0 else { continue }
            let x = sizes.lowerBound + (sizes.upperBound - sizes.lowerBound) * Double(column - 1) / Double(columns)
            for (index, value) in current.values.enumerated() where value < .infinity {
                let row = current.first + index
                // Of equal points the first represents all: where a law saturates, the cost is flat to the last bit.
                if Swift.min(before.least(around: row), current[row - 1]) > value,
                    Swift.min(current[row + 1], after.least(around: row)) >= value
                {
                    let rise = Swift.max(before[row], after[row]) + current.most(beside: row) - 2 * value
                    found.append(
                        GridMinimum(
                            place: Candidate(x: x, y: lowest + Double(row) * resolution.interior, cost: value),
                            bound: rise < .infinity ? value - rise : -.infinity))
                }
            }
        }
        return found
    }

    private func interiorMinima(startingFrom known: [Candidate]) -> [Candidate] {
        // A grid point next to a forbidden one is usually a minimum of the grid only because neighbours are missing.
        // Then Newton's step leads out of the cells around it.
        var found: [Candidate] = []
        for minimum in gridMinima().sorted(by: {
            ($0.place.cost, $0.place.x, $0.place.y) < ($1.place.cost, $1.place.x, $1.place.y)
        }) {
            let reach = minimum.bound > -.infinity ? .infinity : 3 * resolution.interior
            add(descend(from: minimum.place, within: reach), to: &found)
        }
        // A minimum on an edge from which a step inwards leads down belongs to a basin inside.
        for candidate in known.sorted(by: { $0.cost < $1.cost }).prefix(6) {
            if let lower = lowerNeighbour(of: candidate) { add(descend(from: lower), to: &found) }
        }
        return found
    }

    private func add(_ minimum: Candidate?, to found: inout [Candidate]) {
        guard let minimum, !found.contains(where: { $0.isClose(to: minimum, within: 1e-6) }) else { return }
        found.append(minimum)
    }

    /// Newton steps to the bottom of a basin inside the region, between the lines where data begin to repeat; `nil` if
    /// they end on an edge, which is searched separately.
    ///
    /// - Parameters:
    ///   - start: The place to start from.
    ///   - reach: The longest first step where the cost is convex; a bottom further away is not sought.
    /// - Returns: The bottom, or `nil`.
    private func descend(from start: Candidate, within reach: Double = .infinity) -> Candidate? {
        var (x, y, cost) = (start.x, start.y, start.cost)
        let floor = landscape.kinks.last { $0 < start.y } ?? -.infinity
        let ceiling = landscape.kinks.first { $0 >= start.y } ?? .infinity
        func mayStep(to x: Double, _ y: Double) -> Bool {
            region.contains(x, y, slack: 0) && y > floor && y <= ceiling
        }
        // Consecutive steps that a limit cut short: each at least halves the distance to it and leads to a minimum on
        // it.
        var cutShort = 0
        for iteration in 0..<100 {
            guard cutShort < 12, let local = landscape.costCurvature(x, y) else { return nil }
            // Shift the curvature until it bends upwards in every direction.
            let trace = local.xx + local.yy
            let difference = local.xx - local.yy
            let smallest = (trace - (difference * difference + 4 * local.xy * local.xy).squareRoot()) / 2
            let largest = trace - smallest
            let floor = 1e-6 * Swift.max(abs(largest), abs(smallest))
            let shift = smallest < floor ? floor - smallest + 0.1 * abs(smallest) : 0
            let (xx, yy) = (local.xx + shift, local.yy + shift)
            let determinant = xx * yy - local.xy * local.xy
            guard determinant > 0 else { return nil }
            var stepX = -(yy * local.slopeX - local.xy * local.slopeY) / determinant
            var stepY = -(xx * local.slopeY - local.xy * local.slopeX) / determinant
            let length = (stepX * stepX + stepY * stepY).squareRoot()
            guard length.isFinite, iteration > 0 || length <= reach || shift > 0 else { return nil }
            if length > 0.5 {
                stepX *= 0.5 / length
                stepY *= 0.5 / length
            }
            var moved = false
            var share = 1.0
            var isCut = false
            while share > 1e-6 {
                let (newX, newY) = (x + share * stepX, y + share * stepY)
                let newCost = mayStep(to: newX, newY) ? self.cost(newX, newY) : .infinity
                if newCost == .infinity {
                    isCut = true
                } else {
                    if newCost <= cost + abs(cost) * 4e-15 {
                        (x, y, cost, moved) = (newX, newY, newCost, true)
                        break
                    }
                }
                share /= 2
            }
            cutShort = isCut ? cutShort + 1 : 0
            if !moved, length > 1e-7 { return nil }
            if !moved || (length < 1e-10 && shift == 0) { return Candidate(x: x, y: y, cost: cost) }
        }
        return nil
    }

    // MARK: Checking

    /// A lower point among the neighbours of a point, or `nil` if it is a local minimum.
    private func lowerNeighbour(of candidate: Candidate) -> Candidate? {
        let tolerance = abs(candidate.cost) * 1e-13
        var lowest: Candidate?
        for distance in [1e-3, 2e-2] {
            for direction in Self.directions {
                let (x, y) = (candidate.x + distance * direction.0, candidate.y + distance * direction.1)
                guard region.contains(x, y) else { continue }
                let cost = cost(x, y)
                if cost < (lowest?.cost ?? candidate.cost) - tolerance { lowest = Candidate(x: x, y: y, cost: cost) }
            }
            if lowest != nil { return lowest }
        }
        return nil
    }

    private func isLocalMinimum(_ candidate: Candidate) -> Bool {
        lowerNeighbour(of: candidate) == nil
    }

    /// Sixteen directions, including those of the axes and of the region's edges.
    private static let directions: [(Double, Double)] = [
        (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1), (1, 0.4), (-1, -0.4), (0.4, 1),
        (-0.4, -1), (1, -0.4), (-1, 0.4), (-0.4, 1), (0.4, -1),
    ]
}
