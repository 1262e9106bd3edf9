import ScalingLaws

/// Budgets with the runs that spent them: runs of equal unique tokens and nearly equal compute.
public struct RegretCells: Sendable, Hashable {
    /// A budget.
    public struct Cell: Sendable, Hashable {
        /// Unique tokens available.
        public let uniqueTokens: Double

        /// Compute in FLOPs, the middle of its fifth of a decade.
        public let compute: Double

        /// The runs to choose from, as indices.
        public let choices: [Int]

        /// The indices of the runs of at most a tenth of the compute, which laws are fitted to.
        public let training: [Int]

        /// The least loss of the cell.
        public let bestLoss: Double
    }

    /// The runs.
    public let runs: MeasuredRuns

    /// The cells, by unique tokens and compute.
    public let cells: [Cell]

    /// Forms the cells of a sweep.
    ///
    /// - Parameters:
    ///   - runs: The runs.
    ///   - leastCompute: The compute from which runs are used, in FLOPs.
    ///   - leastTraining: The number of cheaper runs that a cell needs.
    ///   - shift: By how many decades the bins of compute are shifted; they are 0.2 wide.
    ///   - leastSettings: The number of different sizes and tokens that a cell needs.
    /// - Throws: ``FittingError/unsuitableRuns(method:reason:)`` where the runs form no cell.
    public init(
        _ runs: MeasuredRuns, leastCompute: Double = 0, leastTraining: Int = 25, shift: Double = 0,
        leastSettings: Int = 4
    ) throws(FittingError) {
        let all = runs.runs
        let flops = all.map { 6 * $0.parameters * $0.tokens }
        struct Key: Hashable { var unique: Double, bin: Int }
        struct Setting: Hashable { var parameters, tokens: Double }
        var members: [Key: [Int]] = [:]
        for index in all.indices where flops[index] >= leastCompute {
            let decades = Elementary.log(flops[index]) / Elementary.log(10)
            let bin = Int(((decades - shift) * 5).rounded())
            members[Key(unique: all[index].uniqueTokens, bin: bin), default: []].append(index)
        }
        var cells: [Cell] = []
        for (key, choices) in members.sorted(by: { ($0.key.unique, $0.key.bin) < ($1.key.unique, $1.key.bin) }) {
            let compute = Elementary.pow(10, Double(key.bin) / 5 + shift)
            let settings = Set(choices.map { Setting(parameters: all[$0].parameters, tokens: all[$0].tokens) })
            let training = all.indices.filter { flops[$0] <= compute / 10 }
            guard settings.count >= leastSettings, training.count >= leastTraining else { continue }
            cells.append(
                Cell(
                    uniqueTokens: key.unique, compute: compute, choices: choices, training: training,
                    bestLoss: choices.map { all[$0].loss }.min() ?? 0))
        }
        guard !cells.isEmpty else {
            throw .unsuitableRuns(
                method: "decision regret",
                reason:
                    "no unique-token count has \(leastSettings) different sizes at one compute with \(leastTraining) runs of a tenth of it"
            )
        }
        self.runs = runs
        self.cells = cells
    }
}
