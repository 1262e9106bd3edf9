import ScalingLaws

/// ln of a run's cost under every draw of a law's coefficients: one run at a time, all draws together.
///
/// The evaluator of tables vectorises over runs. Here the roles are exchanged: each row of its table is a draw, whose
/// coefficients are features, and the run's N, D and U are the coefficients. Laws remain formulas, and hundreds of
/// draws cost a few microseconds. A table holds scratch space, so only one thread at a time may use it.
final class DrawTable {
    /// How many draws there are.
    let count: Int

    private let evaluator: TableEvaluator

    /// Compiles a cost for the draws.
    ///
    /// - Parameters:
    ///   - cost: The cost as a formula over a run and the law's coefficients.
    ///   - card: The law's card, which names the coefficients.
    ///   - draws: Sets of values in the card's order; at least one.
    ///   - features: Values for the further quantities that the cost reads.
    /// - Throws: A ``LawError`` if the formula reads a quantity that is not given.
    init(
        _ cost: Formula, of card: ModelCard, draws: [[Double]], features: [String: Double]
    ) throws(LawError) {
        count = draws.count
        let run = CoefficientSymbols()
        let (parameters, tokens, available) = (run["N"], run["D"], run["U"])
        var columns: [String: [Double]] = [:]
        var names: [String: Formula] = [:]
        for (index, name) in card.coefficientNames.enumerated() {
            // A feature of the run may have the coefficient's name.
            let column = "draw " + name
            names[name] = .symbol(.feature(column))
            columns[column] = draws.map { $0[index] }
        }
        var formula = cost.replacingCoefficients(names)
        for (name, value) in features { formula = formula.replacing(.feature(name), by: .constant(value)) }
        formula = formula.replacing(.compute, by: 6 * parameters * tokens)
            .replacing(.repetitions, by: positivePart(tokens / available - 1))
            .replacing(.uniqueTokens, by: min(tokens, available))
            .replacing(.tokens, by: tokens)
            .replacing(.parameters, by: parameters)
        formula = log(formula)
        let ones = [Double](repeating: 1, count: draws.count)
        evaluator = try TableEvaluator(
            CompiledFormula(formula, coefficients: ["N", "D", "U"], model: card.identifier),
            RunTable(parameters: ones, tokens: ones, features: columns))
    }

    /// ln of the costs of a run under all draws, in their order; `nil` if one of them has no finite value.
    func costs(parameters: Double, tokens: Double, uniqueTokens: Double) -> [Double]? {
        let run = [parameters, tokens, uniqueTokens]
        var costs = [Double](repeating: 0, count: count)
        do throws(LawError) {
            var span = costs.mutableSpan
            try evaluator.losses(run.span, into: &span)
        } catch { return nil }
        return costs
    }

    /// The mean of ln cost over the draws, or `nil` if one of them has no finite value.
    func mean(parameters: Double, tokens: Double, uniqueTokens: Double) -> Double? {
        costs(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens).map {
            $0.reduce(0, +) / Double(count)
        }
    }
}
