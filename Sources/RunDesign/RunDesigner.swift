import LawFitting
public import ScalingLaws
import TrainingPlanning

/// Proposes the runs to train before a big one: those whose fit gives the best forecast of it for their cost.
///
/// Laws are drawn from the knowledge before any run (`CoefficientBelief`). Designs are compared by the variance that
/// the best linear estimate leaves over these draws. The best designs are then simulated, and the winner is compared
/// with even grids of the same cost on other true laws. A simulation adds scatter to the runs of a true law, fits the
/// law again as `fit` does, and compares its forecast with the truth.
///
/// ```swift
/// let design = try RunDesigner(
///     DesignQuestion(law: SoftChinchillaLaw(), budget: 1e20, family: try ModelFamily())
/// ).design()
/// print(design.runs.count, design.trial.width)
/// ```
public struct RunDesigner: Sendable {
    /// The question.
    public let question: DesignQuestion

    /// Creates a designer.
    public init(_ question: DesignQuestion) { self.question = question }

    /// How many draws the search weighs designs over.
    private static let searchDraws = 200

    /// How many of the designs that the search ranks best are simulated.
    private static let finalists = 24

    /// How many laws are simulated for each of them.
    private static let choosingTruths = 100

    /// The design with the narrowest forecast.
    ///
    /// - Returns: The design.
    /// - Throws: ``DesignError``: a value that cannot be, a budget under the smallest design, or a law that says nothing of
    ///   its coefficients.
    /// - Complexity: Some hundred designs over 200 draws, 100 fits for each of 24 of them, and a fit for each of the
    ///   question's truths, three times: some seconds.
    public func design() throws(DesignError) -> TrainingDesign {
        var question = self.question
        try question.validate()
        let known = try belief(Self.searchDraws, seed: question.seed)
        let law = try wrapped { () throws(LawError) in try CompiledLaw(question.law, coefficients: known.center) }
        let draws = known.draws.compactMap { try? law.with(coefficients: $0) }
        let targets = try self.targets(law)
        let target = targets[targets.count / 2]
        // If there are enough data, the big run repeats nothing, and no small run needs to.
        if let unique = question.uniqueTokens, unique >= target.tokens { question.uniqueTokens = nil }
        let search = DesignSearch(
            question: question, belief: known, law: law, draws: draws, targets: targets)
        var shapes = ShapeCache(countsEmbeddings: question.law.card.setup.countsEmbeddings)
        let proposals = try search.proposals(Self.finalists, &shapes)
        guard !proposals.isEmpty else { throw try tooSmall(search, &shapes) }
        // The design is chosen on laws of one seed and judged on those of another, since the best of many looks better
        // than it is.
        let trialTruths = try belief(Swift.min(Self.choosingTruths, question.truths), seed: question.seed &+ 0xC4005E)
        var best: (proposal: DesignSearch.Proposal, width: Double)?
        for proposal in proposals {
            let width = try DesignTrial(
                proposal.runs, belief: trialTruths, target: target, scatter: question.scatter, seed: question.seed &+ 2
            ).width
            if width < best?.width ?? .infinity { best = (proposal, width) }
        }
        guard let found = best?.proposal else { throw try tooSmall(search, &shapes) }
        let runs = found.runs.sorted {
            ($0.level, $0.parameters, $0.epochs) < ($1.level, $1.parameters, $1.epochs)
        }
        let cost = runs.reduce(0) { $0 + $1.compute }
        let truths = try belief(question.truths, seed: question.seed &+ 0x5EED)
        let trial = try DesignTrial(
            runs, belief: truths, target: target, scatter: question.scatter, seed: question.seed &+ 1)
        let grids = [
            ("uniform", search.uniform(runs: runs.count, cost: cost, decades: found.decades, &shapes)),
            ("isoflop", search.evenLevels(runs: runs.count, cost: cost, decades: found.decades, &shapes)),
        ]
        let rivals = grids.compactMap { name, grid -> RivalGrid? in
            guard let grid else { return nil }
            // A grid that cannot be fitted is no rival.
            let rival = try? DesignTrial(
                grid, belief: truths, target: target, scatter: question.scatter, seed: question.seed &+ 1)
            return rival.map { RivalGrid(name: name, runs: grid, trial: $0) }
        }
        return TrainingDesign(
            question: question, runs: runs, decades: found.decades, target: target, trial: trial, rivals: rivals,
            priorSource: known.prior.source)
    }

