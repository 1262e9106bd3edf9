import Quantities
import ScalingLaws

/// A condition on runs, such as `params>1e9 && epochs<=4` or `corpus=c4`.
///
/// **Grammar.** Comparisons of a column with a number or a word, joined by `&&` and `||`, of which `&&` binds more
/// tightly. The comparisons are `>`, `>=`, `<`, `<=`, `=` (or `==`) and `!=`. A column or a word with blanks or with one
/// of these signs in it is written in single or double quotes. Numbers are written as everywhere: `7e9`, `7B`.
///
/// **Names.** Beside the table's own columns, the names `params`, `tokens`, `unique_tokens`, `epochs`, `loss` and `flops`
/// mean the run's quantities, whatever the table calls them.
///
/// **Missing values.** A cell is missing where it is empty, or says `NaN`, `NA`, `N/A`, `null`, `nil`, `None` or `inf`, in
/// upper or lower case. Nothing is equal to, above or below a missing value: `loss>0` is false where the loss is missing,
/// `state!=crashed` is true where the state is. `loss=NaN` and `loss=''` ask for missing cells, `loss!=NaN` for the
/// others.
///
/// A table is filtered before its cells are read as runs, so that rows with unusable cells can be filtered out.
public struct RunExpression: Sendable, Hashable, CustomStringConvertible {
    enum Comparison: String, Sendable, Hashable, CaseIterable {
        case equals = "==", notEqual = "!=", atLeast = ">=", atMost = "<=", equal = "=", above = ">", below = "<"

        /// Whether it asks for an order, which only numbers have.
        var isOrder: Bool {
            switch self {
            case .above, .below, .atLeast, .atMost: true
            case .equal, .equals, .notEqual: false
            }
        }

        func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .above: left > right
            case .atLeast: left >= right
            case .below: left < right
            case .atMost: left <= right
            case .equal, .equals: left == right
            case .notEqual: left != right
            }
        }
    }

    /// What a cell contains, as far as conditions can tell.
    enum Content: Sendable, Hashable {
        case missing
        case number(Double)
        case text(String)

        /// Reads a cell.
        init(_ text: String) {
            if Quantity.isMissing(text) {
                self = .missing
                return
            }
            do {
                self = .number(try Quantity.number(text))
            } catch { self = error.kind == .notFinite ? .missing : .text(text) }
        }
    }

    struct Condition: Sendable, Hashable {
        var column: String
        var comparison: Comparison
        var value: String
        var content: Content
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
        var parser = RunExpressionParser(text)
        alternatives = try parser.alternatives()
    }

    /// The columns and quantities that the expression names.
    var columns: [String] { alternatives.flatMap { $0.map(\.column) } }

    // MARK: Asking

    /// The quantities of a run that an expression may name whatever the table calls them.
    private static let quantities: [String: @Sendable (MeasuredRun) -> Double] = [
        "params": { $0.parameters }, "parameters": { $0.parameters }, "tokens": { $0.tokens },
        "unique_tokens": { $0.uniqueTokens }, "epochs": { $0.epochs }, "loss": { $0.loss }, "flops": { $0.compute },
        "compute": { $0.compute },
    ]

    /// The names of the quantities of a run.
    static let quantityNames = quantities.keys.sorted()

    /// Whether a run fulfils the expression.
    ///
    /// - Throws: ``FittingError/unknownColumn(_:nearest:known:)``, and
    ///   ``FittingError/unusableCell(row:column:text:reason:)`` where an order is asked of words.
    public func holds(for run: MeasuredRun) throws(FittingError) -> Bool {
        try holds(row: run.row) { name throws(FittingError) in
            if let quantity = Self.quantities[name] { return .number(quantity(run)) }
            guard let text = run.cells[name] else { throw Self.unknown(name, among: Array(run.cells.keys)) }
            return Content(text)
        }
    }

    /// The error for a name that is neither a column nor a quantity.
    static func unknown(_ name: String, among columns: [String]) -> FittingError {
        let known = Array(Set(columns).union(quantityNames)).sorted()
        return .unknownColumn(name, nearest: nearestNames(to: name, among: known), known: known)
    }

    /// Whether a row fulfils the expression.
    ///
    /// - Parameters:
    ///   - row: The row's line, for errors.
    ///   - content: The content of a column or the value of a quantity, by name; asked only where it decides.
    /// - Returns: Whether the conditions of one alternative all hold.
    /// - Throws: A ``FittingError`` where an order is asked of words, and those of `content`.
    func holds(
        row: Int, content: (String) throws(FittingError) -> Content
    ) throws(FittingError) -> Bool {
        for conditions in alternatives {
            var all = true
            for condition in conditions {
                all = try holds(condition, row: row, try content(condition.column))
                if !all { break }
            }
            if all { return true }
        }
        return false
    }

    private func holds(_ condition: Condition, row: Int, _ content: Content) throws(FittingError) -> Bool {
        let isNegated = condition.comparison == .notEqual
        switch (content, condition.content) {
        case (.missing, .missing): return !isNegated
        case (.missing, _), (_, .missing): return isNegated
        case (.number(let left), .number(let right)): return condition.comparison.holds(left, right)
        case (.text(let left), .number), (.text(let left), .text):
            guard !condition.comparison.isOrder else {
                throw .unusableCell(
                    row: row, column: condition.column, text: left,
                    reason: "is not a number that '\(description)' could compare")
            }
            return (left == condition.value) != isNegated
        case (.number, .text):
            guard !condition.comparison.isOrder else {
                throw .unusableExpression(
                    description, reason: "'\(condition.value)' is not a number to compare \(condition.column) with")
            }
            return isNegated
        }
    }
}
