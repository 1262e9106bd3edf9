import ScalingLaws

/// The pool that represents a supply whose sources are mixed, as a law sees it: its unique tokens for each number of
/// training tokens.
///
/// A mixture that reads good sources more often, or stops at the caps of some, repeats more than one pass after the
/// other over everything. A law sees that as fewer unique tokens. Both axes are relative to the supply's unique tokens,
/// so that one table serves a supply of any size with the same composition.
struct MixedPool: Sendable {
    /// ln of D over the supply's unique tokens at the first entry.
    private let first: Double

    /// ln of the pool's unique tokens over the supply's, at even steps of ln D.
    private let values: [Double]

    private static let step = 0.125

    /// The range of ln(training tokens / unique tokens) in which mixtures are computed.
    private static let range = -5.0...8.0

    /// The worth of a supply's mixtures, entry by entry.
    struct Worths: Sendable {
        let unique: Double
        let first: Double
        let worths: [MixtureWorth]

        /// Mixes a supply at every step; `nil` if it has one source, or if its sources do not differ.
        ///
        /// - Complexity: A mixture for each of some hundred steps.
        init?(_ supply: DataSupply, _ mixing: Planner.Mixing) throws(MixtureError) {
            guard supply.treatment == .dedup, let sample = supply.sources.first, supply.sources.count > 1,
                supply.sources.contains(where: {
                    $0.quality != sample.quality || $0.maxEpochs != nil || $0.floor > 0
                })
            else { return nil }
            unique = supply.uniqueTokens
            let path = MixturePath(
                try MixtureQuestion(
                    supply: supply, tokens: supply.uniqueTokens * Elementary.exp(MixedPool.range.lowerBound),
                    curve: mixing.curve, pull: mixing.pull), method: mixing.method)
            let last = Swift.min(MixedPool.range.upperBound, Elementary.log(path.mostTokens / unique) - 1e-12)
            // Steps end at the most tokens that caps allow.
            let steps = Swift.max(1, Int(((last - MixedPool.range.lowerBound) / MixedPool.step).rounded(.down)))
            first = last - Double(steps) * MixedPool.step
            var worths: [MixtureWorth] = []
            for index in 0...steps {
                let tokens = unique * Elementary.exp(first + MixedPool.step * Double(index))
                worths.append(try path.worth(tokens: tokens))
            }
            self.worths = worths
        }
    }

    /// The pool as a law sees it.
    ///
    /// For a law with a penalty for repeats, the pool has the unique tokens that give the mixture's mean repeats. For a
    /// law with a repetition curve, it has the unique tokens whose worth on that curve equals that of the mixture.
    /// Other uses that such a law makes of unique tokens, such as Muennighoff's decay of parameters, take the same
    /// number.
    init(_ worths: Worths, for law: any ScalingLaw) throws(PlanningError) {
        first = worths.first
        let curve: CompiledCurve?
        do throws(LawError) { curve = law.card.repetition == .curve ? try law.ownCurve() : nil } catch {
            throw .law(error)
        }
        values = try worths.worths.map { worth throws(PlanningError) in
            guard worth.repeats > 0 else { return 0 }
            guard let curve else { return Elementary.log(worth.tokens / (1 + worth.repeats) / worths.unique) }
            return Elementary.log(try Self.unique(worth, on: curve) / worths.unique)
        }
    }

    /// The number of unique tokens for which D training tokens are worth as much as a mixture.
    private static func unique(_ worth: MixtureWorth, on curve: CompiledCurve) throws(PlanningError) -> Double {
        var failure: LawError?
        let root = Bisection.root(
            Elementary.log(worth.freshTokens / 1e3), Elementary.log(worth.tokens)
        ) { logarithm in
            let unique = Elementary.exp(logarithm)
            do throws(LawError) {
                let epochs = worth.tokens / unique
                let value = epochs <= 1 ? epochs : try curve.value(epochs: epochs, parameters: 1)
                return unique * value - worth.freshTokens
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw .law(failure) }
        return Elementary.exp(root)
    }

    /// The pool's unique tokens at a number of training tokens, of a supply with that many.
    func uniqueTokens(_ tokens: Double, of unique: Double) -> Double {
        let place = (Elementary.log(tokens / unique) - first) / Self.step
        if place <= 0 { return unique * Elementary.exp(values[0]) }
        let last = values.count - 1
        if place >= Double(last) { return unique * Elementary.exp(values[last]) }
        // Cubic between entries, with the slopes of their neighbours (Catmull and Rom 1974).
        let index = Swift.min(Int(place), last - 1)
        let t = place - Double(index)
        let (a, b) = (values[index], values[index + 1])
        let before = values[Swift.max(0, index - 1)]
        let after = values[Swift.min(last, index + 2)]
        let slopeA = (b - before) / (index > 0 ? 2 : 1)
        let slopeB = (after - a) / (index + 2 <= last ? 2 : 1)
        let value =
            a * (1 + 2 * t) * (1 - t) * (1 - t) + slopeA * t * (1 - t) * (1 - t) + b * t * t * (3 - 2 * t)
            + slopeB * t * t * (t - 1)
        return unique * Elementary.exp(value)
    }
}

extension DataSupply {
    /// Whether the sources are the same, in the same proportions.
    func hasComposition(of other: DataSupply) -> Bool {
        sources.count == other.sources.count
            && zip(sources, other.sources).allSatisfy { own, their in
                own.name == their.name
                    && abs(own.uniqueTokens / uniqueTokens - their.uniqueTokens / other.uniqueTokens) < 1e-9
            }
    }
}
