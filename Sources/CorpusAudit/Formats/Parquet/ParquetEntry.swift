extension ShardFormat {
    /// Rows of a Parquet file, the text in a column.
    public static let parquet = ShardFormat("parquet", .records, of: ParquetEntry()) { opening throws(StreamFault) in
        try ParquetDocumentReader(opening)
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

    /// The second one is that of files with an encrypted footer, which the reader refuses.
    let signatures = [Array("PAR1".utf8), Array("PARE".utf8)]

    /// Files in which Spark repeats the footers of the files beside them.
    private static let summaries: Set = ["_metadata", "_common_metadata"]

    func format(_ selection: FormatSelection) -> ShardFormat { .parquet }

    func recognise(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision? {
        if isSigned(file) {
            if Self.summaries.contains(file.name.text) { return .skip(.parquetSummary) }
            return file.head.isCompressed ? .skip(.parquet) : .shard(.parquet)
        }
        guard file.name.ends(in: suffixes), !file.name.isCompressed else { return nil }
        // What is wrong with it, the reader says.
        return file.content == .unknown || file.content == .empty ? .shard(.parquet) : nil
    }

    func require(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision {
        if let decision = recognise(file, selection) { return decision }
        return file.isNamed && !file.head.isCompressed ? .shard(.parquet) : .skip(file.leftOver)
    }
}
