import ScalingLaws

extension LawFit {
    /// Fits resamples of the runs: the bootstrap.
    ///
    /// Each resample weighs runs by how often they are drawn. Its fit starts from the minima of the fit to all runs,
    /// and uses the same tolerance. If the fit has a prior, each resample moves the prior's centers at random by their
    /// widths, so that the draws also show the uncertainty of the prior, not only that of the runs.
    ///
    /// - Parameter options: The number of resamples, their unit, and the seed.
    /// - Returns: Their coefficients, in the order of the draws.
    /// - Throws: ``FittingError/unusableOption(_:reason:)`` for fewer than 20 resamples, and for resampling groups if
    ///   fewer than 3 are named.
    public func bootstrap(_ options: BootstrapOptions = BootstrapOptions()) throws(FittingError) -> FitEnsemble {
        guard options.samples >= 20 else {
            throw .unusableOption("the number of resamples", reason: "must be 20 or more, not \(options.samples)")
        }
        let blocks = try runs.clusters(options.unit)
        let problem = try makeProblem()
        let starts = optima.prefix(2).map { space.point($0.coefficients) }
        let weights = runs.runs.map(\.weight)
        var generator = SeededGenerator(seed: options.seed)
        // Centers are drawn from a separate generator, so that runs are drawn as they are without a prior.
        var centers = SeededGenerator(seed: options.seed ^ 0x9E37_79B9_7F4A_7C15)
        var members: [[Double]] = []
        var failures = 0
        for _ in 0..<options.samples {
            let counts = Self.draw(blocks, runs: runs.count, isNested: options.unit == .uniqueTokens, &generator)
            if !prior.isEmpty { problem.prior = prior.jittered(&centers) }
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

    /// How often each run is in the first resamples, in the order of the draws.
    ///
    /// - Parameter options: The options of a bootstrap, which determine its draws; its number of samples is the number
    ///   of resamples returned.
    /// - Returns: For each resample, a count per run.
    /// - Throws: The errors of ``bootstrap(_:)``.
    public func resamples(_ options: BootstrapOptions) throws(FittingError) -> [[Int]] {
        let blocks = try runs.clusters(options.unit)
        var generator = SeededGenerator(seed: options.seed)
        return (0..<options.samples).map { _ in
            Self.draw(blocks, runs: runs.count, isNested: options.unit == .uniqueTokens, &generator)
        }
    }

    private static func draw(
        _ blocks: [[Int]], runs: Int, isNested: Bool, _ generator: inout SeededGenerator
    ) -> [Int] {
        var counts = [Int](repeating: 0, count: runs)
        for _ in blocks.indices {
            let block = blocks[generator.index(below: blocks.count)]
            for row in block { counts[isNested ? block[generator.index(below: block.count)] : row] += 1 }
        }
        return counts
    }

    /// A problem over the fit's own runs, to be changed and minimised again.
    func makeProblem(space other: FitSpace? = nil) throws(FittingError) -> FitProblem {
        let space = other ?? self.space
        return try FitProblem(
            space, table: runs.table(features: space.loss.features),
            measured: runs.runs.map { Elementary.log($0.loss) },
            weights: runs.runs.map(\.weight), delta: options.objective.stages.last ?? 1e-3, prior: prior)
    }

    /// The lowest of the minima near some starts; of equal ones, the first.
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
