import ScalingLaws

extension LawFit {
    /// Refits with noise on the losses, without small models and without large ones.
    ///
    /// - Parameters:
    ///   - noise: The noise's standard deviation, in the unit of the losses.
    ///   - rounds: How often noise is drawn.
    ///   - seed: Its seed.
    /// - Returns: The coefficients after each change.
    /// - Throws: ``FittingError`` where the runs as they are cannot be evaluated.
    public func sensitivity(
        noise: Double = 0.001, rounds: Int = 40, seed: UInt64 = 1
    ) throws(FittingError) -> Sensitivity {
        let compute = 10 * (runs.runs.map(\.compute).max() ?? 1)
        var generator = SeededGenerator(seed: seed)
        let starts = optima.prefix(2).map { space.point($0.coefficients) }
        var drawn: [[Double]] = []
        var sizes: [Double] = []
        for _ in 0..<rounds {
            let measured = runs.runs.map { Elementary.log(Swift.max($0.loss + noise * generator.normal(), 1e-9)) }
            let problem = try FitProblem(
                space, table: runs.table(features: space.loss.features), measured: measured,
                weights: runs.runs.map(\.weight), delta: options.objective.stages.last ?? 1e-3)
            guard let x = refit(problem, from: starts) else { continue }
            let coefficients = space.coefficients(at: x)
            drawn.append(coefficients)
            if let size = best(coefficients, compute) { sizes.append(Elementary.log(size)) }
        }
        var changes: [Sensitivity.Change] = []
        var notes: [String] = []
        let sorted = runs.runs.map(\.parameters).sorted()
        let (low, high) = (
            OrderStatistics.quantile(0.25, sorted: sorted), OrderStatistics.quantile(0.75, sorted: sorted)
        )
        for (name, keep) in [
            ("without the smallest quarter of models", { (run: MeasuredRun) in run.parameters > low }),
            ("without the largest quarter of models", { (run: MeasuredRun) in run.parameters < high }),
        ] {
            do {
                let part = try runs.selecting(runs.runs.indices.filter { keep(runs.runs[$0]) })
                let fit = try LawFitter(law, options: options).fit(part, startingAlsoAt: [coefficients])
                changes.append(
                    Sensitivity.Change(
                        name: name, runs: part.count, coefficients: fit.coefficients,
                        bestParameters: best(fit.coefficients, compute)))
            } catch {
                notes.append("\(name): \(error.description)")
            }
        }
        return Sensitivity(
            names: law.card.coefficientNames, bestParameters: best(coefficients, compute), compute: compute,
            noise: law.card.coefficients.indices.map { index in OrderStatistics.deviation(drawn.map { $0[index] }) },
            bestParametersNoise: sizes.count > 1 ? OrderStatistics.deviation(sizes) : nil, changes: changes,
            notes: notes)
    }

    private func best(_ coefficients: [Double], _ compute: Double) -> Double? {
        do {
            return ComputeFrontier.best(try compiled.with(coefficients: coefficients), compute: compute)?.parameters
        } catch {
            return nil
        }
    }
}
