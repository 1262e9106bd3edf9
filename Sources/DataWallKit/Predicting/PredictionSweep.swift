import Charts
import LawFitting
import Quantities
public import ScalingLaws
import Tables

/// The predictions of laws over a range of runs, as CSV and as a chart with bands.
public struct PredictionSweep: Sendable {
    /// One law at one value.
    public struct Point: Sendable {
        /// The law's prediction.
        public let prediction: LossPrediction

        /// d ln N/d ln C of the best size at this compute, where compute is swept.
        public let sizeExponent: Double?
    }

    /// The quantity that varies, with its values.
    public let axis: PredictionAxis

    /// The points of each law, in the order of the laws and then of the values.
    public let points: [[Point]]

    /// Reasons to doubt the predictions, one sentence each.
    public let notes: [String]

    private let cards: [ModelCard]

    /// Predicts.
    ///
    /// - Parameters:
    ///   - axis: The quantity that varies, with its values.
    ///   - laws: The laws.
    ///   - uniqueTokens: The unique tokens, if compute varies; `nil` for as many as are trained on.
    ///   - run: The run at a value of the axis, if compute does not vary.
    /// - Throws: The `LawError`s of `CompiledLaw.prediction(for:level:)`, and ``RequestError`` for a law without a best
    ///   size, if compute varies.
    init(
        _ axis: PredictionAxis, by laws: [CompiledLaw], uniqueTokens: Double?, run: (Double) throws -> TrainingRun
    ) throws {
        self.axis = axis
        cards = laws.map(\.card)
        var notes: [String] = []
        points = try laws.map { law in
            // The least run whose loss no compute lowers, once the sweep has come to it.
            var settled: BestSize?
            let points = try axis.values.map { value in
                guard axis.quantity == .flops else {
                    return Point(prediction: try law.prediction(for: run(value)), sizeExponent: nil)
                }
                guard var best = Self.best(law, value, uniqueTokens) else {
                    throw RequestError(
                        "Law '\(law.identifier)' has no best size at \(Quantity.flops(value)) FLOPs: of all runs from 1,000 "
                            + "parameters and 1,000 tokens up, there is none, or its loss is least at an end. Sweep other "
                            + "FLOPs, or sweep parameters or tokens.")
                }
                if best.isFlat {
                    if let known = settled, known.compute <= value, known.loss <= best.loss * (1 + Self.sameLoss) {
                        best = known
                    } else {
                        best = Self.least(as: best, law, uniqueTokens)
                        settled = best
                    }
                }
                // A slope over a factor of e^0.1, which is far above the error of the search and far below the scale at
                // which the curve bends.
                let (below, above) = (Elementary.exp(-0.05), Elementary.exp(0.05))
                var slope: Double?
                if !best.isFlat, let low = Self.best(law, value * below, uniqueTokens),
                    let high = Self.best(law, value * above, uniqueTokens), !low.isFlat, !high.isFlat
                {
                    slope = Elementary.log(high.parameters / low.parameters) / 0.1
                }
                let tokens = best.compute / (6 * best.parameters)
                let run = try TrainingRun(
                    parameters: best.parameters, tokens: tokens, uniqueTokens: uniqueTokens ?? tokens)
                return Point(prediction: try law.prediction(for: run), sizeExponent: slope)
            }
            notes += Self.notes(on: law.card, points.map(\.prediction.run), settled)
            return points
        }
        self.notes = notes
    }

    /// What a reader of the table must know of a law.
    private static func notes(on card: ModelCard, _ runs: [TrainingRun], _ settled: BestSize?) -> [String] {
        var notes: [String] = []
        let repeating = runs.count { $0.repetitions > 0 }
        if card.repetition == .none, repeating > 0 {
            notes.append("counts repeated tokens as new ones, and \(repeating) of the \(runs.count) runs repeat")
        }
        if let settled {
            notes.append(
                "gives the same loss, to nine digits, for all compute above \(Quantity.flops(settled.compute)) FLOPs: the table has the run "
                    + "of that compute in place of larger ones, without size_exponent")
        }
        return notes.map { "law '\(card.identifier)' \($0)" }
            + card.warnings.map { "law '\(card.identifier)': \($0)" }
    }

    /// Losses whose ratio is nearer to 1 are the same: between them, the best size is a matter of rounding.
    private static let sameLoss = 1e-9

    /// The best size at a compute.
    private struct BestSize {
        let parameters: Double

        /// 6·N·D.
        let compute: Double

        let loss: Double

        /// Whether sizes far from it have the same loss.
        let isFlat: Bool
    }

    /// The best size of the least compute that has the same loss as a best size of more.
    private static func least(as best: BestSize, _ law: CompiledLaw, _ uniqueTokens: Double?) -> BestSize {
        func other(_ logCompute: Double) -> BestSize? {
            guard let found = Self.best(law, Elementary.exp(logCompute), uniqueTokens),
                found.isFlat, found.loss <= best.loss * (1 + sameLoss)
            else { return nil }
            return found
        }
        var found = best
        var high = Elementary.log(best.compute)
        var step = 0.5
        while let lower = other(high - step) {
            (found, high) = (lower, high - step)
            step *= 2
        }
        var low = high - step
        for _ in 0..<24 {
            let middle = 0.5 * (low + high)
            if let lower = other(middle) { (found, high) = (lower, middle) } else { low = middle }
        }
        return found
    }

