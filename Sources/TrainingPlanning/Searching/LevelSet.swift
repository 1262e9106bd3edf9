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
        let logUnique = Elementary.log(landscape.uniqueTokens)
        var ends = [tokens.lowerBound, tokens.upperBound]
        if logUnique > tokens.lowerBound, logUnique < tokens.upperBound { ends.insert(logUnique, at: 1) }
        var found: [Double] = []
        for piece in zip(ends, ends.dropFirst()) {
            let steps = Swift.max(4, Int(((piece.1 - piece.0) / spacing).rounded(.up)))
            var last = (y: piece.0, above: landscape.loss(x, piece.0) - target)
            for index in 1...steps {
                let y = index == steps ? piece.1 : piece.0 + (piece.1 - piece.0) * Double(index) / Double(steps)
                let above = landscape.loss(x, y) - target
                if (above > 0) != (last.above > 0) {
                    let sign = above > 0 ? 1.0 : -1.0
                    found.append(Bisection.root(last.y, y) { sign * (landscape.loss(x, $0) - target) })
                }
                last = (y, above)
            }
        }
        return found
    }

    /// The crossing of least cost at a size, or `nil` where the target is not reached there.
    func best(at x: Double) -> (y: Double, cost: Double)? {
        var best: (y: Double, cost: Double)?
        for y in crossings(at: x) {
            let cost = landscape.cost(x, y)
            if cost < best?.cost ?? .infinity { best = (y, cost) }
        }
        return best
    }

    /// The slope of the cost along the level set, at the crossing of least cost.
    func slope(at x: Double) -> Double? {
        guard let point = best(at: x), let cost = landscape.costSlopes(x, point.y),
            let loss = landscape.lossSlopes(x, point.y), loss.y != 0
        else { return nil }
        return cost.x - cost.y * loss.x / loss.y
    }
}
