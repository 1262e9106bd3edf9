public import ScalingLaws

/// How much worse than the best known run the runs are that laws fitted to cheap runs would have chosen.
///
/// Runs of equal unique tokens and nearly equal compute form a *cell*: the choices someone with that budget had. A
/// chooser sees all runs of at most a tenth of the cell's compute and picks one of the cell's; its regret is the loss
/// picked over the least loss in the cell, minus 1. Few sweeps have many cells: choose a law by its hold-out error, then
/// report its regret.
public struct DecisionRegret: Sendable, Hashable {
    /// A budget with the runs that spent it.
    public struct Cell: Sendable, Hashable {
        /// Unique tokens available.
        public let uniqueTokens: Double

        /// Compute in FLOPs, to a fifth of a decade.
        public let compute: Double

        /// How many runs there are to choose from.
        public let runs: Int

        /// How many cheaper runs laws are fitted to.
        public let trainingRuns: Int

        /// The least loss of the cell.
        public let bestLoss: Double
    }

    /// How one way of choosing did.
    public struct Score: Sendable, Hashable {
        /// The law or rule.
        public let chooser: String

        /// The regret in each cell; `nil` where the law could not be fitted.
        public let regrets: [Double?]

        /// The mean over cells.
        public let mean: Double

        /// The median.
        public let median: Double

        /// The largest.
        public let worst: Double

        /// Where the mean lies when cells are drawn anew.
        public let interval: Interval
    }

    /// The cells, by unique tokens and compute.
    public let cells: [Cell]

    /// The scores: rules of thumb first, then laws as given.
    public let scores: [Score]

    /// Scores choosers on runs.
    ///
    /// - Parameters:
    ///   - laws: The laws, each refitted for every cell.
    ///   - runs: The runs of a sweep.
    ///   - options: How laws are fitted.
    ///   - leastCompute: The compute from which on cells are formed.
    ///   - leastTraining: The number of cheaper runs that a cell needs.
    ///   - seed: The seed of the interval's draws.
    /// - Throws: ``FittingError/unsuitableRuns(method:reason:)`` where the runs form no cell.
    public init(
        _ laws: [any ScalingLaw], runs: MeasuredRuns, options: FitOptions = FitOptions(), leastCompute: Double = 0,
        leastTraining: Int = 25, seed: UInt64 = 1
    ) throws(FittingError) {
        let all = runs.runs
        struct Key: Hashable { var unique: Double, bin: Int }
        var members: [Key: [Int]] = [:]
        for (index, run) in all.enumerated() where 6 * run.parameters * run.tokens >= leastCompute {
            let decades = Elementary.log(6 * run.parameters * run.tokens) / Elementary.log(10)
            members[Key(unique: run.uniqueTokens, bin: Int((decades * 5).rounded())), default: []].append(index)
        }
        struct Setting: Hashable { var parameters, tokens: Double }
        var cells: [Cell] = []
        var choices: [[Int]] = []
        var training: [[Int]] = []
        for (key, indices) in members.sorted(by: { ($0.key.unique, $0.key.bin) < ($1.key.unique, $1.key.bin) }) {
            let compute = Elementary.pow(10, Double(key.bin) / 5)
            let settings = Set(indices.map { Setting(parameters: all[$0].parameters, tokens: all[$0].tokens) })
            let cheap = all.indices.filter { 6 * all[$0].parameters * all[$0].tokens <= compute / 10 }
            guard settings.count >= 4, cheap.count >= leastTraining else { continue }
            cells.append(
                Cell(
                    uniqueTokens: key.unique, compute: compute, runs: indices.count, trainingRuns: cheap.count,
                    bestLoss: indices.map { all[$0].loss }.min() ?? 0))
            choices.append(indices)
            training.append(cheap)
        }
        guard !cells.isEmpty else {
            throw .unsuitableRuns(
                method: "decision regret",
                reason:
                    "no unique-token count has 4 different sizes at one compute with \(leastTraining) runs of a tenth of it"
            )
        }
        self.cells = cells

        func regret(_ indices: [Int], _ best: Double, by key: (MeasuredRun) -> Double?) -> Double? {
            let rated = indices.compactMap { index in key(all[index]).map { ($0, index) } }
            guard let pick = rated.min(by: { $0 < $1 }) else { return nil }
            return all[pick.1].loss / best - 1
        }
        func distance(_ value: Double, _ wanted: Double) -> Double { abs(Elementary.log(value / wanted)) }
        var table: [(String, [Double?])] = [
            (
                "nearest to 20 tokens per parameter",
                cells.indices.map { cell in
                    regret(choices[cell], cells[cell].bestLoss) { distance($0.tokens / $0.parameters, 20) }
                }
            ),
            (
                "nearest to 4 epochs",
                cells.indices.map { cell in regret(choices[cell], cells[cell].bestLoss) { distance($0.epochs, 4) } }
            ),
        ]
        for law in laws {
            let regrets = cells.indices.map { cell -> Double? in
                do {
                    let fit = try LawFitter(law, options: options).fit(runs.selecting(training[cell]))
                    return regret(choices[cell], cells[cell].bestLoss) { run in
                        do {
                            return try fit.compiled.loss(
                                parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)
                        } catch {
                            return nil
                        }
                    }
                } catch {
                    return nil
                }
            }
            table.append((law.card.identifier, regrets))
        }
        scores = table.map { Self.score($0.0, $0.1, seed) }
    }

    private static func score(_ chooser: String, _ regrets: [Double?], _ seed: UInt64) -> Score {
        let known = regrets.compactMap { $0 }
        var generator = SeededGenerator(seed: seed)
        var means: [Double] = []
        for _ in 0..<2_000 where !known.isEmpty {
            means.append(OrderStatistics.mean(known.indices.map { _ in known[generator.index(below: known.count)] }))
        }
        means.sort()
        return Score(
            chooser: chooser, regrets: regrets, mean: OrderStatistics.mean(known),
            median: OrderStatistics.median(known),
            worst: known.max() ?? .nan,
            interval: means.isEmpty
                ? Interval(lower: .nan, upper: .nan, level: 0.9)
                : Interval(
                    lower: OrderStatistics.quantile(0.05, sorted: means),
                    upper: OrderStatistics.quantile(0.95, sorted: means), level: 0.9))
    }
}
