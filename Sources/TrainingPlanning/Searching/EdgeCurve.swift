import ScalingLaws

/// A line of the plan's region along which an optimum may be: a limit that binds, or exactly one epoch.
enum EdgeCurve: Sendable {
    /// The whole budget is spent; the parameter is x.
    case budget

    /// A fixed number of tokens, at y; the parameter is x.
    case tokens(Double)

    /// A fixed size, at x; the parameter is y.
    case size(Double)

    /// Fixed tokens per parameter; the parameter is x.
    case ratio

    /// The point at a parameter.
    func point(_ t: Double, in region: Region) -> (x: Double, y: Double) {
        switch self {
        case .budget: (t, region.budgetLine(t))
        case .tokens(let y): (t, y)
        case .size(let x): (x, t)
        case .ratio: (t, t + region.logRatio)
        }
    }

    /// The slope of a function along the curve from its slopes in x and y.
    func slope(_ slopes: (x: Double, y: Double), at t: Double, in region: Region) -> Double {
        switch self {
        case .budget: slopes.x - region.flops.slope(t) * slopes.y
        case .tokens: slopes.x
        case .size: slopes.y
        case .ratio: slopes.x + slopes.y
        }
    }

    /// The intervals of the parameter that are in the region, split where data begin to repeat.
    ///
    /// - Parameters:
    ///   - region: The region.
    ///   - kinks: The y at which some of the data begin to repeat, in order.
    /// - Returns: The intervals, in order.
    func pieces(in region: Region, kinks: [Double]) -> [ClosedRange<Double>] {
        guard let whole = interval(in: region) else { return [] }
        var ends = [whole.lowerBound, whole.upperBound]
        for kink in kinks {
            let split: Double? =
                switch self {
                case .tokens: nil
                case .size: kink
                case .ratio: kink - region.logRatio
                case .budget: region.flops.logParameters(perToken: region.logBudget - kink, within: Region.widest.x)
                }
            if let split, split > whole.lowerBound, split < whole.upperBound { ends.append(split) }
        }
        ends.sort()
        if ends.count == 2 { return [whole] }
        return zip(ends, ends.dropFirst()).filter { $0 < $1 }.map { $0...$1 }
    }

    private func interval(in region: Region) -> ClosedRange<Double>? {
        switch self {
        case .tokens(let y): return region.sizes(at: y)
        case .size(let x): return region.x.contains(x) ? region.tokens(at: x) : nil
        case .ratio:
            guard region.logRatio > -.infinity, let sizes = region.sizes else { return nil }
            let lower = Swift.max(sizes.lowerBound, region.y.lowerBound - region.logRatio)
            return lower <= sizes.upperBound ? lower...sizes.upperBound : nil
        case .budget:
            guard region.logBudget < .infinity, let sizes = region.sizes else { return nil }
            var lower = sizes.lowerBound
            if region.budgetLine(lower) > region.y.upperBound {
                lower = region.flops.logParameters(
                    perToken: region.logBudget - region.y.upperBound, within: Region.widest.x)
            }
            return lower <= sizes.upperBound ? lower...sizes.upperBound : nil
        }
    }
}
