import LawFiles
public import OrderedJSON
import Quantities
public import ScalingLaws

/// The predictions of laws for a run, for a terminal or as JSON.
public struct PredictionReport: Sendable {
    private let predictions: [Prediction]

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - laws: The laws.
    /// - Throws: The errors of `CompiledLaw.prediction(for:level:)`.
    public init(of run: TrainingRun, by laws: [CompiledLaw]) throws(LawError) {
        var predictions: [Prediction] = []
        for law in laws { predictions.append(Prediction(prediction: try law.prediction(for: run), card: law.card)) }
        self.predictions = predictions
    }

    /// The report for a terminal, line by line.
    ///
    /// - Parameter explained: Whether every note follows; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    /// - Complexity: O(*n*) in the laws.
    public func text(explained: Bool = false) -> [String] {
        guard let run = predictions.first?.prediction.run else { return [] }
        var answer = ScreenAnswer()
        answer.say(
            "\(Quantity.count(run.parameters, "parameter")), \(Quantity.count(run.tokens, "token")), "
                + "\(Quantity.count(run.uniqueTokens, "unique token")) available: \(Quantity.count(run.epochs, "epoch")), "
                + "\(Quantity.flops(run.compute)) FLOPs (6ND)")
        answer.skipLine()
        var lines: [String] = []
        var table = TextTable(columns: [
            "law": .left, "loss": .right, "interval": .left, "constants": .left, "unit": .left,
        ])
        for (prediction, card) in predictions.map({ ($0.prediction, $0.card) }) {
            table.add([
                prediction.law, Quantity.fixed(prediction.loss, decimals: 5),
                prediction.predictive.map {
                    "\(Quantity.fixed($0.range.lowerBound, decimals: 4)) to "
                        + "\(Quantity.fixed($0.range.upperBound, decimals: 4)) "
                        + "(\(Quantity.percent(prediction.level))\($0.isPredictive ? "" : ", coefficients alone"))"
                } ?? "not known",
                card.provenance.setByHand.isEmpty ? card.provenance.kind.rawValue : "changed",
                card.setup.lossUnit,
            ])
        }
        answer.show(table, of: "law")
        for (prediction, card) in predictions.map({ ($0.prediction, $0.card) }) {
            let prefix = predictions.count > 1 ? "\(prediction.law): " : ""
            if !card.provenance.setByHand.isEmpty {
                lines.append("! \(prefix)the constants are \(card.provenance.words)")
            }
            for beyond in prediction.extrapolations {
                lines.append(
                    "! \(prefix)\(Self.words[beyond.quantity] ?? beyond.quantity) of "
                        + "\(Quantity.short(beyond.value)) is outside the \(Quantity.short(beyond.range.lowerBound)) to "
                        + "\(Quantity.short(beyond.range.upperBound)) that it was fitted on, "
                        + "by a factor of \(Quantity.significant(beyond.factor, digits: 3))")
            }
            if prediction.predictive?.isPredictive == false {
                lines.append(
                    "· \(prefix)the interval covers the coefficients only; the scatter of runs around the law is unknown"
                )
            }
            if card.repetition == .none, prediction.run.repetitions > 0 {
                lines.append("! \(prefix)this law counts repeated tokens as new ones, and this run repeats")
            }
            lines += card.warnings.map { "! \(prefix)\($0)" }
            if card.provenance.kind != .user {
                lines.append("· \(prefix)a loss on the law's own corpus and tokenizer, not a forecast for yours")
            }
        }
        if predictions.count > 1 {
            lines.insert("! Losses of different laws have different corpora and tokenizers; do not compare them", at: 0)
        }
        answer.remark(lines.filter { $0.hasPrefix("!") } + lines.filter { !$0.hasPrefix("!") })
        answer.hint("'datawall laws NAME' prints a law, --json all digits")
        return answer.lines(explained: explained)
    }

    private static let words = [
        "parameters": "a size", "tokens": "a number of tokens", "unique_tokens": "a number of unique tokens",
        "epochs": "a number of epochs", "compute": "a compute",
    ]

    /// The report as JSON.
    ///
    /// - Complexity: O(*n*) in the laws.
    public var json: JSONValue { object }
}

extension PredictionReport: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-prediction-1", title: "datawall prediction, version 1",
        summary: "What laws say of a training run: the JSON that 'datawall predict --json' prints.")

    package static let fields: [JSONField<PredictionReport>] = [
        .init("format", constant: "datawall-prediction"),
        .init("version", constant: 1),
        .init(written: "run", { $0.predictions.first.map { Run(run: $0.prediction.run) } }, "The run."),
        .init(written: "predictions", \.predictions, "What each law says of it."),
    ]

    private struct Run: JSONWrittenRecord {
        let run: TrainingRun

        static let fields: [JSONField<Run>] = [
            .init(written: "parameters", \.run.parameters, "N."),
            .init(written: "tokens", \.run.tokens, "D, repeats included."),
            .init(written: "unique_tokens", \.run.uniqueTokens, "U, the unique tokens available."),
            .init(written: "epochs", \.run.epochs, "D/U."),
            .init(written: "repetitions", \.run.repetitions, "R, the passes after the first."),
            .init(written: "flops", \.run.compute, "6·N·D."),
        ]
    }

    private struct Prediction: JSONWrittenRecord {
        let prediction: LossPrediction
        let card: ModelCard

        static let fields: [JSONField<Prediction>] = [
            .init(written: "law", \.prediction.law, "The law."),
            .init(written: "loss", \.prediction.loss, "The loss it gives."),
            .init(written: "loss_interval", \.prediction.interval, "The interval of the loss; null where not known."),
            .init(written: "interval_level", \.prediction.level, "The probability of the interval."),
            .init(
                written: "interval_parts", { $0.prediction.predictive.map { Parts(interval: $0) } },
                "The half widths that make up the interval, in ln L."),
            .init(written: "loss_unit", \.card.setup.lossUnit, "The unit of losses."),
            .init(written: "provenance", \.card.provenance.kind, "Who found the law's constants."),
            .init(written: "repetition", \.card.repetition, "How the law treats repeated tokens."),
            .init(
                written: "extrapolation",
                {
                    JSONDictionary(
                        $0.prediction.extrapolations.map(\.quantity), $0.prediction.extrapolations.map(\.factor))
                },
                "The distance outside the fitted range, as a factor by quantity."),
            .init(
                written: "warnings",
                {
                    ($0.card.provenance.setByHand.isEmpty ? [] : ["The constants are \($0.card.provenance.words)."])
                        + $0.card.warnings
                }, "What a user must know of the law."),
        ]
    }

    private struct Parts: JSONWrittenRecord {
        let interval: PredictiveInterval

        static let fields: [JSONField<Parts>] = [
            .init(written: "coefficients", \.interval.fromCoefficients, "From the draws of the coefficients."),
            .init(written: "scatter", \.interval.fromScatter, "From the scatter of runs; null where not known."),
            .init(written: "distance", \.interval.fromDistance, "From the distance in compute; null where not known."),
        ]
    }
}
