public import ScalingLaws

extension CoefficientPrior {
    /// The prior that describes a law's draws: one independent term for each direction in which they scatter.
    ///
    /// Positive coefficients that span orders of magnitude enter by their logarithms. Coefficients that all draws hold
    /// at one value get no term. The result is `nil` with fewer than 20 draws, or if they do not scatter.
    ///
    /// - Parameter card: A card with an ensemble, such as that of a fitted law.
    public init?(drawsOf card: ModelCard) {
        guard card.ensemble.count >= 20 else { return nil }
        var names: [String] = []
        var columns: [[Double]] = []
        for (index, coefficient) in card.coefficients.enumerated() {
            let values = card.ensemble.map { $0[index] }
            guard OrderStatistics.deviation(values) > 0 else { continue }
            let isFactor = coefficient.upperBound > 10 && values.allSatisfy { $0 > 0 }
            names.append(isFactor ? "log(\(coefficient.name))" : coefficient.name)
            columns.append(isFactor ? values.map { Elementary.log($0) } : values)
        }
        guard !names.isEmpty else { return nil }
        // Scaled, so that directions mix coefficients by their doubt and not by their units.
        let scales = columns.map(OrderStatistics.deviation)
        let means = columns.map(OrderStatistics.mean)
        let n = names.count
        let count = card.ensemble.count
        var matrix = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            for j in 0..<n {
                var sum = 0.0
                for k in 0..<count { sum += (columns[i][k] - means[i]) * (columns[j][k] - means[j]) }
                matrix[i * n + j] = sum / (Double(count - 1) * scales[i] * scales[j])
            }
        }
        let terms = SymmetricSystem.eigen(matrix, count: n).map { value, vector in
            let weights = (0..<n).map { vector[$0] / scales[$0] }
            let text = zip(weights, names).map { "(\($0))*\($1)" }.joined(separator: " + ")
            let center = zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }
            // A direction in which draws hardly scatter is known no better than a thousandth of the others.
            return Term(text, center: center, width: Swift.max(value, 1e-6).squareRoot())
        }
        self.init(terms, source: "the draws of law '\(card.identifier)'")
    }
}
