import Quantities

extension MixtureTable {
    /// How far a sum of printed weights may be from 1.
    private static var weightTolerance: Double { 0.005 }

    /// The largest difference between a nominal total and the lines' total: mixtures are named after round numbers.
    private static var totalTolerance: Double { 0.03 }

    /// The largest difference at which a printed total is assumed to be that of the lines.
    private static var nearTotal: Double { 0.02 }

    /// From this relative difference on, two figures contradict each other whatever their rounding.
    private static var certainDifference: Double { 0.1 }

    /// Below here they never do.
    private static var slightDifference: Double { 0.02 }

    /// The places where the table contradicts itself, or exceeds a cap.
    ///
    /// A finding is one of these: weights whose sum differs from 1 by more than 0.005; a total off by more than 3 %
    /// from the value that most lines imply; epochs off by more than 10 % from those that weight, total and pool imply,
    /// or by more than 2 % and more than the rounding of the printed figures explains. Nothing is corrected.
    ///
    /// - Parameter cap: The most passes over a source, or `nil` not to check it.
    /// - Returns: The findings, the whole table's first, then line by line.
    public func findings(cap: Double? = nil) -> [MixtureTableFinding] {
        var findings: [MixtureTableFinding] = []
        if let sum = weightSum, abs(sum - 1) > Self.weightTolerance {
            findings.append(
                MixtureTableFinding(
                    kind: .weightSum, source: nil, printed: sum, implied: 1,
                    description: "The weights add up to \(Quantity.rounded(sum, digits: 4)), not 1."))
        }
        let implied = agreedTotal ?? consumedSum
        if let budget, let implied, abs(implied / budget - 1) > Self.totalTolerance {
            findings.append(
                MixtureTableFinding(
                    kind: .total, source: nil, printed: budget, implied: implied,
                    description: "The lines make \(number(implied)) \(unit), and \(number(budget)) are printed."
                        + explanation(of: budget)))
        }
        for row in rows { findings += self.findings(row, cap: cap) }
        return findings
    }

    private func findings(_ row: Row, cap: Double?) -> [MixtureTableFinding] {
        var findings: [MixtureTableFinding] = []
        func add(_ kind: MixtureTableFinding.Kind, _ printed: Double, _ implied: Double, _ text: String) {
            findings.append(
                MixtureTableFinding(
                    kind: kind, source: row.source, printed: printed, implied: implied,
                    description: "\(row.source): \(text)"))
        }
        let figures = [("pool", row.pool), ("weight", row.weight), ("epochs", row.epochs), ("amount", row.consumed)]
        for (name, figure) in figures {
            guard let figure, figure.value < 0 || (name == "weight" && figure.value > 1) else { continue }
            add(
                .impossible, figure.value, Swift.min(1, Swift.max(0, figure.value)),
                "a \(name) of \(number(figure.value)) cannot be.")
        }
        guard findings.isEmpty else { return findings }
        if let epochs = row.epochs, let pool = row.pool, pool.value > 0, let weight = row.weight, let total = checkTotal
        {
            let derived = weight.value * total / pool.value
            if contradict(epochs, derived, [weight, pool]) {
                add(
                    .epochs, epochs.value, derived,
                    "\(number(epochs.value)) epochs are printed; its weight \(number(weight.value)) of "
                        + "\(number(total)) \(unit) over a pool of \(number(pool.value)) makes \(number(derived)).")
            }
        }
        if let epochs = row.epochs, let pool = row.pool, let consumed = row.consumed, pool.value > 0 {
            let derived = consumed.value / pool.value
            if contradict(epochs, derived, [consumed, pool]) {
                add(
                    .consumed, epochs.value, derived,
                    "\(number(epochs.value)) epochs are printed; \(number(consumed.value)) \(unit) drawn from "
                        + "\(number(pool.value)) make \(number(derived)).")
            }
        }
        if row.epochs == nil, let consumed = row.consumed, let weight = row.weight, let total = checkTotal {
            let derived = weight.value * total
            if contradict(consumed, derived, [weight]) {
                add(
                    .consumed, consumed.value, derived,
                    "\(number(consumed.value)) \(unit) are printed; its weight \(number(weight.value)) of "
                        + "\(number(total)) makes \(number(derived)).")
            }
        }
        if let cap, let epochs = row.epochs?.value ?? derivedEpochs(row), epochs > cap * (1 + 1e-9) {
            add(.overCap, epochs, cap, "read \(number(epochs)) times, over the cap of \(number(cap)).")
        }
        return findings
    }

    /// The total for deriving epochs: the printed one if the lines agree with it, else that of the lines.
    private var checkTotal: Double? {
        guard let agreed = agreedTotal else { return budget }
        guard let budget, abs(agreed / budget - 1) <= Self.nearTotal else { return agreed }
        return budget
    }

    private func contradict(_ printed: PrintedNumber, _ derived: Double, _ sources: [PrintedNumber]) -> Bool {
        let scale = Swift.max(abs(printed.value), abs(derived))
        guard scale > 0 else { return false }
        let difference = abs(printed.value - derived)
        if difference > Self.certainDifference * scale { return true }
        let rounding = sources.reduce(printed.rounding) {
            $0 + derived * $1.rounding / Swift.max(abs($1.value), 1e-300)
        }
        return difference > Self.slightDifference * scale && difference > rounding
    }

    /// Names the line whose pool, read once in full, would explain a printed total.
    private func explanation(of budget: Double) -> String {
        guard let sum = consumedSum else { return "" }
        for row in rows {
            guard let pool = row.pool?.value, let consumed = Self.consumed(row), consumed < pool else { continue }
            let other = sum - consumed + pool
            if abs(other - budget) <= 0.001 * budget {
                return " With \(row.source) read once in full they would make \(number(other))."
            }
        }
        return ""
    }

    private func number(_ value: Double) -> String {
        value.isFinite ? Quantity.rounded(value, digits: 6) : "more than 1e308"
    }
}

/// A contradiction inside a table of a mixture, or a limit that it passes.
public struct MixtureTableFinding: Sendable, Hashable, CustomStringConvertible {
    /// The kinds of findings.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The weights do not add up to 1.
        case weightSum = "weight_sum"

        /// The lines imply a total that differs from the printed one.
        case total

        /// A line's epochs are not those that its weight, the total and its pool imply.
        case epochs

        /// A line's amount is not its pool times its epochs.
        case consumed

        /// A source is read more often than a cap allows.
        case overCap = "over_cap"

        /// A figure cannot be: negative, or a weight above 1.
        case impossible
    }

    /// The kind of finding.
    public var kind: Kind

    /// The source, or `nil` where the whole table is meant.
    public var source: String?

    /// The printed value.
    public var printed: Double

    /// The value that the other figures imply.
    public var implied: Double

    /// The finding, in one sentence.
    public var description: String
}
