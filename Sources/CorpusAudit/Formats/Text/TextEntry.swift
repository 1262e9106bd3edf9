extension ShardFormat {
    /// Text; the whole file is one document.
    public static let textFile = ShardFormat("txt-file", .text, of: TextEntry()) { opening throws(StreamFault) in
        try TextFileReader(opening)
    }

    /// Text; each line is a document.
    public static let textLines = ShardFormat("txt-line", .text, of: TextEntry()) { opening throws(StreamFault) in
        try TextLineReader(opening)
    }
}

/// Recognises text.
struct TextEntry: FormatEntry {
    let name = "txt"
    static let suffixes = [".txt"]
    var suffixes: [String] { Self.suffixes }

    func format(_ selection: FormatSelection) -> ShardFormat {
        switch selection.textDocument {
        case .file: .textFile
        case .line: .textLines
        }
    }

    func format(named name: String) -> ShardFormat? {
        [ShardFormat.textFile, .textLines].first { $0.description == name }
    }

    func recognise(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision? {
        switch file.content {
        case .other, .tokens: nil
        case _ where file.name.isText: .shard(format(selection))
        case .text where file.isNamed && !file.name.isJSON && file.name.foreignKind == nil: .shard(format(selection))
        default: nil
        }
    }

    func require(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision {
        switch file.content {
        case .other, .tokens: .skip(file.leftOver)
        case _ where file.isNamed || file.name.isText: .shard(format(selection))
        case _ where file.name.isJSON || file.name.foreignKind != nil: .skip(file.leftOver)
        case .text, .jsonLines, .jsonArray, .prettyJSON, .damaged: .shard(format(selection))
        case .empty, .unknown: .skip(file.leftOver)
        }
    }
}