    /// The best size at a compute, by golden sections around the best of a grid; `nil` at an end of it.
    private static func best(_ law: CompiledLaw, _ compute: Double, _ uniqueTokens: Double?) -> BestSize? {
        guard let uniqueTokens else {
            return ComputeFrontier.best(law, compute: compute).map {
                BestSize(parameters: $0.parameters, compute: compute, loss: .nan, isFlat: false)
            }
        }
        let total = Elementary.log(compute / 6)
        func loss(_ logN: Double) -> Double {
            let value = try? law.loss(
                parameters: Elementary.exp(logN), tokens: Elementary.exp(total - logN), uniqueTokens: uniqueTokens)
            return value ?? .infinity
        }
        let (low, high) = (Elementary.log(1e3), total - Elementary.log(1e3))
        guard high > low else { return nil }
        let grid = (0...200).map { low + (high - low) * Double($0) / 200 }
        let losses = grid.map(loss)
        guard let index = losses.indices.min(by: { losses[$0] < losses[$1] }), index > 0, index < 200,
            losses[index].isFinite
        else { return nil }
        var (a, b) = (grid[index - 1], grid[index + 1])
        let ratio = 0.618_033_988_749_894_9
        for _ in 0..<60 {
            let (x, y) = (b - ratio * (b - a), a + ratio * (b - a))
            if loss(x) < loss(y) { b = y } else { a = x }
        }
        // Two steps away, where any minimum between the neighbours has risen.
        let isFlat = [max(index - 2, 0), min(index + 2, 200)].contains {
            losses[$0] <= losses[index] * (1 + sameLoss)
        }
        let logN = 0.5 * (a + b)
        return BestSize(
            parameters: Elementary.exp(logN), compute: compute, loss: min(loss(logN), losses[index]), isFlat: isFlat)
    }

    /// The sweep as CSV: a line for each law and value.
    ///
    /// - Returns: A header and the lines; unknown values are empty cells. So is `size_exponent` where more compute lowers
    ///   no loss.
    public func csv() -> String {
        var rows = [
            [
                "law", "parameters", "tokens", "unique_tokens", "epochs", "flops", "loss", "loss_low", "loss_high",
                "interval_level", "extrapolation",
            ] + (axis.quantity == .flops ? ["size_exponent"] : [])
        ]
        for point in points.joined() {
            let prediction = point.prediction
            let run = prediction.run
            var cells = [
                DelimitedText.cell(prediction.law), "\(run.parameters)", "\(run.tokens)", "\(run.uniqueTokens)",
                "\(run.epochs)", "\(run.compute)", "\(prediction.loss)",
                prediction.interval.map { "\($0.lowerBound)" } ?? "",
                prediction.interval.map { "\($0.upperBound)" } ?? "", "\(prediction.level)",
                "\(prediction.extrapolations.map(\.factor).max() ?? 1)",
            ]
            if axis.quantity == .flops { cells.append(point.sizeExponent.map { "\($0)" } ?? "") }
            rows.append(cells)
        }
        return DelimitedText.lines(rows)
    }

    /// The sweep as a chart: loss over the swept quantity, both logarithmic, with the bands of laws that state doubt.
    public var svg: String {
        let names: [PredictionAxis.Quantity: String] = [
            .parameters: "parameters (N)", .tokens: "training tokens (D)", .uniqueTokens: "unique tokens (U)",
            .flops: "training compute, FLOPs",
        ]
        var marks: [PlotMark] = []
        for (series, (law, card)) in zip(points, cards).enumerated() {
            let bands = zip(axis.values, law).compactMap { value, point in
                point.prediction.interval.map { PlotBand(value, low: $0.lowerBound, high: $0.upperBound) }
            }
            if !bands.isEmpty { marks.append(.band(bands, series: series + 1, label: nil)) }
            marks.append(
                .line(
                    zip(axis.values, law).map { value, point in
                        PlotPoint(value, point.prediction.loss, tip: Quantity.fixed(point.prediction.loss, decimals: 4))
                    }, series: series + 1, label: card.identifier))
        }
        let units = Set(cards.map(\.setup.lossUnit)).sorted().joined(separator: " or ")
        return Plot(
            frame: ChartFrame(
                "prediction", title: "Loss over \(names[axis.quantity] ?? axis.quantity.rawValue)",
                description:
                    "The loss that each law gives; bands hold 90 % of runs where the law states its doubt. Losses "
                    + "of different laws belong to other corpora: compare shapes, not heights.", isStandalone: true),
            x: Axis(
                names[axis.quantity] ?? axis.quantity.rawValue, scale: .logarithmic,
                format: axis.quantity == .flops ? .powers : .counts),
            y: Axis("loss, \(units)", scale: .logarithmic), marks: marks
        ).svg
    }
}
