import Quantities

/// The reason why a Parquet file, or a part of it, cannot be read: the problem, its place, its cause, and what to do.
public struct ParquetError: Error, Sendable {
    /// The kinds of failures.
    public enum Kind: String, Sendable {
        /// The bytes are not those of a whole Parquet file.
        case notParquet
        /// Bytes contradict the format or each other.
        case damaged
        /// A part of the format that is not read, by its name.
        case unsupported
        /// No column has this name, or several have.
        case unknownColumn
        /// A size over ``ParquetLimits``.
        case tooLarge
        /// The source of bytes failed; ``ParquetError/cause`` is its error.
        case unreadable
        /// No memory was left: the machine's failure, not damage.
        case outOfMemory
    }

    /// The kind of failure.
    public var kind: Kind
    /// The row group, from 0; `nil` where the whole file is concerned.
    public var rowGroup: Int?
    /// The dotted path of the column.
    public var column: String?
    /// The page within the column's chunk, from 0; a dictionary counts as one.
    public var page: Int?
    /// The offset in the file of the page or of another damaged part.
    public var byteOffset: Int?
    /// The first row of the file that cannot be read, from 0; the rows before it were returned.
    public var row: Int?
    /// Why: a clause.
    public var reason: String
    /// The advice on what to do: a clause.
    public var advice: String
    /// The error of the source of bytes.
    public var cause: (any Error)?
    /// Whether more bytes might have made it right.
    var endsEarly = false

    init(_ kind: Kind, _ reason: String, advice: String? = nil, byteOffset: Int? = nil) {
        self.kind = kind
        self.reason = reason
        self.advice = advice ?? Self.advice(for: kind)
        self.byteOffset = byteOffset
    }

    static func damaged(_ reason: String) -> ParquetError { ParquetError(.damaged, reason) }

    static func unsupported(_ reason: String, advice: String) -> ParquetError {
        ParquetError(.unsupported, reason, advice: advice)
    }

    private static func advice(for kind: Kind) -> String {
        switch kind {
        case .notParquet: "check that it is the right file, and copy it again if a copy was cut short"
        case .damaged: "copy the file again, or have its writer make it anew"
        case .unsupported: "write the file again without it"
        case .unknownColumn: "name one of the file's columns"
        case .tooLarge: "raise the limit, or write the file again in smaller parts"
        case .unreadable: "try again once the file can be read"
        case .outOfMemory: "give the process more memory"
        }
    }
}

extension ParquetError: CustomStringConvertible {
    /// One sentence: where, what and why, and what to do.
    public var description: String {
        var places: [String] = []
        if let rowGroup { places.append("row group \(rowGroup)") }
        if let column { places.append("column '\(column)'") }
        if let page { places.append("page \(page)") }
        if let byteOffset { places.append("byte \(Quantity.grouped(byteOffset))") }
        if let row { places.append("from row \(Quantity.grouped(row)) of the file") }
        return (places.isEmpty ? "" : places.joined(separator: ", ") + ": ") + "\(reason); \(advice)"
    }
}
