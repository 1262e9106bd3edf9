extension ShardFormat {
    /// Token ids and nothing else.
    public static func tokens(_ layout: TokenLayout) -> ShardFormat {
        ShardFormat(layout.description, .tokens, of: FlatTokenEntry(width: layout.width), companion: nil) { pass in
            try pass.read { opening throws(StreamFault) in
                TokenReader(
                    try FlatTokenDocuments(try opening.stream(.tokens), layout: layout), opening: opening,
                    advice: "; --end-of-document names the id that parts documents")
            }
        } sample: { (sampler, sample) throws(RunError) in
            try sampler.sampleTokens(into: &sample) { (sampler, sample) in
                try sampler.sampleFlat(layout, into: &sample)
            }
        }
    }
}

/// Recognises flat files of token ids, which differ from other bytes only by a header, if they have one; users name
/// their width.
struct FlatTokenEntry: FormatEntry {
    let width: TokenLayout.Width

    static let suffixes = [".bin", ".npy"]
    var suffixes: [String] { Self.suffixes }
    var name: String { TokenLayout(width: width).description }

    func format(_ selection: FormatSelection) -> ShardFormat {
        .tokens(TokenLayout(width: width, endOfDocument: selection.endOfDocument))
    }

    func format(named name: String) -> ShardFormat? {
        TokenLayout(name).flatMap { $0.width == width ? .tokens($0) : nil }
    }

    func recognise(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision? { nil }

    func require(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision {
        if case .tokens(let header) = file.content {
            return header.width == width ? .shard(format(selection)) : .skip(.otherTokens)
        }
        return file.isNamed || file.name.ends(in: suffixes) ? .shard(format(selection)) : .skip(file.leftOver)
    }
}
