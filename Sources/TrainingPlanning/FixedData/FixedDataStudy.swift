/// Published losses from more and more compute on a fixed set of unique tokens, and the data that the study's baseline
/// needs for the same losses.
///
/// A report of one corpus and one contest, never a law. A plan shows it where compute is left and data is not.
public struct FixedDataStudy: Sendable, Hashable {
    /// A loss that was reached.
    public struct Record: Sendable, Hashable {
        /// The part of the contest, by its limit on time.
        public let track: String

        /// The number of the record in its track, from 1.
        public let number: Int

        /// The day, as `2026-02-26`.
        public let date: String

        /// The validation loss, in nats per token.
        public let loss: Double

        /// Hours of accelerators spent.
        public let acceleratorHours: Double

        /// The technique, or the change since the previous record.
        public let change: String
    }

    /// A run of the baseline on more data.
    public struct BaselineRun: Sendable, Hashable {
        /// The unique tokens it was trained on.
        public let uniqueTokens: Double

        /// The size of the model, by the source's name for it.
        public let model: String

        /// The validation loss, in nats per token.
        public let loss: Double
    }

    /// The unique tokens of the records.
    public let uniqueTokens: Double

    /// The publication of the figures.
    public let source: String

    /// The records, track by track.
    public let records: [Record]

    /// The baseline on more data.
    public let baseline: [BaselineRun]

    /// The unique tokens on which the baseline reaches a loss.
    ///
    /// At each number of tokens the best of the baseline's sizes counts. Between two numbers of tokens the loss is
    /// interpolated linearly.
    ///
    /// - Parameter loss: The validation loss, in nats per token.
    /// - Returns: The tokens, or `nil` for a loss outside of the baseline's: nothing is extrapolated.
    /// - Complexity: O(*n* log *n*) in the runs of the baseline.
    public func baselineTokens(reaching loss: Double) -> Double? {
        var best: [Double: Double] = [:]
        for run in baseline { best[run.uniqueTokens] = Swift.min(run.loss, best[run.uniqueTokens] ?? .infinity) }
        let points = best.sorted { $0.key < $1.key }
        for (few, many) in zip(points, points.dropFirst()) where few.value > many.value {
            guard loss <= few.value, loss >= many.value else { continue }
            return few.key + (few.value - loss) / (few.value - many.value) * (many.key - few.key)
        }
        return nil
    }

    /// The data efficiency of a loss: how many times the study's unique tokens the baseline needs to reach it.
    ///
    /// - Parameter loss: The validation loss, in nats per token.
    /// - Returns: The multiple, or `nil` for a loss outside of the baseline's.
    public func dataEfficiency(at loss: Double) -> Double? {
        baselineTokens(reaching: loss).map { $0 / uniqueTokens }
    }

    /// The records whose loss no cheaper record reaches, from the fewest hours to the most.
    ///
    /// - Complexity: O(*n* log *n*) in the records.
    public var frontier: [Record] {
        var lowest = Double.infinity
        return records.sorted { ($0.acceleratorHours, $0.loss) < ($1.acceleratorHours, $1.loss) }.filter { record in
            guard record.loss < lowest else { return false }
            lowest = record.loss
            return true
        }
    }
}

extension Plan {
    /// The number of epochs above which a plan shows results of others on fixed data.
    private static let manyEpochs = 8.0

    /// A study of what others reached with compute on fixed data, if this plan leaves compute unspent or repeats its
    /// data more than eight times; else `nil`.
    public var fixedDataStudy: FixedDataStudy? {
        let leavesBudget = ([status] + furtherStatuses).contains(.budgetUnspent)
        return leavesBudget || recommended.epochs > Self.manyEpochs ? .slowrun : nil
    }
}
