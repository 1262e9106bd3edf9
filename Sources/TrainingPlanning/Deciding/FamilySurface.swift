import ScalingLaws

/// The surface of the draws of families of laws for one supply within one region, and its best run.
struct FamilySurface {
    /// The questions for the law of each family, with this supply.
    let questions: [Question]

    /// The families' weights, which add up to 1.
    private(set) var weights: [Double]

    let surface: ExcessSurface

    private let kinks: [Double]

    /// Evaluates laws with their draws for a supply.
    ///
    /// - Throws: ``PlanningError/law(_:)`` for a law that cannot be evaluated.
    init(_ questions: [Question], draws: [[[Double]]], weights: [Double]) throws(PlanningError) {
        self.questions = questions
        self.weights = weights
        var parts: [ExcessSurface.Part] = []
        for (index, question) in questions.enumerated() {
            parts.append(try question.part(weight: weights[index], draws: draws[index]))
        }
        // A cost that counts compute already has its price.
        surface = ExcessSurface(
            parts, thrift: questions.count > 1 && questions[0].landscape.costIsLoss ? DecisionRule.thrift : 0)
        kinks = Array(Set(questions.flatMap(\.landscape.kinks))).sorted()
    }

    /// The runs that a question's limits allow; these may differ from the limits of this supply's own question.
    func search(_ question: Question) -> RunSearch {
        RunSearch(
            region: question.region, kinks: kinks, sizes: question.constraints.sizes.map { Elementary.log($0) })
    }

    /// The runs that the user's question allows.
    var search: RunSearch { search(questions[0]) }

    /// The same families with other weights.
    mutating func weigh(_ weights: [Double]) {
        self.weights = weights
        surface.weigh(weights)
    }

    /// The best run within limits, sought from places near.
    func lowest(_ search: RunSearch, near starts: [Candidate]) -> Candidate? { surface.lowest(search, starts: starts) }

    /// The best run at a number of passes over the unique tokens, or `nil` if the limits do not allow one.
    func lowest(atEpochs epochs: Double, near start: Candidate) -> Candidate? {
        search(atEpochs: epochs).flatMap { lowest($0, near: [start]) }
    }

    private func search(atEpochs epochs: Double) -> RunSearch? {
        let y = Elementary.log(epochs * questions[0].supply.tokensPerEpoch)
        guard questions[0].region.y.contains(y) else { return nil }
        return search(questions[0].varied { $1.y = y...y })
    }

    // MARK: Another epoch

    /// For 1 → 2, 2 → 4, … epochs, the share of the draws under which the second is better.
    ///
    /// - Parameters:
    ///   - best: The run recommended.
    ///   - own: The best run of each draw.
    /// - Returns: The steps, two doublings beyond the best run's own, and at least up to 32 → 64 if data are short;
    ///   empty if the best run leaves more than half of the data unread.
    func epochSteps(around best: Candidate, own: [[Candidate]]) -> [EpochStep] {
        let epochs = Elementary.exp(best.y) / questions[0].supply.tokensPerEpoch
        guard epochs > 0.5 else { return [] }
        let last = Swift.max(16, epochs * 4)
        var steps: [EpochStep] = []
        var passes = 1.0
        guard var before = costs(atEpochs: passes, own: own) else { return [] }
        while passes <= last, passes < 1e5, let after = costs(atEpochs: 2 * passes, own: own) {
            var step = EpochStep(epochs: passes, share: 0, gain: 0, familyShares: [])
            for (index, weight) in weights.enumerated() {
                let gains = zip(before[index], after[index]).map { $0 - $1 }
                let share = Double(gains.count { $0 > 0 }) / Double(gains.count)
                step.share += weight * share
                step.gain += weight * OrderStatistics.mean(gains)
                step.familyShares.append(share)
            }
            // Weights add up to 1, except for rounding.
            step.share = Swift.min(step.share, 1)
            steps.append(step)
            before = after
            passes *= 2
        }
        return steps
    }

    /// The least ln cost of each draw at a number of epochs; `nil` if the limits do not allow it.
    private func costs(atEpochs epochs: Double, own: [[Candidate]]) -> [[Double]]? {
        guard let search = search(atEpochs: epochs), search.region.sizes != nil else { return nil }
        let y = search.region.y.lowerBound
        var costs: [[Double]] = []
        for (part, own) in zip(surface.parts, own) {
            var least: [Double] = []
            for (landscape, run) in zip(part.draws, own) {
                let start = RunSearch.Place(x: run.x, y: y)
                let found = search.descent(from: start, tolerance: 1e-4) { Elementary.log(landscape.cost($0, $1)) }
                guard let found, found.cost < .infinity else { return nil }
                least.append(found.cost)
            }
            costs.append(least)
        }
        return costs
    }
}

extension Question {
    /// The question's cost under draws of the law's coefficients.
    func part(weight: Double, draws: [[Double]]) throws(PlanningError) -> ExcessSurface.Part {
        do throws(LawError) {
            var landscapes: [Landscape] = []
            for values in draws { landscapes.append(try landscape.with(coefficients: values)) }
            let objective = landscape.objective
            func table(_ draws: [[Double]]) throws(LawError) -> DrawTable {
                try DrawTable(objective.compiledFormula.formula, of: objective.card, draws: draws, features: features)
            }
            // A tenth of many draws, and all of few.
            let step = Swift.max(1, draws.count / 10)
            return ExcessSurface.Part(
                weight: weight, table: try table(draws),
                sample: try table(stride(from: step / 2, to: draws.count, by: step).map { draws[$0] }),
                landscape: landscape, draws: landscapes)
        } catch { throw .law(error) }
    }

    /// The best run under each draw of the law's coefficients that has one.
    func ownOptima(_ draws: [[Double]], around best: Candidate) throws(PlanningError) -> [Candidate] {
        guard constraints.targetLoss == nil else { return try targetOptima(draws, around: best) }
        let surface = try FamilySurface([self], draws: [draws], weights: [1])
        return surface.surface.ownOptima(surface.search, around: [best], beside: best)[0].filter { $0.cost < .infinity }
    }

    /// The run of least cost that reaches the target loss under each draw.
    private func targetOptima(_ draws: [[Double]], around best: Candidate) throws(PlanningError) -> [Candidate] {
        let near = near(best)
        var found: [Candidate] = []
        for values in draws {
            let member: Landscape
            do throws(LawError) { member = try landscape.with(coefficients: values) } catch { throw .law(error) }
            if let own = near.varied({ landscape, _ in landscape = member }).lowest(.coarse) { found.append(own) }
        }
        return found
    }
}
