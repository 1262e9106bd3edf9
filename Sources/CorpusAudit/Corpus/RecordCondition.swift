import Tables

/// A condition on the fields of a record, such as `language = "en" and score >= 3`: `--where` of the commands that read
/// shards.
///
/// The grammar is that of `RowCondition`, which `fit --where` uses on tables; a column is the dotted path of a field.
///
/// | a field has | it is |
/// |---|---|
/// | a number, or a string that spells one as JSON does | that number |
/// | another string | a word; equal only to the same word |
/// | true or false | the word `true` or `false` |
/// | null, NaN, an infinity, or is not there | missing |
/// | a list or an object | of a wrong type |
///
/// Whole numbers of up to 38 digits are compared exactly, other numbers as a `Double`.
///
/// A comparison with a missing field does not hold, except for `!=`; `field = null` selects missing fields, and
/// `field != null` selects the others. A wrong type, or an ordered comparison (`<`, `>=`) with a word, is damage: the
/// record is neither counted nor filtered, and the audit names it.
public struct RecordCondition: Sendable, Hashable {
    private let condition: RowCondition

    /// The fields that the condition uses, each once, in their order.
    let fields: [FieldPath]
    /// The columns of ``condition`` in the order of ``fields``.
    private let columns: [String]

    /// The most fields that a condition may ask for.
    public static let mostFields = 32

    /// Reads a condition.
    ///
    /// - Throws: ``CorpusError/unusableCondition(reason:)`` and ``CorpusError/unusableFieldPath(_:)``.
    public init(_ text: String) throws(CorpusError) {
        do throws(RowCondition.SyntaxError) {
            condition = try RowCondition(text)
        } catch { throw .unusableCondition(reason: error.reason) }
        var columns: [String] = []
        var fields: [FieldPath] = []
        for column in condition.columns where !columns.contains(column) {
            let path = try FieldPath(column)
            guard !path.hasLists else {
                throw .unusableCondition(
                    reason: "\(column) has a value for each element of a list; name a field with one")
            }
            columns.append(column)
            fields.append(path)
        }
        guard fields.count <= Self.mostFields else {
            throw .unusableCondition(reason: "it asks for \(fields.count) fields, and \(Self.mostFields) are possible")
        }
        self.columns = columns
        self.fields = fields
    }

    /// The value of a field of a record.
    enum Value {
        case missing
        case number(Double)
        /// A whole number beyond ±2⁵³.
        case integer(Int128)
        case text(String)
        /// A list or an object.
        case other(String)
    }

    /// Whether a record fulfils the condition.
    ///
    /// - Parameters:
    ///   - offset: The start of the record, for the error.
    ///   - value: Returns the value of a field, by its index in ``fields``.
    /// - Returns: Whether it does.
    /// - Throws: The damage of a record with a value of a wrong type.
    func holds(at offset: Int?, _ value: (Int) -> Value) throws(RecordDamage) -> Bool {
        func damage(_ reason: String) -> RecordDamage {
            RecordDamage(
                kind: .unfilterable, offset: offset, message: "\(reason); the record is neither counted nor filtered")
        }
        return try condition.holds { (column) throws(RecordDamage) in
            switch value(columns.firstIndex(of: column) ?? 0) {
            case .missing: return .missing
            case .number(let number): return .number(number)
            case .integer(let number): return .integer(number)
            case .text(let text): return .text(text)
            case .other(let kind): throw damage("\(kind) is at `\(column)`, which '\(condition)' compares")
            }
        } mismatch: { mismatch in
            damage(
                "`\(mismatch.column)` \(mismatch.cell.map { "is '\($0.prefix(80))', which " } ?? "")\(mismatch.reason)")
        }
    }
}

extension RecordCondition: CustomStringConvertible {
    /// The condition as it was written.
    public var description: String { condition.description }
}
