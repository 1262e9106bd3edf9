import ParquetReading

extension ShardFormat {
    /// Rows of a Parquet file, the text in a column.
    public static let parquet: ShardFormat = {
        var format = ShardFormat("parquet", .records, of: ParquetEntry()) { opening throws(StreamFault) in
            try ParquetDocumentReader(opening)
        }
        format.divide = { PreparedParquet.division(of: $0, after: $1, pieceBytes: $2) }
        return format
    }()
}

/// The state that readers of a Parquet file's pieces share: its footer, the columns, and the file's layout.
struct PreparedParquet: Sendable {
    let file: ParquetFile
    let fields: ParquetFields
    let layout: ShardLayout?

    /// Divides a file by its row groups.
    ///
    /// The result is `nil` if the file cannot be read, which the reader of the whole file reports, or if it has only
    /// one piece.
    static func division(of opening: ShardOpening, after known: [ShardPiece], pieceBytes: Int) -> ShardDivision? {
        let path = opening.shard.location
        guard let identity = FileIdentity(path: path), let file = try? ParquetFile(path: path),
            let fields = try? ParquetFields(opening, of: file), FileIdentity(path: path) == identity
        else { return nil }
        let rows = max(1, file.rowCount)
        let sizes = file.rowGroups.map { Int(Double($0.rowCount) / Double(rows) * Double(identity.bytes)) }
        let pieces = ShardDivision.pieces(of: sizes, after: known, bytes: pieceBytes)
        guard known.isEmpty ? pieces.count > 2 : !pieces.isEmpty else { return nil }
        let prepared = PreparedParquet(file: file, fields: fields, layout: ShardLayout(of: file, text: fields.text))
        return ShardDivision(pieces, identity: identity, prepared: prepared)
    }
}

extension FormatSelection.Kind {
    /// Parquet.
    public static let parquet = FormatSelection.Kind("parquet")
}

/// Recognises Parquet files.
struct ParquetEntry: FormatEntry {
    let name = "parquet"
    static let suffixes = [".parquet", ".pq"]
    var suffixes: [String] { Self.suffixes }

    /// The second signature is that of files with an encrypted footer, which the reader refuses.
    let signatures = [Array("PAR1".utf8), Array("PARE".utf8)]

    /// Files in which Spark repeats the footers of the files next to them.
    private static let summaries: Set = ["_metadata", "_common_metadata"]

    func format(_ selection: FormatSelection) -> ShardFormat { .parquet }

    func recognise(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision? {
        if isSigned(file) {
            if Self.summaries.contains(file.name.text) { return .skip(.parquetSummary) }
            return file.head.isCompressed ? .skip(.parquet) : .shard(.parquet)
        }
        guard file.name.ends(in: suffixes), !file.name.isCompressed else { return nil }
        // The reader reports any fault of the file.
        return file.content == .unknown || file.content == .empty ? .shard(.parquet) : nil
    }

    func require(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision {
        if let decision = recognise(file, selection) { return decision }
        return file.isNamed && !file.head.isCompressed ? .shard(.parquet) : .skip(file.leftOver)
    }
}
