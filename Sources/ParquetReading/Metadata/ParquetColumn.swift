/// A column of a Parquet file: a leaf of its schema.
public struct ParquetColumn: Sendable, Hashable {
    /// What values a column gives.
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
    /// How it is stored and what that means, in the format's own words: `BYTE_ARRAY (STRING)`.
    public let type: String
    /// What values it gives; `nil` where it cannot be read.
    public let kind: Kind?
    /// Why it cannot be read: a clause; `nil` where it can.
    public let refusal: String?

    /// What to do where it cannot be read.
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
