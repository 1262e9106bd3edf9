import LawFitting
import Quantities
import ScalingLaws

extension ErrorCurveFile {
    /// The curve as lines for a terminal: its form, its certainty, and a table over the losses of the runs.
    ///
    /// - Parameters:
    ///   - explained: Whether to add every note; otherwise the answer has at most 24 lines.
    ///   - answerTokens: The number of tokens of an answer that must all be right, if the benchmark requires that.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false, answerTokens: Int? = nil) -> [String] {
        let fit = fit
        let unit = lossUnit.rawValue
        let values = coefficients.map { "\($0.name) \(Quantity.significant($0.value, digits: 4))" }
        let losses = Quantity.range(lossRange) { Quantity.fixed($0, decimals: 3) }
        let guessing = chance.map { ", error of guessing \(Quantity.percent($0))" } ?? ""
        let leftOut = leaveOneScaleOutError.map { "; the mean error on a model size left out is \(Self.points($0))" }
        var answer = ScreenAnswer()
        answer.say([
            "Error on '\(benchmark)' = \(formula): \(values.joined(separator: ", "))",
            "Fitted to \(Quantity.count(runs, "run")) of \(Quantity.count(scales, "model size")), losses \(losses) "
                + "\(unit)\(guessing)",
            "Errors scatter by \(Self.points(scatter))\(leftOut ?? "")",
        ])
        answer.skipLine()
        var table = TextTable(columns: [
            "loss (\(unit))": .right, "error": .right, "90 % of measurements": .left,
        ])
        let span = lossRange.upperBound - lossRange.lowerBound
        for step in -1...4 {
            let loss = lossRange.lowerBound + span * Double(step) / 4
            guard loss > 0 else { continue }
            let prediction = fit.prediction(at: loss)
            table.add([
                Quantity.fixed(loss, decimals: 3), Quantity.percent(prediction.error),
                (prediction.interval.map {
                    Quantity.range(from: $0.lower, to: $0.upper) { Quantity.percent($0) }
                } ?? "not known") + (prediction.isExtrapolated ? ", beyond the runs" : ""),
            ])
        }
        answer.show(table, of: "loss", plural: "losses")
        if let width = fit.width, width < span {
            answer.say(
                "Most of the rise takes \(Quantity.significant(width, digits: 2)) \(unit) of "
                    + "\(Quantity.significant(span, digits: 2)): a smooth fall of the loss looks like a sudden gain here."
            )
        }
        answer.remark(notes.map { "! \($0)" })
        if let answerTokens {
            answer.skipLine()
            answer.say(
                "An answer of \(Quantity.count(answerTokens, "token")) counts only if every token is right "
                    + "(Schaeffer et al. 2023, arXiv:2304.15004):")
            answer.show(Self.exactMatches(answerTokens), of: "share")
        }
        answer.hint("--json prints all digits")
        return answer.lines(explained: explained)
    }

    /// Percentage points of an error.
    private static func points(_ share: Double) -> String {
        "\(Quantity.significant(100 * share, digits: 2)) points"
    }

    private static func exactMatches(_ tokens: Int) -> TextTable {
        var table = TextTable(columns: ["a token is right": .right, "the whole answer is": .right])
        for share in [0.5, 0.8, 0.9, 0.95, 0.99] {
            table.add([Quantity.percent(share), Quantity.percent(ExactMatch.accuracy(tokens: tokens, share: share))])
        }
        return table
    }
}
