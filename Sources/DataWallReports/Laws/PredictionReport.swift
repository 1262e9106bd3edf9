public import OrderedJSON
import Quantities
public import ScalingLaws

/// What laws say of a run, for a terminal or as JSON.
public struct PredictionReport: Sendable {
    private let predictions: [(prediction: LossPrediction, card: ModelCard)]

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - run: The run asked about.
    ///   - laws: The laws to ask.
    /// - Throws: As `CompiledLaw.prediction(for:level:)`.
    public init(of run: TrainingRun, by laws: [CompiledLaw]) throws(LawError) {
        var predictions: [(LossPrediction, ModelCard)] = []
        for law in laws { predictions.append((try law.prediction(for: run), law.card)) }
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
        for (prediction, card) in predictions {
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
        for (prediction, card) in predictions {
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
    public var json: JSONValue {
        let run = predictions.first?.prediction.run
        return .object([
            "format": "datawall-prediction", "version": 1,
            "run": .object([
                "parameters": Self.number(run?.parameters), "tokens": Self.number(run?.tokens),
                "unique_tokens": Self.number(run?.uniqueTokens), "epochs": Self.number(run?.epochs),
                "repetitions": Self.number(run?.repetitions), "flops": Self.number(run?.compute),
            ]),
            "predictions": .array(
                predictions.map { prediction, card in
                    .object([
                        "law": .string(prediction.law), "loss": .number(prediction.loss),
                        "loss_interval": prediction.interval.map { [.number($0.lowerBound), .number($0.upperBound)] }
                            ?? .null,
                        "interval_level": .number(prediction.level),
                        "interval_parts": prediction.predictive.map {
                            .object([
                                "coefficients": .number($0.fromCoefficients), "scatter": Self.number($0.fromScatter),
                                "distance": Self.number($0.fromDistance),
                            ])
                        } ?? .null, "loss_unit": .string(card.setup.lossUnit),
                        "provenance": .string(card.provenance.kind.rawValue),
                        "repetition": .string(card.repetition.rawValue),
                        "extrapolation": .object(
                            prediction.extrapolations.map { JSONMember(key: $0.quantity, value: .number($0.factor)) }),
                        "warnings": .array(card.warnings.map { .string($0) }),
                    ])
                }),
        ])
    }

    private static func number(_ value: Double?) -> JSONValue {
        value.map { .number($0) } ?? .null
    }
}
