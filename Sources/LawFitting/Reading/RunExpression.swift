import ScalingLaws
import Tables

/// A condition on runs, such as `params>1e9 && epochs<=4` or `corpus=c4`, in the language of `RowCondition`.
///
/// Beside the table's own columns, the names `params`, `tokens`, `unique_tokens`, `epochs`, `loss` and `flops` mean the
/// run's quantities, whatever the table calls them.
///
/// A table is filtered before its cells are read as runs, so that rows with unusable cells can be filtered out.
public struct RunExpression: Sendable, Hashable, CustomStringConvertible {
    private let condition: RowCondition

    /// The expression as it was written.
    public var description: String { condition.description }

    /// Reads an expression.
    ///
    /// - Throws: ``FittingError/unusableExpression(_:reason:)`` naming the part that cannot be understood.
    public init(_ text: String) throws(FittingError) {
        do { condition = try RowCondition(text) } catch { throw .unusableExpression(text, reason: error.reason) }
    }

    /// The columns and quantities that the expression names.
    var columns: [String] { condition.columns }

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
    ///   ``FittingError/unusableCell(row:column:text:reason:)`` for an ordered comparison with words.
    public func holds(for run: MeasuredRun) throws(FittingError) -> Bool {
        try holds(row: run.row) { name throws(FittingError) in
            if let quantity = Self.quantities[name] { return .number(quantity(run)) }
            guard let text = run.cells[name] else { throw Self.unknown(name, among: Array(run.cells.keys)) }
            return RowCondition.Content(text)
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
    ///   - content: Returns the content of a column or the value of a quantity, by name; called only if the result
    ///     depends on it.
    /// - Returns: Whether it does.
    /// - Throws: A ``FittingError`` for an ordered comparison with words, and the errors of `content`.
    func holds(
        row: Int, content: (String) throws(FittingError) -> RowCondition.Content
    ) throws(FittingError) -> Bool {
        try condition.holds(content) { mismatch in
            mismatch.cell.map {
                .unusableCell(row: row, column: mismatch.column, text: $0, reason: mismatch.reason)
            } ?? .unusableExpression(description, reason: mismatch.reason)
        }
    }
}
