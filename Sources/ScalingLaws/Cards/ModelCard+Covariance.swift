extension ModelCard {
    /// The covariance of sets of values, row by row, such as those of an ensemble of refits.
    ///
    /// - Parameter ensemble: Sets of values, each in the order of a card's coefficients.
    /// - Returns: The covariance, or `nil` for fewer than two sets.
    /// - Complexity: O(*m*·*n*²) for *m* sets of *n* values.
    public static func covariance(of ensemble: [[Double]]) -> [[Double]]? {
        guard ensemble.count > 1, let count = ensemble.first?.count else { return nil }
        precondition(ensemble.allSatisfy { $0.count == count }, "sets of values have one length")
        let size = Double(ensemble.count)
        let means = (0..<count).map { index in ensemble.reduce(0) { $0 + $1[index] } / size }
        return (0..<count).map { row in
            (0..<count).map { column in
                ensemble.reduce(0) { $0 + ($1[row] - means[row]) * ($1[column] - means[column]) } / (size - 1)
            }
        }
    }
}
