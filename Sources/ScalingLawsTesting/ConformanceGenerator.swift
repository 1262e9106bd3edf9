import ScalingLaws

/// Random runs within a model's range, evenly spread in logarithms.
struct ConformanceGenerator {
    struct Run: CustomStringConvertible {
        var parameters: Double
        var tokens: Double
        var uniqueTokens: Double

        var description: String { "N = \(parameters), D = \(tokens), U = \(uniqueTokens)" }
    }

    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func run(in range: ValidityRange, epochs: ClosedRange<Double>) -> Run {
        let unique = random.logUniform(range.uniqueTokens ?? range.tokens ?? 1e8...1e12)
        return Run(
            parameters: random.logUniform(range.parameters ?? 1e7...1e11), tokens: unique * random.logUniform(epochs),
            uniqueTokens: unique)
    }
}
