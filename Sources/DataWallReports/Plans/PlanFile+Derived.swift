public import OrderedJSON
import Quantities
import TrainingPlanning

extension PlanFile {
    /// A plan's use of rewritten or synthetic tokens.
    public struct Derived: JSONRecord, Sendable, Equatable {
        /// The name of the tokens.
        public var name = ""

        /// The source that they are made from; `nil` for the whole supply.
        public var source: String?

        /// The fresh real tokens that one is worth when it is first read.
        public var worth = 0.0

        /// The most unique ones for each unique token of the source.
        public var multiple = 0.0

        /// The largest share of the training tokens allowed.
        public var mostShare: Double?

        /// Dollars for making one.
        public var price: Double?

        /// The repeats after which more are worth a factor e less; `nil` for the law's own curve.
        public var decay: Double?

        /// The unique ones that can be made.
        public var availableTokens = 0.0

        /// The share of the training tokens that is derived.
        public var share = 0.0

        /// The derived tokens trained on.
        public var tokens = 0.0

        /// The derived tokens to make.
        public var uniqueTokens = 0.0

        /// Passes over those that can be made.
        public var epochs = 0.0

        /// Dollars for making them.
        public var dollars: Double?

        /// Their saving against the plan without them.
        public var gain = 0.0

        /// The worth above which they beat another epoch, at the plan without them.
        public var threshold = Threshold()

        /// The same at 1, 2, 4, … epochs.
        public var thresholds: [Threshold] = []

        /// A worth above which derived tokens beat another epoch.
        public struct Threshold: JSONRecord, Sendable, Equatable {
            /// Passes over the real unique tokens.
            public var epochs = 1.0

            /// N.
            public var parameters = 1.0

            /// The worth.
            public var worth = 0.0

            /// The lowest and the highest by family.
            public var range = 0.0...0.0

            package static let blank = Threshold()

            package static let fields: [JSONField<Threshold>] = [
                .init("epochs", \.epochs, "Passes over the real unique tokens.", .positive),
                .init("parameters", \.parameters, "N.", .positive),
                .init(
                    "worth", \.worth, "The worth in fresh tokens; 0 where another epoch harms.", .notNegative),
                .init("range", \.range, "The lowest and the highest by the families of laws."),
            ]
        }

        package static let blank = Derived()

        package static let fields: [JSONField<Derived>] = [
            .init("name", \.name, "The name of the tokens."),
            .init("source", \.source, "The source they are made from; null for the whole supply."),
            .init("worth", \.worth, "The fresh real tokens that one is worth when first read.", .notNegative),
            .init("multiple", \.multiple, "The most unique ones for each unique token of the source.", .positive),
            .init("max_share", \.mostShare, "The largest share of the training tokens; null for no cap."),
            .init("price", \.price, "Dollars for making one; null where not given."),
            .init(
                "repeats", \.decay,
                "The repeats after which more are worth a factor e less; null for the law's own curve."),
            .init("available_tokens", \.availableTokens, "The unique ones that can be made.", .notNegative),
            .init("share", \.share, "The share of the training tokens that is derived.", .share),
            .init("tokens", \.tokens, "The derived tokens trained on.", .notNegative),
            .init("unique_tokens", \.uniqueTokens, "The derived tokens to make.", .notNegative),
            .init("epochs", \.epochs, "Passes over those that can be made.", .notNegative),
            .init("dollars", \.dollars, "Dollars for making them; null without a price."),
            .init(
                "gain", \.gain, "The saving against the plan without them; below 0 where a share set by the user costs."
            ),
            .init(
                "threshold", \.threshold,
                "The worth above which they beat another epoch, at the plan without them."),
            .init("thresholds", \.thresholds, "The same at 1, 2, 4, … epochs."),
        ]
    }
}

extension PlanFile.Derived {
    /// Takes over the values of a plan.
    init(_ use: DerivedUse) {
        name = use.derived.name
        source = use.derived.source
        worth = use.derived.worth
        multiple = use.derived.multiple
        mostShare = use.derived.mostShare
        price = use.derived.price
        decay = use.derived.decay
        availableTokens = use.derived.uniqueTokens
        share = use.derived.share
        tokens = use.tokens
        uniqueTokens = use.uniqueTokens
        epochs = use.epochs
        dollars = use.dollars
        gain = use.gain
        threshold = Threshold(use.threshold)
        thresholds = use.thresholds.map(Threshold.init)
    }

    /// The tokens read, their cost, and their saving.
    private func reading(_ saved: (Double) -> String, _ added: (Double) -> String) -> String {
        guard share > 0 else { return "No '\(name.visible)' tokens: they save nothing at a worth of \(worthText)." }
        let cost = dollars.map { ", \(Quantity.dollars($0)) to make" } ?? ""
        let effect = gain < 0 ? "costs \(added(-gain))" : "saves \(saved(gain))"
        return "'\(name.visible)': \(Quantity.percent(share)) of the training tokens "
            + "(\(Quantity.short(tokens)), \(Quantity.short(uniqueTokens)) unique\(cost)) \(effect)."
    }

    private var worthText: String { Quantity.significant(worth, digits: 3) }

    /// The worth above which derived tokens beat another epoch.
    private var thresholdText: String {
        let place = "At \(Quantity.count(threshold.epochs, "epoch")) without them, "
        guard threshold.worth > 0 else { return place + "another epoch harms: any worth above 0 beats it." }
        return place + "a worth above \(threshold.text) beats another epoch."
    }

    /// The answer in two sentences.
    func lines(_ saved: (Double) -> String, _ added: (Double) -> String) -> [String] {
        ["\(reading(saved, added)) \(thresholdText)"]
    }

    /// The cells of a table of thresholds.
    var thresholdCells: [[String]] {
        thresholds.map { row in
            [
                Quantity.short(row.epochs), Quantity.short(row.parameters), Quantity.significant(row.worth, digits: 3),
                row.rangeText,
            ]
        }
    }

    /// The title of a table of thresholds.
    static let thresholdTitle = "The worth above which derived tokens beat another epoch of real ones"
}

extension PlanFile.Derived.Threshold {
    init(_ threshold: DerivedUse.Threshold) {
        epochs = threshold.epochs
        parameters = threshold.parameters
        worth = threshold.worth
        range = threshold.range
    }

    var rangeText: String { Quantity.range(range) { Quantity.significant($0, digits: 2) } }

    var text: String {
        let number = Quantity.significant(worth, digits: 3)
        return range.lowerBound < range.upperBound ? "\(number) (by family \(rangeText))" : number
    }
}
