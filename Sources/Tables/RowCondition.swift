import Quantities

/// A condition on the rows of a table or on records, such as `params>1e9 && epochs<=4` or `corpus=c4`: the language of
/// `--where`.
///
/// **Grammar.** A condition consists of comparisons of a column with a number or a word, joined by `&&` and `||`; `&&`
/// binds more tightly. The words `and` and `or` between blanks mean the same. The comparisons are `>`, `>=`, `<`, `<=`,
/// `=` (or `==`) and `!=`. Write a column or a word that contains blanks or one of these signs in single or double
/// quotes. Numbers are written as everywhere: `7e9`, `7B`.
///
/// **Numbers and words.** A cell that reads as a number is one: `1e9`, `1B` and `1,000,000,000` are equal. Anything
/// else is a word, which is equal only to the same word in the same case. Only numbers have an order: `>` between a
/// number and a word is an error.
///
/// **Missing values.** A cell is missing if it is empty, or says `NaN`, `NA`, `N/A`, `null`, `nil`, `None` or `inf`, in
/// upper or lower case. Nothing is equal to, above or below a missing value: if the loss is missing, `loss>0` is false;
/// if the state is missing, `state!=crashed` is true. `loss=NaN` and `loss=''` select missing cells, `loss!=NaN`
/// selects the others.
public struct RowCondition: Sendable, Hashable, CustomStringConvertible {
    enum Comparison: String, Sendable, Hashable, CaseIterable {
        case equals = "==", notEqual = "!=", atLeast = ">=", atMost = "<=", equal = "=", above = ">", below = "<"

        /// Whether it is an ordered comparison, which only numbers have.
        var isOrder: Bool {
            switch self {
            case .above, .below, .atLeast, .atMost: true
            case .equal, .equals, .notEqual: false
            }
        }

        func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
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

    /// The content of a cell, as conditions see it.
    public enum Content: Sendable, Hashable {
        /// Nothing, or a text that represents no value.
        case missing

        /// A number.
        case number(Double)

        /// A whole number beyond ±2⁵³, which a `Double` may not hold.
        case integer(Int128)

        /// A word.
        case text(String)

        /// Reads a cell.
        public init(_ text: String) {
            if Quantity.isMissing(text) {
                self = .missing
                return
            }
            do {
                self = .number(try Quantity.number(text))
            } catch { self = error.kind == .notFinite ? .missing : .text(text) }
        }
    }

    struct Term: Sendable, Hashable {
        var column: String
        var comparison: Comparison
        var value: String
        var content: Content

        /// The value where it is a whole number in digits.
        var integer: Int128? { Int128(value) }
    }

    /// Why a text is no condition.
    public struct SyntaxError: Error, Sendable, Equatable {
        /// The reason, in words.
        public let reason: String
    }

    /// An ordered comparison with a word.
    public struct Mismatch: Sendable, Equatable {
        /// The column that was compared.
        public let column: String

        /// The cell that is a word, or `nil` where the condition itself compares with one.
        public let cell: String?

        /// The reason, in words.
        public let reason: String
    }

    /// The condition as it was written.
    public let description: String

    /// Alternatives of terms that hold together.
    let alternatives: [[Term]]

    /// Reads a condition.
    ///
    /// - Throws: ``SyntaxError`` naming the part that cannot be understood.
    public init(_ text: String) throws(SyntaxError) {
        description = text
        var parser = RowConditionParser(text)
        alternatives = try parser.alternatives()
    }

    /// The columns that the condition names.
    public var columns: [String] { alternatives.flatMap { $0.map(\.column) } }

    /// Whether a row fulfils the condition.
    ///
    /// - Parameters:
    ///   - content: Returns the content of a column, by name; called only if the result depends on it.
    ///   - mismatch: Makes the error for an ordered comparison with a word.
    /// - Returns: Whether the terms of one alternative all hold.
    /// - Throws: The errors of `content`, and the error of a mismatch.
    public func holds<Failure: Error>(
        _ content: (String) throws(Failure) -> Content, mismatch: (Mismatch) -> Failure
    ) throws(Failure) -> Bool {
        for terms in alternatives {
            var all = true
            for term in terms {
                let found = try content(term.column)
                guard let holds = holds(term, found) else { throw mismatch(self.mismatch(term, found)) }
                all = holds
                if !all { break }
            }
            if all { return true }
        }
        return false
    }

    /// Whether a term holds, or `nil` for an ordered comparison without an order.
    private func holds(_ term: Term, _ content: Content) -> Bool? {
        let isNegated = term.comparison == .notEqual
        switch (content, term.content) {
        case (.missing, .missing): return !isNegated
        case (.missing, _): return isNegated
        // In records, a text may equal the spelling of a missing cell of a table: NA is a country.
        case (.text(let left), .missing): return (left == term.value) != isNegated
        case (.number, .missing), (.integer, .missing): return isNegated
        case (.number(let left), .number(let right)): return term.comparison.holds(left, right)
        case (.integer(let left), .number(let right)):
            return term.integer.map { term.comparison.holds(left, $0) } ?? term.comparison.holds(Double(left), right)
        case (.text(let left), _): return term.comparison.isOrder ? nil : (left == term.value) != isNegated
        case (.number, .text), (.integer, .text): return term.comparison.isOrder ? nil : isNegated
        // The content of a term is a number as `Quantity` reads one.
        case (_, .integer): return nil
        }
    }

    private func mismatch(_ term: Term, _ content: Content) -> Mismatch {
        guard case .text(let cell) = content else {
            return Mismatch(
                column: term.column, cell: nil,
                reason: "'\(term.value)' is not a number to compare \(term.column) with")
        }
        return Mismatch(
            column: term.column, cell: cell, reason: "is not a number that '\(description)' could compare")
    }
}
