import Quantities
import ScalingLaws

/// How often to read each quality bucket of a source, so that the better ones are read more.
///
/// The result is a curve over quality quantiles: it leaves out the worst share, reads better quantiles more often,
/// reads the best no more often than a cap, and adds up to the requested tokens.
///
/// ```swift
/// let result = try QualityUpsampling(bucketTokens: [40e9, 30e9, 20e9, 10e9]).solved(for: 80e9)
/// print(result.factors)      // passes over each bucket, worst first
/// ```
///
/// Source: the problem is that of OLMo 3 (arXiv:2512.13961, section 3.4.4).
public struct QualityUpsampling: Sendable, Hashable {
    /// The tokens of each bucket, worst first.
    public let bucketTokens: [Double]

    /// The most passes over the best bucket.
    public let cap: Double

    /// The share of the tokens, the worst, to leave out at most; whole buckets only.
    public let discard: Double

    /// The shape of the curve.
    public let shape: UpsamplingShape

    /// OLMo 3's cap on passes over the best bucket.
    public static let defaultCap = 7.0

    /// OLMo 3's share to leave out.
    public static let defaultDiscard = 0.4

    /// The result of the upsampling.
    public struct Result: Sendable, Hashable {
        /// Passes over each bucket, worst first; 0 where a bucket is left out.
        public var factors: [Double]

        /// Tokens drawn from each bucket; they add up to the requested tokens.
        public var tokens: [Double]

        /// The share of the tokens that is left out, a.
        public var discarded: Double

        /// The exponent p.
        public var exponent: Double

        /// The rate λ; 0 for the power shape.
        public var rate: Double

        /// Whether the cap holds the curve back.
        public var isBinding: Bool
    }

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - bucketTokens: The tokens of each bucket, worst first.
    ///   - cap: The most passes over the best bucket.
    ///   - discard: The largest share of the tokens, the worst ones, to leave out.
    ///   - shape: The shape of the curve.
    /// - Throws: A ``MixtureError`` for impossible buckets or limits.
    public init(
        bucketTokens: [Double], cap: Double = defaultCap, discard: Double = defaultDiscard,
        shape: UpsamplingShape = .power
    ) throws(MixtureError) {
        guard let last = bucketTokens.last else { throw .contradiction("upsampling needs at least one quality bucket") }
        for (index, tokens) in bucketTokens.enumerated() where !(tokens >= 0 && tokens < .infinity) {
            throw .unusableQuantity(
                "the tokens of bucket \(index + 1)", value: tokens, expected: "0 or more and finite")
        }
        guard last > 0 else {
            throw .contradiction("the best bucket has no tokens: leave it out, so that the next best is the last")
        }
        try MixtureError.check(cap, "the most passes over the best bucket")
        guard discard >= 0, discard < 1 else {
            throw .unusableQuantity("the share to leave out", value: discard, expected: "0 or more and less than 1")
        }
        self.bucketTokens = bucketTokens
        self.cap = cap
        self.discard = discard
        self.shape = shape
    }

    /// The tokens of all buckets.
    public var totalTokens: Double { bucketTokens.reduce(0, +) }

    /// The upper end of each bucket as a quantile of the tokens.
    private var edges: [Double] {
        let total = totalTokens
        var sum = 0.0
        var edges = [0.0]
        for tokens in bucketTokens {
            sum += tokens
            edges.append(sum / total)
        }
        edges[edges.count - 1] = 1
        return edges
    }

    /// The share that is left out: the last edge of a bucket that is not above ``discard``.
    public var discarded: Double { edges.last { $0 <= discard } ?? 0 }

    /// The most tokens that the cap allows: cap × (1 − discarded) × total, exactly.
    public var mostTokens: Double { cap * (1 - discarded) * totalTokens }

