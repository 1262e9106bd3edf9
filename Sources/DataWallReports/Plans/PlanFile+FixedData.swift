public import OrderedJSON
import Quantities
import TrainingPlanning

extension PlanFile {
    /// Results of others with more compute on one small fixed corpus.
    public struct FixedData: JSONRecord, Sendable, Equatable {
        /// The publication of the figures.
        public var source = ""

        /// The unique tokens of the corpus.
        public var uniqueTokens = 0.0

        /// The records whose loss no cheaper record reaches, from the fewest hours to the most.
        public var records: [Record] = []

        /// A loss that was reached.
        public struct Record: JSONRecord, Sendable, Equatable {
            /// The day.
            public var date = ""

            /// Hours of accelerators spent.
            public var acceleratorHours = 0.0

            /// The validation loss, in nats per token.
            public var loss = 0.0

            /// The unique tokens on which the baseline reaches it; `nil` outside of the baseline's losses.
            public var baselineTokens: Double?

            /// Those over the unique tokens of the corpus.
            public var dataEfficiency: Double?

            /// The technique, or the change since the previous record.
            public var change = ""

            package static let blank = Record()

            package static let fields: [JSONField<Record>] = [
                .init("date", \.date, "The day."),
                .init("accelerator_hours", \.acceleratorHours, "Hours of accelerators spent."),
                .init("loss", \.loss, "The validation loss, in nats per token."),
                .init(
                    "baseline_tokens", \.baselineTokens,
                    "The unique tokens on which the baseline reaches it; null outside of the baseline's losses."),
                .init("data_efficiency", \.dataEfficiency, "Those over the unique tokens of the corpus."),
                .init("change", \.change, "What was done, or what changed since the record before."),
            ]
        }

        package static let blank = FixedData()

        package static let fields: [JSONField<FixedData>] = [
            .init("source", \.source, "Where the figures were published."),
            .init("unique_tokens", \.uniqueTokens, "The unique tokens of the corpus."),
            .init(
                "records", \.records,
                "The losses that no cheaper run reached, from the fewest hours of accelerators to the most."),
        ]
    }
}

extension PlanFile.FixedData {
    /// The figures of a study.
    init(_ study: FixedDataStudy) {
        source = study.source
        uniqueTokens = study.uniqueTokens
        records = study.frontier.map { record in
            var row = Record()
            row.date = record.date
            row.acceleratorHours = record.acceleratorHours
            row.loss = record.loss
            row.baselineTokens = study.baselineTokens(reaching: record.loss)
            row.dataEfficiency = study.dataEfficiency(at: record.loss)
            row.change = record.change
            return row
        }
    }

    /// The meaning of the figures, and its limits.
    var caption: String {
        "Reported: one corpus of \(Quantity.short(uniqueTokens)) tokens, not a plan. What compute bought there, in unique tokens "
            + "that the contest's own baseline needs for the same loss"
    }

    /// The records as lines for a terminal.
    var lines: [String] {
        var table = TextTable(columns: [
            "H100-hours": .right, "loss": .right, "baseline's tokens": .right, "times the data": .right, "date": .left,
            "what was done or changed": .left,
        ])
        for record in records { table.add(record.cells + [record.date, record.change]) }
        return ["\(caption):"] + table.lines + ["Source: \(source)."]
    }
}

extension PlanFile.FixedData.Record {
    /// Hours, loss, the baseline's tokens and the multiple.
    var cells: [String] {
        [
            Quantity.short(acceleratorHours), Quantity.fixed(loss, decimals: 3),
            baselineTokens.map(Quantity.short) ?? "outside",
            dataEfficiency.map { Quantity.significant($0, digits: 3) + " ×" } ?? "–",
        ]
    }
}
