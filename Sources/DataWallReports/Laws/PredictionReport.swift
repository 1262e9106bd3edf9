import LawFiles
public import OrderedJSON
import Quantities
public import ScalingLaws

/// What laws say of a run, for a terminal or as JSON.
public struct PredictionReport: Sendable {
    private let predictions: [Prediction]

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - run: The run asked about.
    ///   - laws: The laws to ask.
    /// - Throws: As `CompiledLaw.prediction(for:level:)`.
    public init(of run: TrainingRun, by laws: [CompiledLaw]) throws(LawError) {
        var predictions: [Prediction] = []
        for law in laws { predictions.append(Prediction(prediction: try law.prediction(for: run), card: law.card)) }
        self.predictions = predictions
    }

    /// The report for a terminal, line by line.
    ///
    /// - Complexity: O(*n*) in the laws.
    public func text() -> [String] {
        guard let run = predictions.first?.prediction.run else { return [] }
        var lines = [
            "\(Quantity.short(run.parameters)) parameters, \(Quantity.short(run.tokens)) tokens, "
                + "\(Quantity.short(run.uniqueTokens)) unique tokens available: \(Quantity.count(run.epochs, "epoch")), "
                + "\(Quantity.flops(run.compute)) FLOPs (6ND)", "",
        ]
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
                card.provenance.kind.rawValue, card.setup.lossUnit,
            ])
        }
        lines += table.lines + [""]
        for (prediction, card) in predictions.map({ ($0.prediction, $0.card) }) {
            let prefix = predictions.count > 1 ? "\(prediction.law): " : ""
            for beyond in prediction.extrapolations {
                lines.append(
                    "warning: \(prefix)\(Self.words[beyond.quantity] ?? beyond.quantity) of "
                        + "\(Quantity.short(beyond.value)) lies outside the \(Quantity.short(beyond.range.lowerBound)) to "
                        + "\(Quantity.short(beyond.range.upperBound)) that it was fitted on, "
                        + "by a factor of \(Quantity.significant(beyond.factor, digits: 3))")
            }
            if prediction.predictive?.isPredictive == false {
                lines.append(
                    "note: \(prefix)the interval holds the doubt in the coefficients alone; how far runs scatter around the "
                        + "law is not known")
            }
            if card.repetition == .none, prediction.run.repetitions > 0 {
                lines.append("warning: \(prefix)it counts repeated tokens like fresh ones, and this run repeats")
            }
            lines += card.warnings.map { "warning: \(prefix)\($0)" }
            if card.provenance.kind != .user {
                lines.append("note: \(prefix)a loss on the law's own corpus and tokenizer, not a forecast of yours")
            }
        }
        if predictions.count > 1 {
            lines.append("note: losses of different laws belong to other corpora and tokenizers; do not compare them")
        }
        return lines
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
                "How far outside the fitted range the run lies, as a factor by quantity."),
            .init(written: "warnings", \.card.warnings, "What a user must know of the law."),
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
