import ScalingLaws

/// The weights of the least loss under laws that were fitted to pilot runs.
public struct MixingLawMixture: MixtureMethod {
    /// The sources, in the order of the laws' slopes.
    public let sources: [String]

    /// The laws and how much each matters.
    public let targets: [ConvexMixture.Target]

    /// `mixing-law`.
    public let identifier = "mixing-law"

    /// One line on how weights are chosen.
    public let summary = "the least loss under laws fitted to your pilots, plus a pull"

    /// N and D of the pilots, where known.
    public let pilotRun: (parameters: Double, tokens: Double)?

    /// Creates the method.
    ///
    /// - Parameters:
    ///   - sources: The sources, in the order of the laws' slopes.
    ///   - targets: The laws and how much each matters.
    ///   - pilotRun: N and D of the pilots, where known: the pull is taken in their loss.
    public init(
        sources: [String], targets: [ConvexMixture.Target], pilotRun: (parameters: Double, tokens: Double)? = nil
    ) {
        self.sources = sources
        self.targets = targets
        self.pilotRun = pilotRun
    }

    /// The solved weights.
    ///
    /// - Throws: ``MixtureError/contradiction(_:)`` if pilots and supply differ in their sources, and the errors of
    ///   ``ConvexMixture``.
    public func weights(for question: MixtureQuestion) throws(MixtureError) -> [Double] {
        try solution(for: question).weights
    }

    /// The solved weights with their gap.
    public func allocation(for question: MixtureQuestion) throws(MixtureError) -> MixtureAllocation {
        let solution = try solution(for: question)
        var allocation = try MixtureAllocation(method: identifier, weights: solution.weights, for: question)
        allocation.gap = solution.gap
        allocation.objective = MixtureObjective(
            "pilots' loss plus pull",
            value: solution.loss + pull(for: question) * solution.divergence, unit: .nats)
        return allocation
    }

    /// The weight of a nat of divergence, in nats of the pilots' loss.
    ///
    /// The question's pull is relative to ∂L/∂ln D_eff; the question's law gives that slope, at N and D of the pilots
    /// if they are known. Without a law, or with one that does not fall with data, the standard pull is Olmix's 0.05
    /// nats, and other strengths are in proportion.
    public func pull(for question: MixtureQuestion) -> Double {
        let strength = question.pull.strength
        guard let forecast = question.forecast,
            let asked = try? MixtureForecast(
                forecast.law, parameters: pilotRun?.parameters ?? forecast.parameters, tokenScale: forecast.tokenScale),
            let slope = try? asked.slope(effectiveTokens: pilotRun?.tokens ?? question.tokens), slope < 0
        else { return ConvexMixture.olmixPull * strength / NaturalPull.standard.strength }
        return strength * -slope
    }

    /// The solution of the problem that a question poses.
    ///
    /// - Parameter question: The question; its pull is taken as ``pull(for:)`` says.
    /// - Returns: The solution.
    /// - Throws: As ``weights(for:)``.
    public func solution(for question: MixtureQuestion) throws(MixtureError) -> ConvexMixture.Solution {
        let known = Set(question.sources.map(\.name))
        let names = Set(sources)
        for name in sources where !known.contains(name) {
            throw .contradiction(
                "the pilots mixed a source '\(name)' that the supply does not have, or has no tokens of: its sources are "
                    + question.sources.map(\.name).joined(separator: ", "))
        }
        for source in question.sources where !names.contains(source.name) {
            throw .contradiction(
                "the supply's source '\(source.name)' was in no pilot, so nothing is known of it: leave it out of the "
                    + "supply, or run pilots with it")
        }
        let order = question.sources.compactMap { source in sources.firstIndex(of: source.name) }
        let targets = targets.map { target in
            ConvexMixture.Target(
                law: MixingLaw(floor: target.law.floor, slopes: order.map { target.law.slopes[$0] }),
                importance: target.importance)
        }
        return try ConvexMixture(
            sources: question.sources, tokens: question.tokens, targets: targets, pull: pull(for: question)
        ).solved()
    }
}
