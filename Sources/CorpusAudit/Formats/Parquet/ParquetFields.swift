import ParquetReading

/// The columns of a Parquet file that an audit reads, and where a batch has them.
struct ParquetFields {
    /// All columns that are read.
    let columns: [ParquetColumn]
    let text: ParquetColumn
    /// The columns whose texts are joined to it.
    let furtherTexts: [ParquetColumn]
    /// Places among ``columns``.
    let textPlace: Int
    let furtherTextPlaces: [Int]
    /// Of the fields of the condition.
    let conditionPlaces: [Int]
    let sourcePlace: Int?
    let qualityPlace: Int?
    /// Writes rows as records of JSON lines, if requested.
    let writer: ParquetRowWriter?

    /// Finds the columns.
    ///
    /// Throws ``ParquetError`` for a column that is missing or cannot be read, and ``StreamFault`` for one of another type
    /// than it needs.
    init(_ opening: ShardOpening, of file: ParquetFile) throws(StreamFault) {
        let selection = opening.shard.fields
        if let path = selection.texts.first(where: \.hasLists) {
            throw StreamFault(
                kind: .missingColumn,
                reason:
                    "the text key '\(path)' enters a list, which is read only in JSON: write the texts to a column of "
                    + "their own")
        }
        var texts: [ParquetColumn] = []
        for path in selection.texts {
            let text = try Self.column(path, "--text-key", of: file)
            guard text.kind == .text else {
                throw Self.fault(text, "\(text.type), not text", "--text-key names another column")
            }
            texts.append(text)
        }
        let text = texts[0]
        var columns = opening.copiesRecords ? file.columns.filter { $0.kind != nil } : [text]
        func place(of column: ParquetColumn) -> Int {
            if let place = columns.firstIndex(where: { $0.index == column.index }) { return place }
            columns.append(column)
            return columns.count - 1
        }
        textPlace = place(of: text)
        furtherTexts = Array(texts.dropFirst())
        furtherTextPlaces = furtherTexts.map(place)
        var conditionPlaces: [Int] = []
        for path in selection.condition?.fields ?? [] {
            let column = try Self.column(path, "--where", of: file)
            guard column.kind != nil else {
                throw Self.fault(column, "\(column.type), which cannot be compared", "--where names another column")
            }
            conditionPlaces.append(place(of: column))
        }
        self.conditionPlaces = conditionPlaces
        var sourcePlace: Int?
        if let path = selection.source {
            let column = try Self.column(path, "--source-key", of: file)
            guard [.text, .integer, .unsignedInteger].contains(column.kind) else {
                throw Self.fault(column, "\(column.type), which names no source", "--source-key names another column")
            }
            sourcePlace = place(of: column)
        }
        var qualityPlace: Int?
        if let path = selection.quality {
            qualityPlace = place(of: try Self.column(path, "--quality-key", of: file))
        }
        self.text = text
        self.sourcePlace = sourcePlace
        self.qualityPlace = qualityPlace
        self.columns = columns
        writer = opening.copiesRecords ? ParquetRowWriter(columns, of: file) : nil
    }

    private static func column(
        _ path: FieldPath, _ option: String, of file: ParquetFile
    ) throws(StreamFault) -> ParquetColumn {
        do throws(ParquetError) {
            return try file.column(named: path.keys.joined(separator: "."))
        } catch {
            guard error.kind == .unknownColumn else { throw StreamFault(error) }
            throw StreamFault(kind: .missingColumn, reason: "\(error); \(option) names a column")
        }
    }

    private static func fault(_ column: ParquetColumn, _ what: String, _ advice: String) -> StreamFault {
        StreamFault(
            kind: .wrongColumnType, reason: "the column '\(column.path)' has values of type \(what); \(advice)")
    }
}

extension StreamFault {
    /// The fault that ends the reading of a Parquet file, as the audit counts it.
    init(_ error: ParquetError) {
        self.init(kind: ProblemKind(error), reason: "\(error)")
    }
}

extension ProblemKind {
    /// The kind of damage that an error of a Parquet file is.
    init(_ error: ParquetError) {
        self =
            switch error.kind {
            case .notParquet, .damaged, .tooLarge: .damagedParquet
            case .unsupported: .unreadFormat
            case .unknownColumn: .missingColumn
            case .unreadable: .unreadableInput
            case .outOfMemory: .outOfMemory
            }
    }
}

extension ShardLayout {
    /// The layout of a Parquet file with its text in a column.
    init(of file: ParquetFile, text: ParquetColumn) {
        // If a chunk cannot be described, the damage of its row group reports it.
        let codecs = file.rowGroups.compactMap { group in (try? file.chunk(of: text, in: group))?.codec }
        self.init(rowGroups: file.rowGroups.count, codecs: Set(codecs).sorted())
    }
}
