/// Slopes by differences, extrapolated to a step of nothing.
enum Differences {
    /// The slope of a function at a value that is not 0, with an estimate of its own error.
    ///
    /// Central differences over shrinking steps, extrapolated as polynomials in the step's square (Ridders 1982): near
    /// the best that doubles allow.
    static func slope(at value: Double, _ function: (Double) throws -> Double) rethrows -> (Double, error: Double) {
        let shrink = 1.6
        var step = 0.01 * abs(value)
        var table: [[Double]] = []
        var best = (slope: 0.0, error: Double.infinity)
        for row in 0..<9 {
            var entries = [(try function(value + step) - function(value - step)) / (2 * step)]
            var factor = shrink * shrink
            for column in 0..<row {
                let finer = (entries[column] * factor - table[row - 1][column]) / (factor - 1)
                factor *= shrink * shrink
                entries.append(finer)
                let error = Swift.max(abs(finer - entries[column]), abs(finer - table[row - 1][column]))
                if error < best.error { best = (finer, error) }
            }
            table.append(entries)
            step /= shrink
        }
        return (best.slope, best.error)
    }
}
