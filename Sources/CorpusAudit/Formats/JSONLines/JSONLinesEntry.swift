extension ShardFormat {
    /// A JSON object a line, the text at a key.
    public static let jsonLines = ShardFormat("jsonl", .records, of: JSONLinesEntry()) { opening throws(StreamFault) in
        try JSONLinesReader(opening)
    }
}

/// Recognises JSON lines and JSON arrays.
struct JSONLinesEntry: FormatEntry {
    let name = "jsonl"
    static let suffixes = [".jsonl", ".json", ".ndjson", ".jsonlines"]
    var suffixes: [String] { Self.suffixes }

    func format(_ selection: FormatSelection) -> ShardFormat { .jsonLines }

    func format(named name: String) -> ShardFormat? {
        [ShardFormat.jsonLines, .jsonArray].first { $0.description == name }
    }

    func recognise(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision? {
        switch file.content {
        case .other, .tokens: nil
        case .jsonLines: .shard(.jsonLines)
        case .jsonArray: .shard(.jsonArray)
        case .prettyJSON: .skip(.prettyJSON)
        case _ where file.name.isJSON: .shard(.jsonLines)
        // What is wrong with its compression, the scan says.
        case .damaged where file.name.foreignKind == nil: .shard(.jsonLines)
        default: nil
        }
    }

    func require(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision {
        switch file.content {
        case .other, .tokens, .prettyJSON: .skip(file.leftOver)
        case .jsonArray: .shard(.jsonArray)
        case .jsonLines, .damaged: .shard(.jsonLines)
        case _ where file.isNamed || file.name.isJSON: .shard(.jsonLines)
        default: .skip(file.leftOver)
        }
    }
}
