public import ScalingLaws

/// A law fitted to runs: its coefficients, how well they do, and how they were found.
public struct LawFit: Sendable {
    /// The law that was fitted.
    public let law: any ScalingLaw

    /// How it was fitted.
    public let options: FitOptions

    /// The runs that it was fitted to.
    public let runs: MeasuredRuns

    /// The coefficients, in the order of the law's card.
    public let coefficients: [Double]

    /// The law with these coefficients, ready to evaluate.
    public let compiled: CompiledLaw

    /// The objective at the minimum, summed over runs.
    public let objectiveValue: Double

    /// The minima found, best first.
    public let optima: [LocalOptimum]

    /// How many starts the search tried.
    public let starts: Int

    /// How many iterations all minimisations took.
    public let iterations: Int

    /// How often the law was evaluated on all runs.
    public let evaluations: Int

    /// Whether the best minimum met its tolerance.
    public let converged: Bool

    /// Coefficients that the fit drove to a limit of their range.
    public let boundaries: [BoundaryContact]

    /// Predicted minus measured log loss of each run.
    public let residuals: [Double]

    /// Coefficients that the runs say nothing about, so that only the prior gives them.
    public let fromPriorAlone: [String]

    /// Remarks on the use of the prior, one sentence each.
    public let priorNotes: [String]

    /// The mean absolute error of log loss that runs were weighed against the prior with; `nil` without a prior.
    public var scatter: Double? { prior.isEmpty ? nil : prior.scatter }

    /// The number of coefficients that the runs must determine: those fitted, minus the terms of the prior.
    public var degreesOfFreedom: Int { runs.count - Swift.max(space.count - prior.rows.count, 0) }

    let space: FitSpace
    let x: [Double]
    let prior: FitPrior

    init(
        law: any ScalingLaw, options: FitOptions, runs: MeasuredRuns, space: FitSpace, x: [Double], search: FitSearch,
        problem: FitProblem, fromPriorAlone: [String] = [], priorNotes: [String] = []
    ) throws(FittingError) {
        self.fromPriorAlone = fromPriorAlone
        self.priorNotes = priorNotes
        prior = problem.prior
        self.law = law
        self.options = options
        self.runs = runs
        self.space = space
        self.x = x
        let coefficients = space.coefficients(at: x)
        self.coefficients = coefficients
        do {
            compiled = try CompiledLaw(law, coefficients: coefficients)
        } catch {
            // A law that reads features is compiled with the features of a run.
            guard case .missingFeature = error, let row = runs.runs.first else { throw .law(error) }
            let features = try MeasuredRuns([row]).table(features: space.loss.features).features.mapValues { $0[0] }
            compiled = try translatingLawErrors { () throws(LawError) in
                try CompiledLaw(law, coefficients: coefficients, features: features)
            }
        }
        guard let residuals = problem.residuals(x) else {
            throw .noFit(law: law.card.identifier, reason: "the best coefficients have no finite loss on some run")
        }
        self.residuals = residuals
        objectiveValue = zip(residuals, problem.weights).reduce(0) { $0 + $1.1 * options.objective.value($1.0) }
        optima = search.optima.map {
            LocalOptimum(coefficients: space.coefficients(at: $0.x), value: $0.value, starts: $0.starts)
        }
        starts = search.starts
        iterations = search.iterations
        evaluations = problem.evaluations
        converged = search.converged
        boundaries = space.boundaries(at: x)
    }

    /// The value of a coefficient, or `nil` for a name that the law does not have.
    public subscript(name: String) -> Double? {
        law.card.coefficientNames.firstIndex(of: name).map { coefficients[$0] }
    }

    /// The names of the coefficients that were fitted, not held.
    public var freeCoefficients: [String] { space.variables.map(\.name) }

    /// The predicted loss of each run.
    public var predictions: [Double] {
        zip(runs.runs, residuals).map { $0.loss * Elementary.exp($1) }
    }

    /// The share of the losses' variance that the law explains, 1 − Σ(L − L̂)²/Σ(L − mean)²; `nil` where all losses
    /// are equal.
    public var determination: Double? {
        let losses = runs.runs.map(\.loss)
        let mean = losses.reduce(0, +) / Double(losses.count)
        let spread = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let error = zip(losses, predictions).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return spread > 0 ? 1 - error / spread : nil
    }

    /// The relative errors |L̂/L − 1| of the runs.
    public var relativeErrors: [Double] { residuals.map { abs(Elementary.exp($0) - 1) } }
}
