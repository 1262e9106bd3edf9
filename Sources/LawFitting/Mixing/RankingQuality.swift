import ScalingLaws

/// How well predictions rank runs, and how far they are off.
public struct RankingQuality: Sendable, Hashable {
    /// Spearman's rank correlation of predicted and measured losses.
    public var spearman: Double

    /// The root mean square of the errors, in the unit of the loss.
    public var error: Double

    /// How many runs were predicted.
    public var runs: Int

    /// Compares predictions with measurements.
    ///
    /// - Parameters:
    ///   - predicted: Predicted losses.
    ///   - measured: The same number of measured losses.
    public init(predicted: [Double], measured: [Double]) {
        precondition(predicted.count == measured.count, "a prediction for each measurement")
        runs = measured.count
        let squares = zip(predicted, measured).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        error = measured.isEmpty ? 0 : (squares / Double(measured.count)).squareRoot()
        spearman = Self.correlation(Self.ranks(predicted), Self.ranks(measured))
    }

    /// Predicts every run from a fit to the others: the runs are cut into parts at random, the same each time.
    ///
    /// - Parameters:
    ///   - folds: The number of parts; with fewer than 2 there is no cross-validation.
    ///   - count: The number of runs.
    ///   - losses: Their measured losses.
    ///   - predict: Fits to the runs of the first list and predicts those of the second; `nil` if it cannot.
    /// - Returns: The quality over all runs, or `nil` if a fit without one of the parts fails.
    static func crossValidated(
        folds: Int, count: Int, losses: [Double], predict: (_ kept: [Int], _ left: [Int]) -> [Double]?
    ) -> RankingQuality? {
        guard folds >= 2, count >= 2 * folds else { return nil }
        var random = SeededGenerator(seed: 1)
        var order = Array(0..<count)
        for index in stride(from: count - 1, to: 0, by: -1) { order.swapAt(index, random.index(below: index + 1)) }
        var predicted = [Double](repeating: 0, count: count)
        for fold in 0..<folds {
            let left = order.indices.filter { $0 % folds == fold }.map { order[$0] }
            let kept = order.indices.filter { $0 % folds != fold }.map { order[$0] }
            guard let values = predict(kept, left) else { return nil }
            for (run, value) in zip(left, values) { predicted[run] = value }
        }
        return RankingQuality(predicted: predicted, measured: losses)
    }

    /// Ranks from 1, ties sharing their mean.
    private static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
            start = end + 1
        }
        return ranks
    }

    private static func correlation(_ first: [Double], _ second: [Double]) -> Double {
        let count = Double(first.count)
        guard count > 1 else { return 0 }
        let (a, b) = (first.reduce(0, +) / count, second.reduce(0, +) / count)
        var (ab, aa, bb) = (0.0, 0.0, 0.0)
        for (x, y) in zip(first, second) {
            ab += (x - a) * (y - b)
            aa += (x - a) * (x - a)
            bb += (y - b) * (y - b)
        }
        return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : 0
    }
}
