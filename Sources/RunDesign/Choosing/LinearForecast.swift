import LawFitting
import ScalingLaws

/// The variance of forecasts after some runs, by the best linear estimate over draws of the coefficients.
///
/// ln L of every candidate and of the big run are assumed jointly normal, with their means and covariances over the
/// draws. Each measured run then narrows all others by one update, as in a Kalman filter. This is exact for a law that
/// is linear in its coefficients, and a good guide for others. The printed figures of a design are simulated, not taken
/// from here.
struct LinearForecast {
    /// The number of candidates; targets come after them.
    let candidates: Int
    private let count: Int
    private let noise: Double
    private(set) var covariance: [Double]

    /// The covariances of candidates and targets over draws.
    ///
    /// - Parameters:
    ///   - logLosses: For each draw, ln L of each candidate and then of each target.
    ///   - targets: How many of them are targets.
    ///   - scatter: The standard deviation of a measured ln L.
    init(logLosses: [[Double]], targets: Int, scatter: Double) {
        count = logLosses.first?.count ?? 0
        candidates = count - targets
        noise = scatter * scatter
        let n = count
        var means = [Double](repeating: 0, count: n)
        for draw in logLosses { for i in 0..<n { means[i] += draw[i] / Double(logLosses.count) } }
        var sums = [Double](repeating: 0, count: n * n)
        var centered = means
        let share = 1 / Double(Swift.max(logLosses.count - 1, 1))
        for draw in logLosses {
            for i in 0..<n { centered[i] = draw[i] - means[i] }
            for i in 0..<n {
                let left = centered[i] * share
                for j in 0...i { sums[i * n + j] += left * centered[j] }
            }
        }
        for i in 0..<n { for j in 0..<i { sums[j * n + i] = sums[i * n + j] } }
        covariance = sums
    }

    /// The mean variance of the targets' ln L.
    var variance: Double {
        (candidates..<count).reduce(0) { $0 + covariance[$1 * count + $1] } / Double(count - candidates)
    }

    /// By how much measuring a candidate lowers the mean variance.
    func gain(_ candidate: Int) -> Double {
        let own = covariance[candidate * count + candidate] + noise
        var sum = 0.0
        for target in candidates..<count {
            let shared = covariance[target * count + candidate]
            sum += shared * shared
        }
        return sum / own / Double(count - candidates)
    }

    /// Takes a candidate for measured.
    mutating func measure(_ candidate: Int) {
        let own = covariance[candidate * count + candidate] + noise
        let column = (0..<count).map { covariance[$0 * count + candidate] }
        for i in 0..<count {
            let factor = column[i] / own
            if factor == 0 { continue }
            for j in 0..<count { covariance[i * count + j] -= factor * column[j] }
        }
    }
}