    /// The steepest curve that keeps the cap.
    ///
    /// - Parameter tokens: The requested tokens of this source.
    /// - Returns: The passes over each bucket.
    /// - Throws: ``MixtureError/infeasible(_:nearest:)`` with ``mostTokens`` if more are requested.
    /// - Complexity: O(*b*) for *b* buckets, some hundred times.
    public func solved(for tokens: Double) throws(MixtureError) -> Result {
        try MixtureError.check(tokens, "the tokens wanted of the source")
        guard tokens <= mostTokens * (1 + 1e-12) else {
            throw .infeasible(
                "\(Quantity.short(tokens)) tokens cannot be drawn from \(Quantity.short(totalTokens)) with the "
                    + "worst \(Quantity.percent(discarded)) left out and no bucket read more than "
                    + "\(Quantity.count(cap, "time")): at most \(Quantity.grouped(mostTokens)). "
                    + "Want fewer, lift the cap or leave out less",
                nearest: mostTokens)
        }
        let curve = Curve(edges: edges, discarded: discarded, ratio: tokens / totalTokens)
        func fits(_ exponent: Double, _ rate: Double) -> Bool {
            curve.factor(of: bucketTokens.count - 1, exponent, rate) <= cap
        }
        let (exponent, rate) = shape == .power ? power(fits) : olmo3(fits)
        var factors = bucketTokens.indices.map { curve.factor(of: $0, exponent, rate) }
        // Rounding aside the buckets' tokens add up already.
        let sum = zip(factors, bucketTokens).reduce(0) { $0 + $1.0 * $1.1 }
        for index in factors.indices { factors[index] = Swift.min(cap, factors[index] * (tokens / sum)) }
        return Result(
            factors: factors, tokens: zip(factors, bucketTokens).map { $0 * $1 }, discarded: discarded,
            exponent: exponent, rate: rate, isBinding: factors[factors.count - 1] >= cap * (1 - 1e-6))
    }

    /// The steepest exponent of OLMo 3's range, which both shapes keep.
    private static let steepest = 2.0

    private func power(_ fits: (Double, Double) -> Bool) -> (Double, Double) {
        if fits(Self.steepest, 0) { return (Self.steepest, 0) }
        return (Self.largest(0, Self.steepest) { fits($0, 0) }, 0)
    }

    private func olmo3(_ fits: (Double, Double) -> Bool) -> (Double, Double) {
        let grid = (0..<20).map { 0.01 + (Self.steepest - 0.01) * Double($0) / 19 }
        guard let exponent = grid.last(where: { fits($0, 0) }) else {
            // Close to the most tokens not even the grid's flattest curve fits.
            return (Self.largest(0, 0.01) { fits($0, 0) }, 0)
        }
        return (exponent, fits(exponent, 0.2) ? 0.2 : Self.largest(0, 0.2) { fits(exponent, $0) })
    }

    /// The largest value between two for which a condition holds that fails beyond it.
    private static func largest(_ low: Double, _ high: Double, _ holds: (Double) -> Bool) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<80 {
            let middle = low + (high - low) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }

    /// C·(x − a)^p·exp(λ(x − a)) above a, with the C that draws the requested tokens.
    private struct Curve {
        let edges: [Double]
        let discarded: Double
        let ratio: Double

        /// The mean of the curve over a bucket.
        func factor(of bucket: Int, _ exponent: Double, _ rate: Double) -> Double {
            let (from, to) = (edges[bucket] - discarded, edges[bucket + 1] - discarded)
            guard to > 0, edges[bucket + 1] > edges[bucket] else { return 0 }
            let share =
                (Self.integral(to, exponent, rate) - Self.integral(Swift.max(0, from), exponent, rate))
                / Self.integral(1 - discarded, exponent, rate)
            return ratio * share / (edges[bucket + 1] - edges[bucket])
        }

        /// ∫₀ᵗ s^p·exp(λs) ds as a power series in λ; its terms fall at once for λ and t of at most 1.
        private static func integral(_ t: Double, _ exponent: Double, _ rate: Double) -> Double {
            guard t > 0 else { return 0 }
            var term = Elementary.pow(t, exponent + 1)
            var sum = term / (exponent + 1)
            for order in 1..<40 where rate > 0 {
                term *= rate * t / Double(order)
                sum += term / (exponent + 1 + Double(order))
            }
            return sum
        }
    }
}

/// The shapes that quality-aware upsampling can give its curve over the quantiles of a source.
///
/// Both are 0 below the share that is discarded and rise from there, x being the share of tokens of lower quality.
public enum UpsamplingShape: String, Sendable, Hashable, CaseIterable {
    /// (x − a)^p with p from 0 to 2, in closed form, the steepest that the cap allows: the default.
    case power

    /// (x − a)^p·exp(λ(x − a)), the curve of OLMo 3: p on 20 points from 0.01 to 2, λ from 0 to 0.2.
    ///
    /// Source: OLMo 3 (arXiv:2512.13961, section 3.4.4 and appendix A.2) and the dolma3 repository; the range of λ is
    /// what reproduces the factors published there.
    case olmo3
}
