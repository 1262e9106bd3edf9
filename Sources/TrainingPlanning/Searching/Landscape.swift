import ScalingLaws

/// The cost to minimise, over x = ln N and y = ln D, for one law and one supply.
///
/// Immutable. It is a class, so that searches pass it on without copying two laws.
final class Landscape: Sendable {
    /// The cost.
    let objective: CompiledLaw

    /// The loss under only the law.
    let law: CompiledLaw

    /// The unique tokens available.
    let uniqueTokens: Double

    /// The share of the training tokens that is real text.
    let realShare: Double

    /// The pool that represents mixed sources, or `nil` if the supply is one pool.
    let mixed: MixedPool?

    /// The y at which some of the data begin to repeat, in order: where costs have kinks.
    let kinks: [Double]

    /// Whether the cost is the loss itself.
    let costIsLoss: Bool

    init(
        objective: CompiledLaw, law: CompiledLaw, uniqueTokens: Double, realShare: Double, mixed: MixedPool? = nil,
        kinks: [Double], costIsLoss: Bool
    ) {
        self.objective = objective
        self.law = law
        self.uniqueTokens = uniqueTokens
        self.realShare = realShare
        self.mixed = mixed
        self.kinks = kinks
        self.costIsLoss = costIsLoss
    }

    /// The landscape of only the loss.
    var lossAlone: Landscape {
        Landscape(
            objective: law, law: law, uniqueTokens: uniqueTokens, realShare: realShare, mixed: mixed, kinks: kinks,
            costIsLoss: true)
    }

    /// The landscape with the supply as one pool, for searches by slopes, which ignore mixtures.
    var onePool: Landscape {
        guard mixed != nil else { return self }
        return Landscape(
            objective: objective, law: law, uniqueTokens: uniqueTokens, realShare: realShare, kinks: kinks,
            costIsLoss: costIsLoss)
    }

    /// The unique tokens that laws see at a number of training tokens.
    @inline(__always)
    func uniqueTokens(at tokens: Double) -> Double {
        guard let mixed else { return uniqueTokens }
        return mixed.uniqueTokens(tokens * realShare, of: uniqueTokens)
    }

    /// The landscape under another member of the law's ensemble.
    func with(coefficients: [Double]) throws(LawError) -> Landscape {
        Landscape(
            objective: try objective.with(coefficients: coefficients), law: try law.with(coefficients: coefficients),
            uniqueTokens: uniqueTokens, realShare: realShare, mixed: mixed, kinks: kinks, costIsLoss: costIsLoss)
    }

    /// The cost at a point; infinite where it has no value.
    @inline(__always)
    func cost(_ x: Double, _ y: Double) -> Double {
        cost(parameters: Elementary.exp(x), tokens: Elementary.exp(y))
    }

    /// The cost of a run; infinite where it has no value.
    @inline(__always)
    func cost(parameters: Double, tokens: Double) -> Double {
        (try? objective.loss(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens(at: tokens)))
            ?? .infinity
    }

    /// The loss at a point; infinite where it has no value.
    @inline(__always)
    func loss(_ x: Double, _ y: Double) -> Double {
        loss(parameters: Elementary.exp(x), tokens: Elementary.exp(y))
    }

    /// The loss of a run; infinite where it has no value.
    @inline(__always)
    func loss(parameters: Double, tokens: Double) -> Double {
        (try? law.loss(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens(at: tokens))) ?? .infinity
    }

    /// Slopes of a compiled formula in x and y.
    private func slopes(of law: CompiledLaw, _ x: Double, _ y: Double) -> (x: Double, y: Double)? {
        let (parameters, tokens) = (Elementary.exp(x), Elementary.exp(y))
        guard
            let gradient = try? law.gradient(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        else { return nil }
        return (gradient.byParameters * parameters, gradient.byTokens * tokens)
    }

    func costSlopes(_ x: Double, _ y: Double) -> (x: Double, y: Double)? { slopes(of: objective, x, y) }

    func lossSlopes(_ x: Double, _ y: Double) -> (x: Double, y: Double)? { slopes(of: law, x, y) }

    /// The cost's slopes and second derivatives in x and y.
    func costCurvature(
        _ x: Double, _ y: Double
    ) -> (slopeX: Double, slopeY: Double, xx: Double, xy: Double, yy: Double)? {
        let (parameters, tokens) = (Elementary.exp(x), Elementary.exp(y))
        guard let slopes = costSlopes(x, y),
            let curvature = try? objective.curvature(
                parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        else { return nil }
        return (
            slopes.x, slopes.y, curvature.parametersTwice * parameters * parameters + slopes.x,
            curvature.parametersAndTokens * parameters * tokens,
            curvature.tokensTwice * tokens * tokens + slopes.y
        )
    }
}
