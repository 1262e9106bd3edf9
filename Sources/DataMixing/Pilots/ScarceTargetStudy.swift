import ScalingLaws

/// How often to repeat one scarce source among others, for a range of values of its tokens.
///
/// τ is the worth of a token of the target, in tokens of the other sources. Without pilot runs nobody knows it. So the
/// answer is a table over τ, never one number, with the range that the curve's own uncertainty leaves.
///
/// Source: the question is that of Sedova and others 2026, arXiv:2605.12715; solved here for any curve.
public struct ScarceTargetStudy: Sendable, Hashable {
    /// The answer for one value of τ.
    public struct Row: Sendable, Hashable {
        /// τ, the worth of a token of the target in tokens of the others.
        public var value: Double

        /// The best passes over the target.
        public var epochs: Double

        /// The range of the best passes over the central 90 % of the curve's ensemble; `nil` without an ensemble.
        public var epochsRange: ClosedRange<Double>?

        /// The target's share of the training tokens at ``epochs``.
        public var share: Double
    }

    /// The target.
    public var target: String

    /// Its unique tokens.
    public var uniqueTokens: Double

    /// D, the training tokens.
    public var tokens: Double

    /// The answers, by τ.
    public var rows: [Row]

    /// The values of τ in the table: from hardly better than the rest to fifty times its worth.
    public static let values = [1.5, 2, 3, 5, 10, 20, 50]

    /// The largest number of members of a curve's ensemble that are evaluated.
    private static let memberLimit = 40

    /// Studies one source of a question.
    ///
    /// - Parameters:
    ///   - name: The target, one of the question's sources; the others count as one source.
    ///   - question: The question; its caps, pull and qualities are ignored.
    /// - Throws: ``MixtureError/contradiction(_:)`` for a name that is not a source, or is the only one, and the errors
    ///   of solving.
    public init(of name: String, in question: MixtureQuestion) throws(MixtureError) {
        guard let source = question.sources.first(where: { $0.name == name }) else {
            throw .contradiction(
                "there is no source '\(name)' in the supply: its sources are "
                    + question.sources.map(\.name).joined(separator: ", "))
        }
        guard question.sources.count > 1 else {
            throw .contradiction("'\(name)' is the only source, so there is nothing to weigh it against")
        }
        let rest = question.sources.reduce(0) { $0 + ($1.name == name ? 0 : $1.uniqueTokens) }
        func best(_ value: Double, _ curve: CompiledCurve) throws(MixtureError) -> Double {
            try MixtureProblem(
                sources: [
                    SourceSupply(
                        name: name, uniqueTokens: source.uniqueTokens, quality: value, copies: source.copies),
                    SourceSupply(name: "the rest", uniqueTokens: rest),
                ],
                tokens: question.tokens, curve: curve, parameters: question.parameters
            ).solved().epochs[0]
        }
        var members: [CompiledCurve] = []
        let ensemble = question.curve.card.ensemble
        let step = Swift.max(1, ensemble.count / Self.memberLimit)
        do throws(LawError) {
            for index in stride(from: 0, to: ensemble.count, by: step) {
                members.append(try question.curve.with(coefficients: ensemble[index]))
            }
        } catch { throw .law(error) }
        rows = []
        for value in Self.values {
            let epochs = try best(value, question.curve)
            var others: [Double] = []
            for member in members { others.append(try best(value, member)) }
            others.sort()
            let edge = others.count / 20
            rows.append(
                Row(
                    value: value, epochs: epochs,
                    epochsRange: others.count < 20 ? nil : others[edge]...others[others.count - 1 - edge],
                    share: epochs * source.uniqueTokens / question.tokens))
        }
        target = name
        uniqueTokens = source.uniqueTokens
        tokens = question.tokens
    }
}
