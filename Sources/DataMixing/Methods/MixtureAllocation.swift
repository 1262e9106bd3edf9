import Quantities
import ScalingLaws

/// Weights for the sources of a supply, with the quantities that follow from them.
public struct MixtureAllocation: Sendable {
    /// The method that chose the weights.
    public var method: String

    /// The allocation of each source, in the order of the question.
    public var sources: [SourceAllocation]

    /// The worth of the mixture's tokens, with repeats discounted by the question's curve.
    public var worth: MixtureWorth

    /// KL(w ‖ natural) in nats.
    public var divergence: Double

    /// D_eff·e^(−strength·KL): the effective tokens left after the question's pull, which ``MixtureProblem`` maximises.
    public var effectiveTokensAfterPull: Double

    /// The loss that the question's law forecasts, or `nil` without a law.
    public var loss: Double?

    /// The method's own objective and its value here; `nil` for a method that optimises nothing.
    public var objective: MixtureObjective?

    /// For a solved mixture, how far its objective is from the optimum at most, in ln D_eff.
    public var gap: Double?

    /// For a solved mixture, the worth of one more training token in effective tokens.
    public var waterLevel: Double?

    /// D, the training tokens.
    public var tokens: Double { worth.tokens }

    /// Σ q·U·ρ(epochs).
    public var effectiveTokens: Double { worth.effectiveTokens }

    /// Σ U·ρ(epochs).
    public var freshTokens: Double { worth.freshTokens }

    /// The weights, in the order of the sources.
    public var weights: [Double] { sources.map(\.weight) }

    /// Whether every cap and floor is kept.
    public var keepsLimits: Bool { sources.allSatisfy { !$0.exceedsCap && !$0.missesFloor } }

    /// Evaluates weights in the same way for every method.
    ///
    /// - Parameters:
    ///   - method: The name of the method that chose the weights.
    ///   - weights: A weight for each source of the question, 0 or more, adding up to 1.
    ///   - question: The question.
    /// - Throws: ``MixtureError/contradiction(_:)`` for weights that are not a valid mixture, and
    ///   ``MixtureError/law(_:)`` where the curve or law has no value.
    public init(
        method: String, weights: [Double], for question: MixtureQuestion
    ) throws(MixtureError) {
        try Self.check(weights, of: method, for: question)
        let natural = question.naturalShares
        var sources: [SourceAllocation] = []
        var (effective, fresh, read, repeats, divergence) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for (index, source) in question.sources.enumerated() {
            let weight = weights[index]
            let epochs = weight * question.tokens / source.uniqueTokens
            let (value, slope): (Double, Double)
            do throws(LawError) {
                (value, slope) =
                    epochs <= source.onset
                    ? (epochs, 1)
                    : try question.curve(index).valueAndSlope(
                        epochs: epochs, parameters: question.parameters ?? 1, tokens: question.tokens)
            } catch { throw .law(error) }
            let cap = source.maxEpochs ?? .infinity
            effective += source.quality * source.uniqueTokens * value
            fresh += source.uniqueTokens * value
            read += source.uniqueTokensRead(epochs: epochs)
            repeats += weight * source.repeats(epochs: epochs)
            if weight > 0 { divergence += weight * Elementary.log(weight / natural[index]) }
            sources.append(
                SourceAllocation(
                    source: source, weight: weight, tokens: weight * question.tokens, epochs: epochs,
                    effectiveTokens: source.quality * source.uniqueTokens * value,
                    isBinding: abs(epochs / cap - 1) <= 1e-9, exceedsCap: epochs > cap * (1 + 1e-9),
                    missesFloor: weight < source.floor * (1 - 1e-9),
                    uniqueTokenPrice: source.quality * (value - epochs * slope), capPrice: nil))
        }
        self.method = method
        self.sources = sources
        worth = MixtureWorth(
            tokens: question.tokens, effectiveTokens: effective, freshTokens: fresh, uniqueTokensRead: read,
            repeats: repeats)
        self.divergence = Swift.max(0, divergence)
        effectiveTokensAfterPull = effective * Elementary.exp(-question.pull.strength * self.divergence)
        loss = try question.forecast?.loss(worth: worth)
    }

    /// Values a solved mixture, with its certificate and prices.
    ///
    /// - Parameters:
    ///   - method: The name of the method.
    ///   - solution: The solution.
    ///   - question: The question that the solved problem was made of.
    /// - Throws: As ``init(method:weights:for:)``.
    public init(
        method: String, solution: MixtureSolution, for question: MixtureQuestion
    ) throws(MixtureError) {
        try self.init(method: method, weights: solution.weights, for: question)
        for index in sources.indices {
            sources[index].uniqueTokenPrice = solution.uniqueTokenPrices[index]
            sources[index].capPrice = solution.capPrices[index]
        }
        gap = solution.gap
        waterLevel = solution.waterLevel
    }

    private static func check(
        _ weights: [Double], of method: String, for question: MixtureQuestion
    ) throws(MixtureError) {
        guard weights.count == question.sources.count else {
            throw .contradiction(
                "the method '\(method)' gave \(weights.count) weights for \(question.sources.count) sources")
        }
        for (weight, source) in zip(weights, question.sources) where !(weight >= 0 && weight < .infinity) {
            throw .unusableQuantity(
                "the weight of source '\(source.name)' by '\(method)'", value: weight, expected: "0 or more and finite")
        }
        let sum = weights.reduce(0, +)
        guard abs(sum - 1) <= 1e-9 else {
            throw .contradiction(
                "the weights of '\(method)' add up to \(Quantity.rounded(sum, digits: 6)), not 1")
        }
    }
}

/// The allocation of one source in a mixture.
public struct SourceAllocation: Sendable, Hashable {
    /// The source.
    public var source: SourceSupply

    /// Its share of the training tokens.
    public var weight: Double

    /// Its training tokens.
    public var tokens: Double

    /// Passes over its unique tokens.
    public var epochs: Double

    /// Its part of the effective tokens, q·U·ρ(epochs).
    public var effectiveTokens: Double

    /// Whether it is at its cap.
    public var isBinding: Bool

    /// Whether it is read more often than its cap allows, as a method that ignores caps may choose.
    public var exceedsCap: Bool

    /// Whether it gets less than its floor, as a method that ignores floors may choose.
    public var missesFloor: Bool

    /// The effective tokens that one more unique token of the source would add.
    ///
    /// In a solved mixture, the weight of a source at its cap grows with it; else its weight stays.
    public var uniqueTokenPrice: Double

    /// The effective tokens that one more pass allowed by the source's cap would add; `nil` if the mixture was not
    /// solved for.
    public var capPrice: Double?
}
