import Quantities
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
    ///   - starts: Further places to start from, such as those of a fit to nearly the same runs: coefficients in the
    ///     order of the law's card.
    /// - Returns: The best minimum found, with the others.
    /// - Throws: ``FittingError/tooFewRuns(_:coefficients:)``, ``FittingError/unknowable(coefficients:reason:)`` if the
    ///   runs cannot separate the coefficients, ``FittingError/noFit(law:reason:)``, and errors of the law.
    public func fit(_ runs: MeasuredRuns, startingAlsoAt starts: [[Double]] = []) throws(FittingError) -> LawFit {
        try options.objective.validate()
        let statement = try priorStatement(runs)
        var logarithms: Set<String> = options.search == .reference ? ["E", "A", "B"] : []
        if let statement { logarithms.formUnion(FitPrior.logarithms(statement.prior, card: law.card)) }
        let held = try heldCoefficients(statement?.prior)
        let space = try FitSpace(law, held: held, logarithms: logarithms)
        var prior = try statement.map { given throws(FittingError) in try FitPrior(given.prior, space: space) }
        let table = try runs.table(features: space.loss.features)
        let weights = runs.runs.map(\.weight)
        let fromPriorAlone = try RunDesign(
            runs: runs, table: table, space: space, weights: weights, prior: prior
        ).validate()
        prior?.dependence = options.dependence
        prior?.scatter = options.scatter ?? 0.01
        let measured = runs.runs.map { Elementary.log($0.loss) }
        let stages = options.objective.stages
        let problem = try FitProblem(
            space, table: table, measured: measured, weights: weights, delta: stages[0], prior: prior ?? FitPrior())
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
        if prior != nil, options.scatter == nil { Self.settleScatter(&search, problem, weights) }
        guard let best = search.best else {
            throw .noFit(
                law: law.card.identifier,
                reason: "the law has no finite loss on these runs wherever the search started. Check its start ranges "
                    + "and the units of the runs")
        }
        return try LawFit(
            law: law, options: options, runs: runs, space: space, x: best.x, search: search, problem: problem,
            fromPriorAlone: fromPriorAlone, priorNotes: statement?.notes ?? [])
    }

    /// Weighs the runs with the scatter that the fit itself leaves, until both agree.
    private static func settleScatter(_ search: inout FitSearch, _ problem: FitProblem, _ weights: [Double]) {
        for _ in 0..<8 {
            guard let best = search.best, let residuals = problem.residuals(best.x) else { return }
            let used = zip(residuals, weights).filter { $0.1 > 0 }.map { abs($0.0) }
            // Of a double exponential distribution the median is ln 2 of the mean; a few odd runs do not move it.
            let mean = OrderStatistics.median(used) / 0.693_147_180_559_945_3
            let scatter = Swift.min(Swift.max(mean, 1e-4), 0.2)
            if abs(scatter / problem.prior.scatter - 1) < 1e-3 { return }
            problem.prior.scatter = scatter
            search.settle()
        }
    }

    /// The prior that the fit uses, and one sentence for each reason why some of its terms are not used.
    ///
    /// Terms on losses are dropped if the losses are in another unit, or below the floor that the prior expects.
    private func priorStatement(
        _ runs: MeasuredRuns
    ) throws(FittingError) -> (prior: CoefficientPrior, notes: [String])? {
        guard var prior = options.prior.prior(of: law.card) else { return nil }
        guard options.dependence >= 1, options.dependence < .infinity else {
            throw .unusableOption("the dependence of runs", reason: "must be 1 or more, not \(options.dependence)")
        }
        if let scatter = options.scatter {
            guard scatter > 0, scatter < .infinity else {
                throw .unusableOption("the scatter of runs", reason: "must be a positive number, not \(scatter)")
            }
        }
        let card = law.card
        let all = prior
        try translatingLawErrors { () throws(LawError) in
            try all.validate(coefficients: card.coefficientNames, model: card.identifier)
        }
        // A prior on a loss is in nats per token. It does not hold in another unit, or if a loss is below its floor.
        let scaled = Set(card.coefficients.filter { $0.unit.hasPrefix("nats/token") }.map(\.name))
        let least = runs.runs.map(\.loss).min() ?? .infinity
        let isBelowFloor = prior.terms.contains { term in
            term.quantity.filter { !$0.isWhitespace } == "log(E)" && Elementary.log(least) < term.center
        }
        guard runs.lossUnit != .natsPerToken || isBelowFloor else { return (prior, []) }
        var dropped: [String] = []
        prior.terms.removeAll { term in
            let isScaled = scaled.contains { term.mentions($0) }
            if isScaled { dropped.append(term.quantity) }
            return isScaled
        }
        let why =
            isBelowFloor && runs.lossUnit == .natsPerToken
            ? "a loss of \(Quantity.short(least)) is below the floor that the law expects, so the losses are not in its unit"
            : "losses are in \(runs.lossUnit.rawValue), not in nats/token"
        return (
            prior,
            dropped.isEmpty
                ? [] : ["The prior on \(dropped.joined(separator: ", ")) is not used: \(why)."]
        )
    }

    /// The coefficients to hold: those that the card holds, unless they are freed or have a prior, and those of the
    /// options.
    private func heldCoefficients(_ prior: CoefficientPrior?) throws(FittingError) -> [String: Double] {
        let card = law.card
        for name in options.freed.sorted() where !card.coefficientNames.contains(name) {
            throw .law(.unknownCoefficient(name, known: card.coefficientNames, model: card.identifier))
        }
        var held = options.held
        for coefficient in card.coefficients where coefficient.isHeld && !options.freed.contains(coefficient.name) {
            // A coefficient that a term of the prior names by itself need not be held.
            if held[coefficient.name] == nil, prior?.terms.contains(where: { $0.quantity == coefficient.name }) == true
            {
                continue
            }
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
