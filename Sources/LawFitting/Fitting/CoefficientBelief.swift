public import ScalingLaws

/// The knowledge of a law's coefficients before any run is trained, as draws and as the prior that a fit takes.
///
/// If the card has a prior, which says how coefficients differ between corpora and recipes, it is used. A fitted law
/// has none; its draws then state the uncertainty that its runs left.
public struct CoefficientBelief: Sendable {
    /// The law.
    public let law: any ScalingLaw

    /// The prior that a fit to new runs takes.
    public let prior: CoefficientPrior

    /// Coefficients that are taken as known, by name.
    public let held: [String: Double]

    /// Sets of coefficients, in the order of the law's card.
    public let draws: [[Double]]

    /// The center of the distribution, in the order of the law's card.
    public let center: [Double]

    /// Whether each coefficient is fitted.
    public let isFitted: [Bool]

    /// Whether each coefficient is a factor, so that its uncertainty is that of its logarithm.
    public let isFactor: [Bool]

    /// Draws coefficients.
    ///
    /// - Parameters:
    ///   - law: The law.
    ///   - count: How many sets to draw.
    ///   - seed: The seed of the draws.
    /// - Throws: ``FittingError/unusableOption(_:reason:)`` for a law whose card has neither a prior nor 20 draws, and
    ///   errors of the law.
    /// - Complexity: O(*count*·*n*²) for *n* coefficients.
    public init(_ law: any ScalingLaw, count: Int, seed: UInt64) throws(FittingError) {
        let card = law.card
        guard let prior = card.prior ?? CoefficientPrior(drawsOf: card) else {
            throw .unusableOption(
                "law '\(card.identifier)'",
                reason: "says nothing of what its coefficients may be: its card has neither a prior nor 20 draws. Take "
                    + "another law, or a law file that 'datawall fit' wrote")
        }
        var held: [String: Double] = [:]
        for coefficient in card.coefficients {
            let isSpokenOf = prior.terms.contains { $0.mentions(coefficient.name) }
            // A coefficient that the card holds is still fitted if a prior names it, as in fits.
            guard !isSpokenOf else { continue }
            guard let value = coefficient.value else {
                throw .law(.missingCoefficient(coefficient.name, model: card.identifier))
            }
            held[coefficient.name] = value
        }
        let space = try FitSpace(law, held: held, logarithms: FitPrior.logarithms(prior, card: card))
        let rows = try FitPrior(prior, space: space).rows
        let n = space.count
        guard n > 0 else {
            throw .unusableOption(
                "law '\(card.identifier)'", reason: "leaves no coefficient open: there is nothing to learn")
        }
        // Terms may leave a direction open. There the card's own values act as a prior a hundredth as strong as the
        // terms.
        var pull = space.variables.map { 0.5 * ($0.start.lowerBound + $0.start.upperBound) }
        if let values = try? card.values() { pull = space.point(values) }
        let scales = space.variables.map {
            $0.isLogarithm ? 0.5 : 0.15 * Swift.max(abs(pull[$0.place(in: space)]), 0.1)
        }
        var matrix = [Double](repeating: 0, count: n * n)
        for row in rows {
            for i in 0..<n {
                for j in 0..<n { matrix[i * n + j] += row.slopes[i] * row.slopes[j] / (row.width * row.width) }
            }
        }
        for i in 0..<n { matrix[i * n + i] += 1e-4 / (scales[i] * scales[i]) }
        func solution(_ noise: (Int) -> Double) -> [Double]? {
            var right = (0..<n).map { 1e-4 / (scales[$0] * scales[$0]) * pull[$0] }
            for (index, row) in rows.enumerated() {
                let target = row.center + row.width * noise(index)
                for i in 0..<n { right[i] += row.slopes[i] * target / (row.width * row.width) }
            }
            return SymmetricSystem.solve(matrix, right)
        }
        guard let middle = solution({ _ in 0 }) else {
            throw .unusableOption("the prior of law '\(card.identifier)'", reason: "leaves coefficients undetermined")
        }
        var generator = SeededGenerator(seed: seed)
        var draws: [[Double]] = []
        for _ in 0..<(50 * count) where draws.count < count {
            if card.prior == nil {
                draws.append(card.ensemble[generator.index(below: card.ensemble.count)])
                continue
            }
            let noise = rows.map { _ in generator.normal() }
            guard let x = solution({ noise[$0] }) else { continue }
            let inside = zip(x, space.variables).allSatisfy { $0 >= $1.lower && $0 <= $1.upper }
            let values = space.coefficients(at: x)
            if inside, (try? card.validate(values)) != nil { draws.append(values) }
        }
        guard draws.count == count else {
            throw .unusableOption(
                "the prior of law '\(card.identifier)'", reason: "is almost wholly outside the coefficients' bounds")
        }
        self.law = law
        self.prior = prior
        self.held = held.filter { name, _ in card.coefficients.first { $0.name == name }?.isHeld != true }
        self.draws = draws
        center = space.coefficients(
            at: zip(middle, space.variables).map { Swift.min(Swift.max($0, $1.lower), $1.upper) })
        let fitted = Set(space.variables.map(\.index))
        isFitted = card.coefficients.indices.map(fitted.contains)
        let factors = Set(space.variables.filter(\.isLogarithm).map(\.index))
        isFactor = card.coefficients.indices.map(factors.contains)
    }
}

extension FitVariable {
    /// The index of the variable among those of a fit.
    fileprivate func place(in space: FitSpace) -> Int { space.variables.firstIndex { $0.index == index } ?? 0 }
}
