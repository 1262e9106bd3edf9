public import ScalingLaws

/// The mixture of the least loss under mixing laws: a convex problem that does not separate by source.
///
/// Minimises Σ s·(c + exp(t · w)) + λ·KL(w ‖ natural) over weights that add up to 1 and keep caps and floors. s is the
/// weight of each target. Solved by mirror descent, each step a projection in KL divergence. The duality gap comes from
/// the problem linearised at the result, which is solved exactly.
///
/// Source: the problem is that of Olmix, arXiv:2602.12237.
public struct ConvexMixture: Sendable {
    /// A law and how much its target matters.
    public struct Target: Sendable, Hashable {
        /// The law.
        public var law: MixingLaw

        /// s, above 0.
        public var importance: Double

        /// Creates a target.
        public init(law: MixingLaw, importance: Double = 1) {
            self.law = law
            self.importance = importance
        }
    }

    /// The best weights.
    public struct Solution: Sendable, Hashable {
        /// The weights, in the order of the sources.
        public var weights: [Double]

        /// Σ s·L(w).
        public var loss: Double

        /// KL(w ‖ natural) in nats.
        public var divergence: Double

        /// How far the objective is from the optimum at most, in the unit of the loss.
        public var gap: Double

        /// Steps taken.
        public var iterations: Int
    }

    private let targets: [Target]
    private let pull: Double
    private let natural: [Double]
    private let lower: [Double]
    private let upper: [Double]

    /// Olmix's multiple of the divergence, in nats of loss a nat.
    ///
    /// Source: Olmix (arXiv:2602.12237), the default of its code and of its configurations.
    public static let olmixPull = 0.05

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - sources: The sources, with caps and floors.
    ///   - tokens: D, the training tokens.
    ///   - targets: The laws, each with a slope for every source, and how much each matters.
    ///   - pull: λ, the nats of loss that a nat of divergence weighs.
    /// - Throws: A ``MixtureError`` for more tokens than the caps allow, or laws and quantities that do not fit.
    public init(
        sources: [SourceSupply], tokens: Double, targets: [Target], pull: Double = ConvexMixture.olmixPull
    ) throws(MixtureError) {
        try MixtureError.check(tokens, "the number of training tokens (D)")
        guard !sources.isEmpty, !targets.isEmpty else {
            throw .contradiction("a mixture under mixing laws needs at least one source and one law")
        }
        try SourceSupply.check(sources, of: "mixture")
        let limits = try MixtureLimits(sources, tokens: tokens)
        for target in targets {
            guard target.law.slopes.count == sources.count else {
                throw .contradiction(
                    "a mixing law has \(target.law.slopes.count) slopes for \(sources.count) sources")
            }
            try MixtureError.check(target.importance, "the importance of a target")
        }
        guard pull >= 0, pull < .infinity else {
            throw .unusableQuantity("the pull to natural shares", value: pull, expected: "0 (off) or more and finite")
        }
        let total = sources.reduce(0) { $0 + $1.uniqueTokens }
        self.targets = targets
        self.pull = pull
        natural = sources.map { $0.uniqueTokens / total }
        lower = limits.lower
        upper = zip(limits.lower, limits.upper).map { Swift.max($0, $1) }
    }

    /// The gap that ends the search, in the unit of the loss.
    private static let tolerance = 1e-9
    private static let stepLimit = 20_000

    /// The best weights.
    ///
    /// - Returns: The weights with their duality gap: below 1e-9, or as far as it came.
    /// - Complexity: O(*k*·*m*) a step for *k* sources and *m* targets; some hundred steps as a rule.
    public func solved() -> Solution {
        var weights = ShareProjection.project(natural, lower: lower, upper: upper)
        var (value, slopes) = lossAndSlopes(weights)
        var step = 1.0
        var iterations = 0
        var gap = gap(weights, slopes)
        var best = (weights: weights, gap: gap)
        while best.gap > Self.tolerance, iterations < Self.stepLimit {
            iterations += 1
            let least = slopes.min() ?? 0
            var next: [Double] = []
            var following = (value: value, slopes: slopes)
            while true {
                let share = 1 / (1 + pull * step)
                // argmin ⟨slopes, w⟩ + pull·KL(w ‖ natural) + KL(w ‖ weights)/step, before the bounds.
                let free = weights.indices.map { k in
                    weights[k] > 0
                        ? Elementary.exp(
                            share * (Elementary.log(weights[k]) - step * (slopes[k] - least))
                                + (1 - share) * Elementary.log(natural[k]))
                        : 0
                }
                next = ShareProjection.project(free, lower: lower, upper: upper)
                following = lossAndSlopes(next)
                var bound = value
                for k in next.indices {
                    bound += slopes[k] * (next[k] - weights[k])
                    if next[k] > 0, weights[k] > 0 {
                        bound += (next[k] * Elementary.log(next[k] / weights[k]) - next[k] + weights[k]) / step
                    } else {
                        bound += weights[k] / step
                    }
                }
                if following.value <= bound + 1e-15 * abs(value) || step < 1e-12 { break }
                step *= 0.5
            }
            weights = next
            (value, slopes) = following
            step *= 1.6
            gap = self.gap(weights, slopes)
            if gap < best.gap { best = (weights, gap) }
        }
        var divergence = 0.0
        for (weight, share) in zip(best.weights, natural) where weight > 0 {
            divergence += weight * Elementary.log(weight / share)
        }
        return Solution(
            weights: best.weights, loss: lossAndSlopes(best.weights).value, divergence: Swift.max(0, divergence),
            gap: best.gap, iterations: iterations)
    }

    /// Σ s·L(w) and its slopes.
    private func lossAndSlopes(_ weights: [Double]) -> (value: Double, slopes: [Double]) {
        var value = 0.0
        var slopes = [Double](repeating: 0, count: weights.count)
        for target in targets {
            let excess = target.importance * target.law.excess(weights)
            value += target.importance * target.law.floor + excess
            for k in weights.indices { slopes[k] += excess * target.law.slopes[k] }
        }
        return (value, slopes)
    }

    /// The most that the problem linearised at these weights could still gain; no mixture gains more, since the loss is
    /// convex.
    private func gap(_ weights: [Double], _ slopes: [Double]) -> Double {
        let best: [Double]
        let least = slopes.min() ?? 0
        if pull > 0 {
            best = ShareProjection.project(
                natural.indices.map { natural[$0] * Elementary.exp(-(slopes[$0] - least) / pull) }, lower: lower,
                upper: upper)
        } else {
            var left = 1 - lower.reduce(0, +)
            var shares = lower
            for k in slopes.indices.sorted(by: { (slopes[$0], $0) < (slopes[$1], $1) }) {
                let more = Swift.min(left, upper[k] - lower[k])
                shares[k] += more
                left -= more
            }
            best = shares
        }
        func linear(_ shares: [Double]) -> Double {
            var sum = 0.0
            for k in shares.indices {
                sum += slopes[k] * shares[k]
                if pull > 0, shares[k] > 0 { sum += pull * shares[k] * Elementary.log(shares[k] / natural[k]) }
            }
            return sum
        }
        return Swift.max(0, linear(weights) - linear(best))
    }
}
