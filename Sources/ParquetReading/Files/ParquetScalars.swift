/// Numbers or truth values of a batch, `nil` for rows without one.
public struct ParquetScalars: Sendable, RandomAccessCollection {
    let values: ArraySlice<ParquetScalar?>

    /// The first row: 0.
    public var startIndex: Int { 0 }
    /// How many rows there are.
    public var endIndex: Int { values.count }

    /// The value of a row.
    public subscript(row: Int) -> ParquetScalar? {
        precondition(row >= 0 && row < values.count, "a batch of \(values.count) rows has no row \(row)")
        return values[values.startIndex + row]
    }
}

/// A number or truth value.
public enum ParquetScalar: Sendable, Hashable {
    /// A value of a column of kind `integer`.
    case integer(Int64)
    /// A value of a column of kind `unsignedInteger`.
    case unsignedInteger(UInt64)
    /// A value of a column of kind `float`.
    case float(Float)
    /// A value of a column of kind `double`.
    case double(Double)
    /// A value of a column of kind `boolean`.
    case boolean(Bool)
}

extension ParquetScalar: CustomStringConvertible {
    /// The fewest digits that read back as the same value; `true` or `false`.
    public var description: String {
        switch self {
        case .integer(let value): "\(value)"
        case .unsignedInteger(let value): "\(value)"
        case .float(let value): "\(value)"
        case .double(let value): "\(value)"
        case .boolean(let value): "\(value)"
        }
    }
}
