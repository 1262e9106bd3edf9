import ScalingLaws

/// Random runs within a model's range, evenly spread in logarithms.
struct ConformanceGenerator {
    struct Run: CustomStringConvertible {
        var parameters: Double
        var tokens: Double
        var uniqueTokens: Double

        var description: String { "N = \(parameters), D = \(tokens), U = \(uniqueTokens)" }
    }

    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func run(in range: ValidityRange, epochs: ClosedRange<Double>) -> Run {
        let unique = value(in: range.uniqueTokens ?? range.tokens ?? 1e8...1e12)
        return Run(
            parameters: value(in: range.parameters ?? 1e7...1e11), tokens: unique * value(in: epochs),
            uniqueTokens: unique)
    }

    private mutating func value(in range: ClosedRange<Double>) -> Double {
        let (low, high) = (Elementary.log(range.lowerBound), Elementary.log(range.upperBound))
        return Elementary.exp(low + (high - low) * Double(next() &>> 11) * 0x1p-53)
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }
}
