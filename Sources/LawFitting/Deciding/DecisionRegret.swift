public import ScalingLaws

/// The regret of laws fitted to cheap runs: how much worse the runs that they would have chosen are than the best known
/// run.
///
/// A chooser sees all runs of at most a tenth of a cell's compute and picks one of the cell's; its regret is the loss
/// of that run over the least loss in the cell, minus 1. All choosers are scored on the same cells: if one fails in a
/// cell, it counts there as the worst rule of thumb. Few sweeps have many cells: choose a law by its forecasts, then
/// report its regret.
public struct DecisionRegret: Sendable, Hashable {
    /// Rates a run for a chooser: the least rating is picked.
    public typealias Rating = (MeasuredRun) -> Double?

    /// How one way of choosing did.
    public struct Score: Sendable, Hashable {
        /// The law or rule.
        public let chooser: String

        /// The regret in each cell.
        public let regrets: [Double]

        /// The number of cells in which it failed; there it counts as the worst rule of thumb.
        public let failures: Int

        /// The mean over cells.
        public let mean: Double

        /// The median.
        public let median: Double

        /// The largest.
        public let worst: Double

        /// The interval of the mean, from resamples of the cells.
        public let interval: Interval
    }

    /// The cells, by unique tokens and compute.
    public let cells: [RegretCells.Cell]

    /// The scores: rules of thumb first, then choosers as given.
    public let scores: [Score]

    /// Scores laws on runs, each refitted for every cell.
    ///
    /// - Parameters:
    ///   - laws: The laws.
    ///   - runs: The runs of a sweep.
    ///   - options: How laws are fitted.
    ///   - leastCompute: The compute from which cells are formed.
    ///   - leastTraining: The number of cheaper runs that a cell needs.
    ///   - seed: The seed of the interval's draws.
    /// - Throws: ``FittingError/unsuitableRuns(method:reason:)`` where the runs form no cell.
    public init(
        _ laws: [any ScalingLaw], runs: MeasuredRuns, options: FitOptions = FitOptions(), leastCompute: Double = 0,
        leastTraining: Int = 25, seed: UInt64 = 1
    ) throws(FittingError) {
        let cells = try RegretCells(runs, leastCompute: leastCompute, leastTraining: leastTraining)
        self.init(
            cells,
            choosers: laws.map { law in
                (
                    law.card.identifier,
                    { cell in
                        do {
                            let fit = try LawFitter(law, options: options).fit(runs.selecting(cell.training))
                            return { fit.predictedLoss(of: $0) }
                        } catch {
                            return nil
                        }
                    }
                )
            }, seed: seed)
    }

    /// Scores any choosers on cells.
    ///
    /// - Parameters:
    ///   - cells: The cells.
    ///   - choosers: The choosers' names, each with a closure that makes a rating for a cell, or `nil` if the chooser
    ///     fails.
    ///   - seed: The seed of the interval's draws.
    public init(
        _ cells: RegretCells, choosers: [(name: String, rating: (RegretCells.Cell) -> Rating?)], seed: UInt64 = 1
    ) {
        let all = cells.runs.runs
        self.cells = cells.cells
        func regret(_ cell: RegretCells.Cell, _ rating: Rating?) -> Double? {
            guard let rating else { return nil }
            let rated = cell.choices.compactMap { index in rating(all[index]).map { ($0, index) } }
            guard let pick = rated.min(by: { $0 < $1 }) else { return nil }
            return all[pick.1].loss / cell.bestLoss - 1
        }
        func distance(_ value: Double, _ wanted: Double) -> Double { abs(Elementary.log(value / wanted)) }
        let rules: [(String, Rating)] = [
            ("nearest to 20 tokens per parameter", { distance($0.tokens / $0.parameters, 20) }),
            ("nearest to 4 epochs", { distance($0.epochs, 4) }),
        ]
        let byRule = rules.map { rule in cells.cells.map { regret($0, rule.1) ?? 0 } }
        let worst = cells.cells.indices.map { cell in byRule.map { $0[cell] }.max() ?? 0 }
        var scores = zip(rules, byRule).map { Self.score($0.0, $1, failures: 0, seed) }
        for chooser in choosers {
            var failures = 0
            let regrets = cells.cells.enumerated().map { index, cell in
                if let known = regret(cell, chooser.rating(cell)) { return known }
                failures += 1
                return worst[index]
            }
            scores.append(Self.score(chooser.name, regrets, failures: failures, seed))
        }
        self.scores = scores
    }

    private static func score(_ chooser: String, _ regrets: [Double], failures: Int, _ seed: UInt64) -> Score {
        var generator = SeededGenerator(seed: seed)
        var means: [Double] = []
        for _ in 0..<2_000 {
            means.append(
                OrderStatistics.mean(regrets.indices.map { _ in regrets[generator.index(below: regrets.count)] }))
        }
        means.sort()
        return Score(
            chooser: chooser, regrets: regrets, failures: failures, mean: OrderStatistics.mean(regrets),
            median: OrderStatistics.median(regrets), worst: regrets.max() ?? .nan,
            interval: Interval(
                lower: OrderStatistics.quantile(0.05, sorted: means),
                upper: OrderStatistics.quantile(0.95, sorted: means), level: 0.9))
    }
}

extension LawFit {
    /// The loss that the fit predicts for a measured run, or `nil` if it has no value there.
    public func predictedLoss(of run: MeasuredRun) -> Double? {
        do {
            return try compiled.loss(parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)
        } catch {
            return nil
        }
    }
}
