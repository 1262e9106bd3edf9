public import ScalingLaws

/// Checks that a mixture method keeps the promises that ``MixtureMethod`` states.
///
/// Use it in the tests of your own method, with any test framework:
///
/// ```swift
/// #expect(try MixtureConformance(curve: MuennighoffCurve().compiled()).violations(of: MyMethod()).isEmpty)
/// ```
public struct MixtureConformance: Sendable {
    /// The worth of repeats in the test questions.
    public var curve: CompiledCurve

    /// The seed of the random supplies; the same seed gives the same questions.
    public var seed: UInt64

    /// The number of supplies to test.
    public var questions: Int

    /// How far weights may differ where they should be equal.
    public var tolerance: Double

    /// Creates the checks.
    ///
    /// - Parameters:
    ///   - curve: The worth of repeats in the test questions; it must not depend on the model's size.
    ///   - seed: The seed of the random supplies.
    ///   - questions: The number of supplies to test.
    ///   - tolerance: How far weights may differ where they should be equal.
    public init(curve: CompiledCurve, seed: UInt64 = 1, questions: Int = 20, tolerance: Double = 1e-7) {
        self.curve = curve
        self.seed = seed
        self.questions = questions
        self.tolerance = tolerance
    }

    /// The promises that a method does not keep.
    ///
    /// - Parameter method: The method.
    /// - Returns: A sentence for each broken promise; empty if the method keeps them all.
    /// - Throws: The method's errors for questions that its caps allow.
    public func violations(of method: any MixtureMethod) throws(MixtureError) -> [String] {
        var found: [String] = []
        var random = SeededGenerator(seed: seed)
        for index in 0..<questions {
            let count = 1 + Int(random.unit() * 8)
            let sources = (0..<count).map { position in
                SourceSupply(
                    name: "source \(position)", uniqueTokens: 1e9 * Elementary.exp(6 * random.unit()),
                    quality: 0.2 + 2 * random.unit(), maxEpochs: 2 + 6 * random.unit(),
                    floor: position == 0 ? 0.02 * random.unit() : 0)
            }
            let total = sources.reduce(0) { $0 + $1.uniqueTokens }
            let question = try Self.question(sources, (0.1 + 1.5 * random.unit()) * total, curve)
            let weights = try method.weights(for: question)
            func check(_ other: [Double], _ promise: String) {
                guard zip(weights, other).allSatisfy({ abs($0 - $1) <= tolerance }), weights.count == other.count else {
                    found.append("question \(index): \(promise): \(weights) and then \(other)")
                    return
                }
            }
            if weights.count != count {
                found.append("question \(index): \(weights.count) weights for \(count) sources")
            }
            if !weights.allSatisfy({ $0 >= 0 && $0 <= 1 + 1e-9 }) || abs(weights.reduce(0, +) - 1) > 1e-9 {
                found.append("question \(index): \(weights) are no mixture")
            }
            check(try method.weights(for: question), "the same question has other weights the second time")
            check(
                try method.weights(for: try Self.question(sources.reversed(), question.tokens, curve)).reversed(),
                "the order of the sources changes their weights")
            let scaled = sources.map { source in
                var source = source
                source.uniqueTokens *= 16
                source.quality *= 4
                return source
            }
            check(
                try method.weights(for: try Self.question(scaled, 16 * question.tokens, curve)),
                "sizes, training tokens or qualities by a common factor change the weights")
        }
        return found
    }

    private static func question(
        _ sources: [SourceSupply], _ tokens: Double, _ curve: CompiledCurve
    ) throws(MixtureError) -> MixtureQuestion {
        try MixtureQuestion(
            supply: try DataSupply(sources: sources), tokens: tokens, curve: curve, pull: NaturalPull(0.05))
    }
}
