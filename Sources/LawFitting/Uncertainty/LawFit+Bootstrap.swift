import ScalingLaws

extension LawFit {
    /// Fits resamples of the runs: the bootstrap.
    ///
    /// Each resample counts runs as often as they are drawn and is fitted from the minima that the fit to all runs
    /// found, to the fit's own tolerance.
    ///
    /// - Parameter options: How many resamples of what, and the seed.
    /// - Returns: Their coefficients, in the order of the draws.
    /// - Throws: ``FittingError/unusableOption(_:reason:)`` for fewer than 20 resamples, and for resampling groups
    ///   where fewer than 3 are named.
    public func bootstrap(_ options: BootstrapOptions = BootstrapOptions()) throws(FittingError) -> FitEnsemble {
        guard options.samples >= 20 else {
            throw .unusableOption("the number of resamples", reason: "must be 20 or more, not \(options.samples)")
        }
        let blocks = try blocks(options.unit)
        let problem = try makeProblem()
        let starts = optima.prefix(2).map { space.point($0.coefficients) }
        let weights = runs.runs.map(\.weight)
        var generator = SeededGenerator(seed: options.seed)
        var members: [[Double]] = []
        var failures = 0
        for _ in 0..<options.samples {
            let counts = Self.draw(blocks, runs: runs.count, &generator)
            problem.weights = zip(counts, weights).map { Double($0) * $1 }
            if let x = refit(problem, from: starts) {
                members.append(space.coefficients(at: x))
            } else {
                failures += 1
            }
        }
        return FitEnsemble(
            fit: self, options: options, members: members, failures: failures, evaluations: problem.evaluations)
    }

    /// How often each run stands in the first resamples, in the order of the draws.
    ///
    /// - Parameter options: The options of a bootstrap, which determine its draws; as many as its samples are given.
    /// - Returns: For each resample, a count per run.
    /// - Throws: As ``bootstrap(_:)``.
    public func resamples(_ options: BootstrapOptions) throws(FittingError) -> [[Int]] {
        let blocks = try blocks(options.unit)
        var generator = SeededGenerator(seed: options.seed)
        return (0..<options.samples).map { _ in Self.draw(blocks, runs: runs.count, &generator) }
    }

    private static func draw(_ blocks: [[Int]], runs: Int, _ generator: inout SeededGenerator) -> [Int] {
        var counts = [Int](repeating: 0, count: runs)
        for _ in blocks.indices {
            for row in blocks[generator.index(below: blocks.count)] { counts[row] += 1 }
        }
        return counts
    }

    /// What is drawn: runs one by one, or groups.
    private func blocks(_ unit: ResampleUnit) throws(FittingError) -> [[Int]] {
        guard unit == .groups else { return runs.runs.indices.map { [$0] } }
        let groups = runs.groups
        guard groups.count >= 3 else {
            throw .unusableOption("resampling groups", reason: "needs 3 groups or more; the runs have \(groups.count)")
        }
        // A run without a group stands for itself.
        return groups.map { name in runs.runs.indices.filter { runs.runs[$0].group == name } }
            + runs.runs.indices.filter { runs.runs[$0].group == nil }.map { [$0] }
    }

    /// A problem over the fit's own runs, to be changed and minimised again.
    func makeProblem(space other: FitSpace? = nil) throws(FittingError) -> FitProblem {
        let space = other ?? self.space
        return try FitProblem(
            space, table: runs.table(features: space.loss.features),
            measured: runs.runs.map { Elementary.log($0.loss) },
            weights: runs.runs.map(\.weight), delta: options.objective.stages.last ?? 1e-3)
    }

    /// The minimum near some places, the lowest first to be found deciding.
    func refit(_ problem: FitProblem, from starts: [[Double]]) -> [Double]? {
        var best: (x: [Double], value: Double)?
        let stages = options.objective.stages
        for start in starts {
            var x = start
            var value = Double.infinity
            for (index, delta) in stages.enumerated() {
                problem.delta = delta
                let last = index == stages.count - 1
                let result = ReweightedLeastSquares(iterationLimit: last ? 120 : 20, tolerance: last ? 1e-10 : 1e-4)
                    .minimize(problem, from: x)
                (x, value) = (result.x, result.value)
            }
            if value.isFinite, value < best?.value ?? .infinity { best = (x, value) }
        }
        return best?.x
    }
}
