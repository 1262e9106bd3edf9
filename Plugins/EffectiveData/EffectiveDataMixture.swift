public import DataMixing
import ScalingLaws

/// The weights that give the most effective tokens, Σ q·U·ρ(w·D/U), with a pull towards natural shares and under caps.
///
/// The effective data of Muennighoff and others (2023, arXiv:2305.16264, equation 5), applied to each source of a
/// mixture and weighted by quality: an extension of this project. Sedova and others (2026, arXiv:2605.12715) and
/// InfoLaw (2026, arXiv:2605.02364) state the same sum with other curves. The pull is the form of Olmix
/// (arXiv:2602.12237).
///
/// The result depends strongly on qualities set by hand, so three variants are compared: the quality as given, its
/// square root and its square.
public struct EffectiveDataMixture: MixtureMethod {
    /// The exponent of every source's quality.
    public let qualityPower: Double

    /// The name: `effective-data` for the quality as given.
    public let identifier: String

    /// One line on how weights are chosen.
    public let summary: String

    /// Creates the method.
    ///
    /// - Parameters:
    ///   - qualityPower: The exponent of every source's quality.
    ///   - identifier: The name; `effective-data` for the quality as given.
    ///   - summary: One line on how weights are chosen.
    public init(qualityPower: Double = 1, identifier: String? = nil, summary: String? = nil) {
        self.qualityPower = qualityPower
        self.identifier = identifier ?? (qualityPower == 1 ? "effective-data" : "effective-data-q^\(qualityPower)")
        self.summary =
            summary
            ?? (qualityPower == 1
                ? "the most effective tokens, less a pull to natural shares"
                : "the same with every quality raised to the power \(qualityPower)")
    }

    /// Quality as given, its square root and its square.
    public static let all = [
        EffectiveDataMixture(),
        EffectiveDataMixture(
            qualityPower: 0.5, identifier: "effective-data-root", summary: "the same with the square roots of qualities"
        ),
        EffectiveDataMixture(
            qualityPower: 2, identifier: "effective-data-square", summary: "the same with the squares of qualities"),
    ]

    /// The solved weights.
    public func weights(for question: MixtureQuestion) throws(MixtureError) -> [Double] {
        try question.problem(qualityPower: qualityPower).solved().weights
    }

    /// The solved weights, with certificate and, for the quality as given, prices.
    public func allocation(for question: MixtureQuestion) throws(MixtureError) -> MixtureAllocation {
        let solution = try question.problem(qualityPower: qualityPower).solved()
        var allocation =
            qualityPower == 1
            ? try MixtureAllocation(method: identifier, solution: solution, for: question)
            : try MixtureAllocation(method: identifier, weights: solution.weights, for: question)
        allocation.gap = solution.gap
        let qualities = [0.5: " by √q", 1: "", 2: " by q²"][qualityPower] ?? " by q^\(qualityPower)"
        allocation.objective = MixtureObjective(
            "effective\(qualities)\(question.pull.strength > 0 ? " less pull" : "")",
            value: qualityPower == 1
                ? allocation.effectiveTokensAfterPull
                : solution.effectiveTokens * Elementary.exp(-question.pull.strength * solution.divergence),
            unit: .tokens)
        return allocation
    }
}
