import ScalingLaws

/// The runs that just reach a target loss.
///
/// At each size the loss may cross the target several times as tokens grow: repeats first help, then may harm.
struct LevelSet: Sendable {
    let landscape: Landscape
    let region: Region
    let target: Double

    /// How far apart tokens are sampled, in y.
    let spacing: Double

    /// All y at which the loss crosses the target at a size.
    func crossings(at x: Double) -> [Double] {
        guard let tokens = region.tokens(at: x) else { return [] }
        let parameters = Elementary.exp(x)
        func above(_ y: Double) -> Double {
            landscape.loss(parameters: parameters, tokens: Elementary.exp(y)) - target
        }
        let kinks = landscape.kinks.filter { $0 > tokens.lowerBound && $0 < tokens.upperBound }
        let ends = [tokens.lowerBound] + kinks + [tokens.upperBound]
        var samples: [(y: Double, above: Double)] = []
        for piece in zip(ends, ends.dropFirst()) {
            let steps = Swift.max(4, Int(((piece.1 - piece.0) / spacing).rounded(.up)))
            for index in 0..<steps {
                let y = piece.0 + (piece.1 - piece.0) * Double(index) / Double(steps)
                samples.append((y, above(y)))
            }
        }
        samples.append((tokens.upperBound, above(tokens.upperBound)))
        if samples.allSatisfy({ $0.above > 0 }), let dip = dip(below: samples, at: x) {
            samples.insert(dip.sample, at: dip.index)
        }
        return zip(samples, samples.dropFirst()).compactMap { first, second in
            guard (first.above > 0) != (second.above > 0) else { return nil }
            let sign = second.above > 0 ? 1.0 : -1.0
            return Bisection.root(first.y, second.y, sign * first.above, sign * second.above) { sign * above($0) }
        }
    }

    /// A place between samples where the loss falls below the target although it does not at the samples.
    private func dip(
        below samples: [(y: Double, above: Double)], at x: Double
    ) -> (index: Int, sample: (y: Double, above: Double))? {
        guard let lowest = samples.indices.min(by: { samples[$0].above < samples[$1].above }),
            samples[lowest].above < 0.02 * target
        else { return nil }
        let search = LineSearch(
            value: { landscape.loss(x, $0) }, slope: { landscape.lossSlopes(x, $0)?.y })
        let y = search.polish(
            samples[Swift.max(0, lowest - 1)].y, samples[Swift.min(samples.count - 1, lowest + 1)].y)
        let above = landscape.loss(x, y) - target
        guard above <= 0, y != samples[lowest].y else { return nil }
        return (y > samples[lowest].y ? lowest + 1 : lowest, (y, above))
    }

    /// A crossing at a size.
    struct Point {
        var y: Double
        var cost: Double
    }

    /// The crossing of least cost at a size, or `nil` where the target is not reached there.
    func best(at x: Double) -> Point? {
        var best: Point?
        for y in crossings(at: x) {
            let cost = landscape.cost(x, y)
            if cost < best?.cost ?? .infinity { best = Point(y: y, cost: cost) }
        }
        return best
    }

    /// The slope of the cost along the level set, at a crossing.
    func slope(at x: Double, _ point: Point) -> Double? {
        guard let cost = landscape.costSlopes(x, point.y),
            let loss = landscape.lossSlopes(x, point.y), loss.y != 0
        else { return nil }
        return cost.x - cost.y * loss.x / loss.y
    }
}
