import ScalingLaws

/// One source's part of a mixture problem: what its weight is worth, and the weight that it answers a price with.
struct SourceResponse: Sendable {
    private let curve: CompiledCurve
    private let quality: Double
    /// U/D: the weight of one pass.
    private let pass: Double
    private let naturalShare: Double
    private let parameters: Double
    private let tokens: Double
    /// ρ′ just past one pass, where a curve may have a kink.
    let slopePastOne: Double

    /// Where slopes just past one pass are taken, so that a kink there counts from its far side.
    static let pastOne = 1 + 0x1p-40

    // The curve's slope just past one pass may be known already, where sources share a curve.
    init(_ problem: MixtureProblem, _ index: Int, slopePastOne known: Double?) throws(PlanningError) {
        let source = problem.sources[index]
        curve = problem.curve(index)
        quality = source.quality
        pass = source.uniqueTokens / problem.tokens
        naturalShare = problem.naturalShares[index]
        parameters = problem.parameters ?? 1
        tokens = problem.tokens
        slopePastOne = if let known { known } else { try Self.slope(curve, Self.pastOne, parameters, tokens).slope }
    }

    /// ρ′ at a number of passes above 1.
    func slope(atEpochs epochs: Double) throws(PlanningError) -> Double {
        epochs <= Self.pastOne ? slopePastOne : try Self.slope(curve, epochs, parameters, tokens).slope
    }

    /// ρ and ρ′ at a weight.
    func valueAndSlope(atWeight weight: Double) throws(PlanningError) -> (value: Double, slope: Double) {
        try curve(at: weight)
    }

    private static func slope(
        _ curve: CompiledCurve, _ epochs: Double, _ parameters: Double, _ tokens: Double
    ) throws(PlanningError) -> (value: Double, slope: Double) {
        do {
            return try curve.valueAndSlope(epochs: epochs, parameters: parameters, tokens: tokens)
        } catch { throw .law(error) }
    }

    // MARK: Values

    /// ρ and ρ′ at a weight; up to one pass both are known without asking the curve.
    private func curve(at weight: Double) throws(PlanningError) -> (value: Double, slope: Double) {
        let epochs = weight / pass
        if epochs <= 1 { return (epochs, 1) }
        if epochs < Self.pastOne { return (epochs, slopePastOne) }
        return try Self.slope(curve, epochs, parameters, tokens)
    }

    /// q·(U/D)·ρ at a weight.
    func gain(_ weight: Double) throws(PlanningError) -> Double {
        quality * pass * (try curve(at: weight).value)
    }

    /// The gain less the pull's share of this source.
    func value(_ weight: Double, _ strength: Double) throws(PlanningError) -> Double {
        var value = try gain(weight)
        if strength > 0, weight > 0 { value -= strength * weight * Elementary.log(weight / naturalShare) }
        return value
    }

    /// What a little more weight adds to ``value(_:_:)``.
    func marginal(_ weight: Double, _ strength: Double) throws(PlanningError) -> Double {
        let gain = quality * (try curve(at: weight).slope)
        return strength > 0 ? gain - strength * (Elementary.log(weight / naturalShare) + 1) : gain
    }

    /// What a little more and a little less weight change: they differ where the curve has its kink, at one pass.
    func marginals(_ weight: Double, _ strength: Double) throws(PlanningError) -> (below: Double, above: Double) {
        let epochs = weight / pass
        let pull =
            strength > 0 ? strength * ((weight > 0 ? Elementary.log(weight / naturalShare) : -.infinity) + 1) : 0
        if epochs < 1 - 1e-12 { return (quality - pull, quality - pull) }
        if epochs < Self.pastOne { return (quality - pull, quality * slopePastOne - pull) }
        let slope = quality * (try curve(at: weight).slope) - pull
        return (slope, slope)
    }

    /// q·(ρ(r) − r·ρ′(r)): the effective tokens that one more unique token adds at a fixed weight.
    func worth(_ weight: Double) throws(PlanningError) -> Double {
        let (value, slope) = try curve(at: weight)
        return quality * (value - weight / pass * slope)
    }

    // MARK: Answers

    /// The weight at which the marginal value meets a price, between two bounds.
    func weight(
        price: Double, strength: Double, between least: Double, and most: Double
    ) throws(PlanningError) -> Double {
        guard most > least else { return least }
        var floor = least
        if strength > 0 {
            // Up to one pass the answer is closed.
            let free = naturalShare * Elementary.exp((quality - price) / strength - 1)
            if free <= pass { return Swift.min(Swift.max(free, least), most) }
        } else if quality <= price {
            return least
        }
        if most <= pass { return most }
        floor = Swift.max(least, pass)
        let pull = strength > 0 ? strength * (Elementary.log(floor / naturalShare) + 1) : 0
        let bottom = (floor == pass ? quality * slopePastOne : quality * (try curve(at: floor).slope)) - pull - price
        if bottom <= 0 { return floor }
        let top = try marginal(most, strength) - price
        if top >= 0 { return most }
        var failure: PlanningError?
        let root = RootSearch.bracket(
            RootSearch.End(x: floor, value: bottom), RootSearch.End(x: most, value: top), tolerance: 1e-14
        ) { weight in
            guard failure == nil else { return 0 }
            do throws(PlanningError) {
                return try marginal(weight, strength) - price
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return root.best.x
    }
}
