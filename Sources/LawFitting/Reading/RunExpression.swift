import ScalingLaws

/// A condition on runs, such as `params>1e9 && epochs<=4` or `corpus=c4`.
///
/// Comparisons (`>`, `>=`, `<`, `<=`, `=`, `!=`) of a column with a number or a word, joined by `&&` and `||`, of which
/// `&&` binds more tightly. Beside the table's own columns, the names params, tokens, unique_tokens, epochs, loss and
/// flops stand for the run's quantities.
public struct RunExpression: Sendable, Hashable, CustomStringConvertible {
    enum Comparison: String, Sendable, Hashable {
        case notEqual = "!=", atLeast = ">=", atMost = "<=", equal = "=", above = ">", below = "<"
    }

    struct Condition: Sendable, Hashable {
        var column: String
        var comparison: Comparison
        var value: String
    }

    /// The expression as it was written.
    public let description: String

    /// Alternatives of conditions that hold together.
    let alternatives: [[Condition]]

    /// Reads an expression.
    ///
    /// - Throws: ``FittingError/unusableExpression(_:reason:)`` naming the part that cannot be understood.
    public init(_ text: String) throws(FittingError) {
        description = text
        var alternatives: [[Condition]] = []
        for alternative in Self.split(text, "||") {
            var conditions: [Condition] = []
            for part in Self.split(alternative, "&&") { conditions.append(try Self.condition(part, in: text)) }
            alternatives.append(conditions)
        }
        self.alternatives = alternatives
    }

    private static func split(_ text: String, _ separator: String) -> [String] {
        var parts = [""]
        var rest = Substring(text)
        while let first = rest.first {
            if rest.hasPrefix(separator) {
                parts.append("")
                rest = rest.dropFirst(separator.count)
            } else {
                parts[parts.count - 1].append(first)
                rest = rest.dropFirst()
            }
        }
        return parts
    }

    private static func condition(_ part: String, in text: String) throws(FittingError) -> Condition {
        guard let start = part.firstIndex(where: { "<>=!".contains($0) }) else {
            let shown = trimmed(part[...])
            throw .unusableExpression(
                text, reason: shown.isEmpty ? "a comparison is missing" : "'\(shown)' compares nothing")
        }
        var rest = part[start...]
        let comparison: Comparison
        if rest.hasPrefix("==") {
            comparison = .equal
            rest = rest.dropFirst(2)
        } else if let two = Comparison(rawValue: String(rest.prefix(2))) {
            comparison = two
            rest = rest.dropFirst(2)
        } else if let one = Comparison(rawValue: String(rest.prefix(1))) {
            comparison = one
            rest = rest.dropFirst(1)
        } else {
            throw .unusableExpression(text, reason: "'\(rest)' starts with no comparison")
        }
        let column = trimmed(part[..<start])
        let value = unquoted(trimmed(rest))
        guard !column.isEmpty else { throw .unusableExpression(text, reason: "a column is missing before '\(rest)'") }
        guard !value.isEmpty, !value.contains(where: { "<>=!".contains($0) }) else {
            throw .unusableExpression(text, reason: "'\(column)' is compared with nothing")
        }
        return Condition(column: column, comparison: comparison, value: value)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let quote = text.first, quote == "\"" || quote == "'", text.last == quote else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }

    // MARK: Asking

    /// The quantities of a run that an expression may name whatever the table calls them.
    private static let quantities: [String: @Sendable (MeasuredRun) -> Double] = [
        "params": { $0.parameters }, "parameters": { $0.parameters }, "tokens": { $0.tokens },
        "unique_tokens": { $0.uniqueTokens }, "epochs": { $0.epochs }, "loss": { $0.loss }, "flops": { $0.compute },
        "compute": { $0.compute },
    ]

    /// Whether a run fulfils the expression.
    ///
    /// - Throws: ``FittingError/unknownColumn(_:nearest:known:)``, and
    ///   ``FittingError/unusableCell(row:column:text:reason:)`` where an order is asked of words.
    public func holds(for run: MeasuredRun) throws(FittingError) -> Bool {
        try holds(cells: run.cells, row: run.row) { name in Self.quantities[name]?(run) }
    }

    /// Whether a row fulfils the expression by its cells alone.
    func holds(
        cells: [String: String], row: Int, quantity: (String) -> Double?
    ) throws(FittingError) -> Bool {
        for conditions in alternatives {
            var all = true
            for condition in conditions {
                if try !holds(condition, cells: cells, row: row, quantity: quantity) {
                    all = false
                    break
                }
            }
            if all { return true }
        }
        return false
    }

    private func holds(
        _ condition: Condition, cells: [String: String], row: Int, quantity: (String) -> Double?
    ) throws(FittingError) -> Bool {
        let name = condition.column
        if let left = quantity(name) {
            guard let right = WrittenQuantity.value(of: condition.value) else {
                throw .unusableExpression(
                    description, reason: "'\(condition.value)' is not a number to compare \(name) with")
            }
            return Self.compare(left, right, condition.comparison)
        }
        guard let text = cells[name] else {
            let known = Array(Set(cells.keys).union(Self.quantities.keys)).sorted()
            throw .unknownColumn(name, nearest: nearestNames(to: name, among: known), known: known)
        }
        if let left = WrittenQuantity.value(of: text), let right = WrittenQuantity.value(of: condition.value) {
            return Self.compare(left, right, condition.comparison)
        }
        switch condition.comparison {
        case .equal: return text == condition.value
        case .notEqual: return text != condition.value
        case .above, .below, .atLeast, .atMost:
            if text.isEmpty { return false }
            throw .unusableCell(
                row: row, column: name, text: text, reason: "is not a number that '\(description)' could compare")
        }
    }

    private static func compare(_ left: Double, _ right: Double, _ comparison: Comparison) -> Bool {
        switch comparison {
        case .above: left > right
        case .atLeast: left >= right
        case .below: left < right
        case .atMost: left <= right
        case .equal: left == right
        case .notEqual: left != right
        }
    }
}
