/// A column of a Parquet file: a leaf of its schema.
public struct ParquetColumn: Sendable, Hashable {
    /// The kinds of values that columns give.
    public enum Kind: String, Sendable {
        /// Bytes: UTF-8 as a rule, which is not checked.
        case text
        /// Signed integers, and unsigned ones of up to 32 bits. Dates and times are their numbers.
        case integer
        /// Unsigned integers of 64 bits.
        case unsignedInteger
        /// 32-bit floating-point numbers.
        case float
        /// 64-bit floating-point numbers.
        case double
        /// Truth values.
        case boolean
    }

    /// Its place among the file's columns.
    public let index: Int
    /// The names from the root down, with dots between them: `metadata.score`.
    public let path: String
    /// The stored type and its meaning, in the format's own words: `BYTE_ARRAY (STRING)`.
    public let type: String
    /// The kind of its values; `nil` if the column cannot be read.
    public let kind: Kind?
    /// The reason why it cannot be read, as a clause; `nil` if it can.
    public let refusal: String?

    /// The advice if the column cannot be read.
    let advice: String
    let physical: PhysicalType
    /// Whether stored integers have no sign.
    let isUnsigned: Bool
    /// How many of its ancestors and itself may be absent: the definition level of a value that is there.
    let maximumDefinition: Int

    func checkIsRead() throws(ParquetError) {
        guard let refusal else { return }
        var error = ParquetError.unsupported(refusal, advice: advice)
        error.column = path
        throw error
    }
}
