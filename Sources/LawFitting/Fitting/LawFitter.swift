public import ScalingLaws

/// Fits a law to runs: finds the coefficients that minimise an objective between their bounds.
///
/// Works for every law, since a law is a formula: its values and slopes come from the formula's own evaluation over the
/// table. The same runs and options give the same result to the last bit.
///
/// ```swift
/// let fit = try LawFitter(ChinchillaLaw()).fit(runs)
/// print(fit["alpha"], fit.objectiveValue)
/// ```
public struct LawFitter: Sendable {
    /// The law.
    public let law: any ScalingLaw

    /// How it is fitted.
    public let options: FitOptions

    /// Creates a fitter.
    public init(_ law: any ScalingLaw, options: FitOptions = FitOptions()) {
        self.law = law
        self.options = options
    }

    /// Fits the law.
    ///
    /// - Parameters:
    ///   - runs: The runs.
    ///   - starts: Further places to start from, such as those of a fit to much the same runs: coefficients in the
    ///     order of the law's card.
    /// - Returns: The best minimum found, with the others beside it.
    /// - Throws: ``FittingError/tooFewRuns(_:coefficients:)``, ``FittingError/unknowable(coefficients:reason:)`` where
    ///   the runs cannot tell coefficients apart, ``FittingError/noFit(law:reason:)``, and errors of the law.
    public func fit(_ runs: MeasuredRuns, startingAlsoAt starts: [[Double]] = []) throws(FittingError) -> LawFit {
        try options.objective.validate()
        let logarithms: Set<String> = options.search == .reference ? ["E", "A", "B"] : []
        let held = try heldCoefficients()
        let space = try FitSpace(law, held: held, logarithms: logarithms)
        let table = try runs.table(features: space.loss.features)
        let weights = runs.runs.map(\.weight)
        try RunDesign(runs: runs, table: table, space: space, weights: weights).validate()
        let measured = runs.runs.map { Elementary.log($0.loss) }
        let stages = options.objective.stages
        let problem = try FitProblem(
            space, table: table, measured: measured, weights: weights, delta: stages[0])
        var search = FitSearch(problem: problem, stages: stages)
        switch options.search {
        case .local(let from):
            var coefficients = try startValues(from)
            for (name, value) in held {
                if let index = law.card.coefficientNames.firstIndex(of: name) { coefficients[index] = value }
            }
            search.refine([space.point(coefficients)], keep: 1)
        case .reference:
            search.grid(ReferenceGrid.starts(law, space: space))
        case .standard:
            let linear = try LinearCoefficients.find(law, space: space, table: table)
            let projection = try StartProjection(
                space, table: table, losses: runs.runs.map(\.loss), weights: weights, linear: linear)
            var own = starts.map { space.point($0) }
            if law.card.hasValues {
                let values = law.card.coefficients.map { $0.value ?? 0 }
                own.append(space.point(values))
                if !linear.isEmpty, let projected = projection.projected(space.point(values)) { own.append(projected) }
            }
            search.explore(projection, own: own)
        }
        guard let best = search.best else {
            throw .noFit(
                law: law.card.identifier,
                reason: "the law has no finite loss on these runs wherever the search started. Check its start ranges "
                    + "and the units of the runs")
        }
        return try LawFit(
            law: law, options: options, runs: runs, space: space, x: best.x, search: search, problem: problem)
    }

    /// The coefficients that the card holds, unless they are freed, and those of the options.
    private func heldCoefficients() throws(FittingError) -> [String: Double] {
        let card = law.card
        for name in options.freed.sorted() where !card.coefficientNames.contains(name) {
            throw .law(.unknownCoefficient(name, known: card.coefficientNames, model: card.identifier))
        }
        var held = options.held
        for coefficient in card.coefficients where coefficient.isHeld && !options.freed.contains(coefficient.name) {
            guard let value = held[coefficient.name] ?? coefficient.value else {
                throw .law(.missingCoefficient(coefficient.name, model: card.identifier))
            }
            held[coefficient.name] = value
        }
        return held
    }

    private func startValues(_ from: [String: Double]) throws(FittingError) -> [Double] {
        let card = law.card
        for name in from.keys.sorted() where !card.coefficientNames.contains(name) {
            throw .law(.unknownCoefficient(name, known: card.coefficientNames, model: card.identifier))
        }
        return card.coefficients.map { coefficient in
            let range = FitVariable.startRange(coefficient)
            return from[coefficient.name] ?? coefficient.value ?? 0.5 * (range.lowerBound + range.upperBound)
        }
    }
}
