import ScalingLaws

extension LawFitter {
    /// Fits the law without some runs and judges it on them.
    ///
    /// - Parameters:
    ///   - holdOut: The runs to hold out.
    ///   - runs: All runs.
    /// - Returns: One score for each set held out.
    /// - Throws: ``FittingError/nothingLeft(expression:count:)`` if none or all runs are held out, and errors of the
    ///   fits.
    public func validate(_ holdOut: HoldOut, on runs: MeasuredRuns) throws(FittingError) -> [HoldOutScore] {
        var scores: [HoldOutScore] = []
        for (name, tested) in try Self.sets(holdOut, runs) {
            let held = Set(tested)
            let trained = runs.runs.indices.filter { !held.contains($0) }
            guard !tested.isEmpty, !trained.isEmpty else {
                throw .nothingLeft(expression: name, count: tested.count)
            }
            let fit = try fit(runs.selecting(trained))
            scores.append(
                HoldOutScore(
                    name: name, trainedRuns: trained.count, residuals: try fit.residuals(on: runs.selecting(tested))))
        }
        return scores
    }

    private static func sets(_ holdOut: HoldOut, _ runs: MeasuredRuns) throws(FittingError) -> [(String, [Int])] {
        switch holdOut {
        case .selected(let expression):
            var indices: [Int] = []
            for (index, run) in runs.runs.enumerated() where try expression.holds(for: run) { indices.append(index) }
            return [(expression.description, indices)]
        case .largestCompute(let share):
            try check(share)
            let sorted = runs.runs.indices.sorted { (runs.runs[$0].compute, $0) < (runs.runs[$1].compute, $1) }
            return [(holdOut.summary, sorted.suffix(Swift.max(Int(Double(runs.count) * share), 1)).sorted())]
        case .random(let share, let rounds, let seed):
            try check(share)
            guard rounds > 0 else {
                throw .unusableOption("the rounds of a random hold-out", reason: "must be 1 or more")
            }
            var generator = SeededGenerator(seed: seed)
            return (0..<rounds).map { round in
                var order = Array(runs.runs.indices)
                for i in order.indices.reversed() where i > 0 { order.swapAt(i, generator.index(below: i + 1)) }
                return ("round \(round + 1)", order.prefix(Swift.max(Int(Double(runs.count) * share), 1)).sorted())
            }
        case .eachGroup:
            let groups = runs.groups
            guard groups.count > 1 else {
                throw .unusableOption(
                    "leaving one group out", reason: "needs 2 groups or more; the runs have \(groups.count)")
            }
            return groups.map { name in (name, runs.runs.indices.filter { runs.runs[$0].group == name }) }
        }
    }

    private static func check(_ share: Double) throws(FittingError) {
        guard share > 0, share < 1 else {
            throw .unusableOption("the share held out", reason: "must be between 0 and 1, not be \(share)")
        }
    }
}

extension LawFit {
    /// Predicted minus measured log loss of any runs, also other runs than those of the fit.
    ///
    /// - Parameter others: The runs.
    /// - Returns: One residual for each run.
    /// - Throws: ``FittingError/law(_:)`` if the law has no value for a run.
    public func residuals(on others: MeasuredRuns) throws(FittingError) -> [Double] {
        let table = try others.table(features: space.loss.features)
        return try translatingLawErrors { () throws(LawError) in
            let evaluator = try TableEvaluator(compiled.compiledFormula, table)
            return zip(try evaluator.losses(coefficients), others.runs).map {
                Elementary.log($0) - Elementary.log($1.loss)
            }
        }
    }
}
