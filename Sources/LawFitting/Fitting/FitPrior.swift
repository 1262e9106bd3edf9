import ScalingLaws

/// A prior over the variables of a fit: one straight line and its center and width for each term.
struct FitPrior: Sendable {
    struct Row: Sendable {
        /// The quantity's slopes in the variables.
        var slopes: [Double]
        /// The center, minus the contribution of held coefficients.
        var center: Double
        var width: Double
    }

    var rows: [Row] = []

    /// The mean absolute error of log loss that the runs are weighed with.
    var scatter = 0.01

    /// How many runs count as one independent error.
    var dependence = 1.0

    var isEmpty: Bool { rows.isEmpty }

    init() {}

    /// The prior of a law in the space of a fit; terms that name only held coefficients have no effect and are left
    /// out.
    ///
    /// - Throws: ``FittingError/law(_:)`` for a term that is not linear in the variables.
    init(_ prior: CoefficientPrior, space: FitSpace) throws(FittingError) {
        let card = space.card
        let names = space.variables.map(\.name)
        var values: [String: Formula] = space.held.mapValues { .constant($0) }
        for variable in space.variables where variable.isLogarithm {
            values[variable.name] = exp(.coefficient(variable.name))
        }
        let low = space.variables.map { 0.7 * $0.start.lowerBound + 0.3 * $0.start.upperBound }
        let high = space.variables.map { 0.4 * $0.start.lowerBound + 0.6 * $0.start.upperBound }
        for term in prior.terms {
            let row = try translatingLawErrors { () throws(LawError) -> Row? in
                let formula = try prior.formula(
                    of: term, coefficients: card.coefficientNames, model: card.identifier
                ).replacingCoefficients(values)
                if formula.coefficientNames.isEmpty { return nil }
                // A run's size is in the formula, times 0, so that it has a value for a table's one row.
                let statement = formula + 0 * RunSymbols().parameters
                let evaluator = try TableEvaluator(
                    CompiledFormula(statement, coefficients: names, model: card.identifier),
                    RunTable(parameters: [1], tokens: [1]))
                let base = try evaluator.losses(low)[0]
                let slopes = try evaluator.jacobian(low)[0]
                let elsewhere = try evaluator.losses(high)[0]
                let line = zip(slopes, zip(low, high)).reduce(base) { $0 + $1.0 * ($1.1.1 - $1.1.0) }
                guard abs(line - elsewhere) <= 1e-6 * Swift.max(1, abs(line)) else {
                    throw .unusablePrior(
                        term.quantity,
                        reason: "it must be a sum of coefficients, or of logarithms of factors, each times a number",
                        model: card.identifier)
                }
                let offset = zip(slopes, low).reduce(base) { $0 - $1.0 * $1.1 }
                return Row(slopes: slopes, center: term.center - offset, width: term.width)
            }
            if let row { rows.append(row) }
        }
    }

    /// The coefficients whose logarithms occur in the terms; fits move these by their logarithms.
    static func logarithms(_ prior: CoefficientPrior, card: ModelCard) -> Set<String> {
        let texts = prior.terms.map { $0.quantity.filter { !$0.isWhitespace } }
        return Set(card.coefficientNames.filter { name in texts.contains { $0.contains("log(\(name))") } })
    }

    /// The same prior with every center moved at random by its width.
    func jittered(_ generator: inout SeededGenerator) -> FitPrior {
        var moved = self
        for index in moved.rows.indices { moved.rows[index].center += moved.rows[index].width * generator.normal() }
        return moved
    }

    /// The weight of half a squared deviation from the prior, in an objective with a Huber delta.
    ///
    /// Far from 0, Huber's loss is δ·|r|, which is δ·s times the negative logarithm of a double exponential density of
    /// scale s. So the prior's negative logarithm is multiplied by δ·s, too. For squares the factor is the variance.
    func weight(delta: Double) -> Double {
        // The mean absolute error of a normal distribution is √(2/π) of its deviation.
        dependence * (delta < .infinity ? delta * scatter : 1.570_796_326_794_897 * scatter * scatter)
    }

    /// The variables that occur in the terms.
    var variables: Set<Int> {
        rows.reduce(into: []) { result, row in
            for (index, slope) in row.slopes.enumerated() where slope != 0 { result.insert(index) }
        }
    }
}