    /// Tests runs on truths of another seed than those that the design was chosen and evaluated with.
    ///
    /// - Parameters:
    ///   - runs: The runs.
    ///   - target: The big run.
    ///   - truths: How many laws are drawn.
    ///   - seed: Their seed.
    /// - Returns: How well the runs do.
    /// - Throws: ``DesignError``.
    public func trial(
        _ runs: [DesignedRun], target: TrainingRun, truths: Int = 100, seed: UInt64
    ) throws(DesignError) -> DesignTrial {
        try DesignTrial(
            runs, belief: try belief(truths, seed: seed), target: target, scatter: question.scatter, seed: seed &+ 1)
    }

    private func belief(_ count: Int, seed: UInt64) throws(DesignError) -> CoefficientBelief {
        do throws(FittingError) {
            return try CoefficientBelief(question.law, count: count, seed: seed)
        } catch {
            throw .fitting(error)
        }
    }

    /// The runs to forecast: the best size of the big run's compute, between a third and three times as large.
    private func targets(_ law: CompiledLaw) throws(DesignError) -> [TrainingRun] {
        let total = Elementary.log(question.target / 6)
        var best: (logN: Double, loss: Double)?
        for step in 0...800 {
            let logN = Elementary.log(1e5) + (total - Elementary.log(1e10)) * Double(step) / 800
            let tokens = Elementary.exp(total - logN)
            let loss = try? law.loss(
                parameters: Elementary.exp(logN), tokens: tokens, uniqueTokens: question.uniqueTokens ?? tokens)
            if let loss, loss < best?.loss ?? .infinity { best = (logN, loss) }
        }
        guard let best else {
            throw .unusable("law '\(law.identifier)' has no loss at the big run's \(question.target) FLOPs")
        }
        return try [-1, 0, 1].map { step throws(DesignError) in
            let logN = best.logN + step * Elementary.log(3)
            let tokens = Elementary.exp(total - logN)
            return try wrapped { () throws(LawError) in
                try TrainingRun(
                    parameters: Elementary.exp(logN), tokens: tokens, uniqueTokens: question.uniqueTokens ?? tokens)
            }
        }
    }

    /// More compute than anybody has, in FLOPs: where the search for the least budget ends.
    private static let largestBudget = 1e30

    /// The error for a budget that is too small: names the least budget that has a design.
    private func tooSmall(_ search: DesignSearch, _ shapes: inout ShapeCache) throws(DesignError) -> DesignError {
        func hasDesign(_ budget: Double, _ shapes: inout ShapeCache) throws(DesignError) -> Bool {
            var larger = question
            larger.budget = budget
            let wider = DesignSearch(
                question: larger, belief: search.belief, law: search.law, draws: Array(search.draws.prefix(20)),
                targets: search.targets)
            return try !wider.proposals(1, &shapes).isEmpty
        }
        var (low, high) = (question.budget, question.budget)
        while high < Self.largestBudget {
            (low, high) = (high, 4 * high)
            guard try hasDesign(high, &shapes) else { continue }
            while high > 1.1 * low {
                let middle = (low * high).squareRoot()
                if try hasDesign(middle, &shapes) { high = middle } else { low = middle }
            }
            return .tooSmall(budget: question.budget, least: high)
        }
        return .unusable(
            "no design of models that can be built fits law '\(search.law.identifier)': its best sizes are outside what transformers have"
        )
    }
}
