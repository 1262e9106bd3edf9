extension ShardFormat {
    /// Token ids with an index of their documents next to them: Megatron's `.bin` and `.idx`.
    public static let megatron = ShardFormat(
        "megatron", .tokens, of: MegatronEntry(), companion: FormatSelection.index
    ) { pass in
        try pass.read(MegatronDocuments.reader)
    } sample: { (sampler, sample) throws(RunError) in
        try sampler.sampleTokens(into: &sample) { (sampler, sample) in try sampler.sampleMegatron(into: &sample) }
    }
}

/// Recognises Megatron's shards by the index next to them.
struct MegatronEntry: FormatEntry {
    let name = "megatron"
    static let suffixes = [".bin"]
    var suffixes: [String] { Self.suffixes }

    func format(_ selection: FormatSelection) -> ShardFormat { .megatron }

    func recognise(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision? {
        guard file.name.isTokens else { return nil }
        if file.hasPartner, !file.name.isCompressed { return .shard(.megatron) }
        switch file.content {
        case .jsonLines: return nil
        case .tokens, .empty: return .skip(file.leftOver)
        // Ids below 256 look like letters of two or four bytes.
        case .other(let kind) where kind != .utf16 && kind != .utf32: return .skip(kind)
        default: return .skip(.tokenIDs)
        }
    }

    func require(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision {
        if file.isNamed || file.name.isTokens && file.hasPartner { return .shard(.megatron) }
        return .skip(file.name.isTokens ? .tokenIDs : file.leftOver)
    }
}

extension MegatronDocuments {
    /// Opens a shard and its index.
    @Sendable
    static func reader(_ opening: ShardOpening) throws(StreamFault) -> TokenReader<MegatronDocuments> {
        let shard = opening.shard
        let binSize = FileIdentity(path: shard.location)?.bytes ?? 0
        let location = FormatSelection.index(of: shard.location)
        let name = FormatSelection.index(of: shard.path)
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try opening.stream(.tokens)
        } catch {
            // Without ids the index may only have documents without one.
            if error.kind == .emptyFile, var index = try? MegatronIndex(try PositionedFile(path: location)) {
                while try index.nextDocument(binSize: 0) != nil {}
            }
            throw error
        }
        do throws(StreamFault) {
            let file = try CompanionFile(reading: location, path: name, stop: opening.stop)
            let documents = try MegatronDocuments(stream, binSize: binSize, index: location)
            return TokenReader(documents, opening: opening, index: (file, location))
        } catch {
            guard error.kind == .missingInput else { throw error }
            throw StreamFault(kind: .badIndex, reason: "its index \(name) \(error.reason)")
        }
    }
}
