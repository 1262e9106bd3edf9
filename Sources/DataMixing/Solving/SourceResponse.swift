import ScalingLaws

/// One source's part of a mixture problem: the worth of its weight, and the weight that it chooses at a price.
struct SourceResponse: Sendable {
    /// A curve that responses share, so that one copied costs one count and not the curve's many.
    final class Curve: Sendable {
        fileprivate let compiled: CompiledCurve

        init(_ compiled: CompiledCurve) { self.compiled = compiled }
    }

    private let curve: Curve
    private let quality: Double
    /// U/D: the weight of one pass.
    private let pass: Double
    /// The largest number of passes with ρ(r) = r: 1, or fewer if copies stay in the files.
    private let onset: Double
    /// The weight of that many passes.
    private let knee: Double
    private let naturalShare: Double
    private let parameters: Double
    private let tokens: Double
    /// ρ′ just past the onset, where a curve may have a kink.
    let slopePastOnset: Double

    /// The place just past the onset, relative to it, at which slopes are taken, so that a kink counts from its far
    /// side.
    private static let past = 1 + 0x1p-40

    // The curve's slope just past its onset may be known already, where sources share a curve.
    init(
        _ problem: MixtureProblem, _ index: Int, curve: Curve, slopePastOnset known: Double?
    ) throws(MixtureError) {
        let source = problem.sources[index]
        self.curve = curve
        quality = source.quality
        pass = source.uniqueTokens / problem.tokens
        onset = problem.onsets[index]
        knee = onset * pass
        naturalShare = problem.naturalShares[index]
        parameters = problem.parameters ?? 1
        tokens = problem.tokens
        slopePastOnset =
            if let known { known } else { try Self.slope(curve, onset * Self.past, parameters, tokens).slope }
    }

    /// The place just past the onset at which the slope is taken, in passes.
    var pastOnset: Double { onset * Self.past }

    /// The weight of the onset.
    var onsetWeight: Double { knee }

    /// ρ′ at a number of passes above the onset.
    func slope(atEpochs epochs: Double) throws(MixtureError) -> Double {
        epochs <= pastOnset ? slopePastOnset : try Self.slope(curve, epochs, parameters, tokens).slope
    }

    /// ρ and ρ′ at a weight.
    func valueAndSlope(atWeight weight: Double) throws(MixtureError) -> (value: Double, slope: Double) {
        try curve(at: weight)
    }

    private static func slope(
        _ curve: Curve, _ epochs: Double, _ parameters: Double, _ tokens: Double
    ) throws(MixtureError) -> (value: Double, slope: Double) {
        do {
            return try curve.compiled.valueAndSlope(epochs: epochs, parameters: parameters, tokens: tokens)
        } catch { throw .law(error) }
    }

    // MARK: Values

    /// ρ and ρ′ at a weight; up to the onset both are known without asking the curve.
    private func curve(at weight: Double) throws(MixtureError) -> (value: Double, slope: Double) {
        let epochs = weight / pass
        if epochs <= onset { return (epochs, 1) }
        if epochs < pastOnset { return (epochs, slopePastOnset) }
        return try Self.slope(curve, epochs, parameters, tokens)
    }

    /// q·(U/D)·ρ at a weight.
    func gain(_ weight: Double) throws(MixtureError) -> Double {
        quality * pass * (try curve(at: weight).value)
    }

    /// The gain less the pull's share of this source.
    func value(_ weight: Double, _ strength: Double) throws(MixtureError) -> Double {
        var value = try gain(weight)
        if strength > 0, weight > 0 { value -= strength * weight * Elementary.log(weight / naturalShare) }
        return value
    }

    /// The derivative of ``value(_:_:)`` in the weight.
    func marginal(_ weight: Double, _ strength: Double) throws(MixtureError) -> Double {
        let gain = quality * (try curve(at: weight).slope)
        return strength > 0 ? gain - strength * (Elementary.log(weight / naturalShare) + 1) : gain
    }

    /// The derivatives for a little less and a little more weight; they differ at the kink of the curve, the onset.
    func marginals(_ weight: Double, _ strength: Double) throws(MixtureError) -> (below: Double, above: Double) {
        let epochs = weight / pass
        let pull =
            strength > 0 ? strength * ((weight > 0 ? Elementary.log(weight / naturalShare) : -.infinity) + 1) : 0
        if epochs < onset * (1 - 1e-12) { return (quality - pull, quality - pull) }
        if epochs < pastOnset { return (quality - pull, quality * slopePastOnset - pull) }
        let slope = quality * (try curve(at: weight).slope) - pull
        return (slope, slope)
    }

    /// q·(ρ(r) − r·ρ′(r)): the effective tokens that one more unique token adds at a fixed weight.
    func worth(_ weight: Double) throws(MixtureError) -> Double {
        let (value, slope) = try curve(at: weight)
        return quality * (value - weight / pass * slope)
    }

    // MARK: Answers

    /// The weight at which the marginal value meets a price, between two bounds.
    func weight(
        price: Double, strength: Double, between least: Double, and most: Double
    ) throws(MixtureError) -> Double {
        guard most > least else { return least }
        var floor = least
        if strength > 0 {
            // Up to the onset the answer is closed.
            let free = naturalShare * Elementary.exp((quality - price) / strength - 1)
            if free <= knee { return Swift.min(Swift.max(free, least), most) }
        } else if quality <= price {
            return least
        }
        if most <= knee { return most }
        floor = Swift.max(least, knee)
        let pull = strength > 0 ? strength * (Elementary.log(floor / naturalShare) + 1) : 0
        let bottom = (floor == knee ? quality * slopePastOnset : quality * (try curve(at: floor).slope)) - pull - price
        if bottom <= 0 { return floor }
        let top = try marginal(most, strength) - price
        if top >= 0 { return most }
        var failure: MixtureError?
        let root = RootSearch.bracket(
            RootSearch.End(x: floor, value: bottom), RootSearch.End(x: most, value: top), tolerance: 1e-14
        ) { weight in
            guard failure == nil else { return 0 }
            do throws(MixtureError) {
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
