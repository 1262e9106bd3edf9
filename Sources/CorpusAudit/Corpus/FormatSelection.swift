/// How the formats of shards are told.
public struct FormatSelection: Sendable, Hashable {
    /// What a shard is taken for.
    public enum Kind: String, Sendable, CaseIterable {
        /// What its first bytes and its name say: lines of JSON objects are JSON lines, `.txt` is text, `.bin` beside an
        /// `.idx` is Megatron's; other formats are named and not read.
        case auto
        /// JSON lines.
        case jsonl
        /// Text.
        case txt
        /// Megatron's `.bin` and `.idx`.
        case megatron
        /// Token ids of two bytes.
        case uint16
        /// Token ids of four bytes.
        case uint32
    }

    /// What one document of a text shard is.
    public enum TextDocument: String, Sendable, CaseIterable {
        /// The whole file.
        case file
        /// A line.
        case line
    }

    /// What shards are taken for.
    public var kind: Kind
    /// What one document of a text shard is.
    public var textDocument: TextDocument
    /// The id that parts documents in flat files of token ids; `nil` where each file is one document.
    public var endOfDocument: UInt32?

    /// Creates a selection; by default the content decides, then the name, and a text file is one document.
    public init(kind: Kind = .auto, textDocument: TextDocument = .file, endOfDocument: UInt32? = nil) {
        self.kind = kind
        self.textDocument = textDocument
        self.endOfDocument = endOfDocument
    }

    /// The index that belongs to a Megatron shard.
    static func index(of location: String) -> String {
        (location.hasSuffix(".bin") ? String(location.dropLast(4)) : location) + ".idx"
    }
}

// MARK: Deciding

extension FormatSelection {
    /// What becomes of a file.
    enum Decision: Equatable {
        case shard(ShardFormat)
        case skip(SkipKind)
    }

    /// The format of a stream, whose bytes cannot be looked at before they are read: its name decides.
    func format(ofStream path: String) -> ShardFormat {
        if let format = requested { return format }
        return ShardName(path).isText ? textFormat : .jsonLines
    }

    /// Why a stream cannot be read in the format it has, by its first bytes; of a file they were looked at when it was
    /// found.
    static func refusal(of stream: Shard, head: [UInt8]) -> StreamFault? {
        guard !stream.format.holdsTokens else { return nil }
        let selection = FormatSelection(kind: stream.format == .jsonLines ? .jsonl : .txt)
        let content = FileContent(FileHead(content: head, fileSize: .max))
        guard
            case .skip(let kind) = selection.decision(
                for: ShardName(stream.path), content, isNamed: true, hasPartner: false)
        else { return nil }
        return StreamFault(kind: .unreadFormat, reason: kind.reason)
    }

    /// Whether the first bytes of a file may be decompressed to be looked at: token ids may start with any bytes, so
    /// their name decides.
    func looksInside(_ name: ShardName) -> Bool { !holdsTokens || name.isCompressed }

    /// Decides what a file is: by its content first, then by its name.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - content: What its first bytes say.
    ///   - isNamed: Whether it was named itself, not found in a folder: then any name will do.
    ///   - hasPartner: Whether the `.idx` of a `.bin`, or the `.bin` of an `.idx`, is there.
    /// - Returns: The format to read it as, or why it is not read.
    func decision(for name: ShardName, _ content: FileContent, isNamed: Bool, hasPartner: Bool) -> Decision {
        if name.isIndex, !isNamed || kind == .auto { return .skip(hasPartner ? .index : .indexWithoutBin) }
        switch kind {
        case .auto: return automatic(name, content, isNamed: isNamed, hasPartner: hasPartner)
        case .jsonl: return records(name, content, isNamed: isNamed)
        case .txt: return text(name, content, isNamed: isNamed)
        case .megatron:
            if isNamed || name.isTokens && hasPartner { return .shard(.megatron) }
            return .skip(name.isTokens ? .tokenIDs : Self.leftOver(name, content))
        case .uint16, .uint32:
            let layout = TokenLayout(width: kind == .uint16 ? .two : .four, endOfDocument: endOfDocument)
            if case .tokens(let header) = content {
                return header.width == layout.width ? .shard(.tokens(layout)) : .skip(.otherTokens)
            }
            if isNamed || name.isTokens || name.isNumPy { return .shard(.tokens(layout)) }
            return .skip(Self.leftOver(name, content))
        }
    }

    private var textFormat: ShardFormat { textDocument == .file ? .textFile : .textLines }

    private var holdsTokens: Bool { requested?.holdsTokens == true }

    /// The format that all shards have; `nil` where they may differ.
    private var requested: ShardFormat? {
        switch kind {
        case .auto: nil
        case .jsonl: .jsonLines
        case .txt: textFormat
        case .megatron: .megatron
        case .uint16: .tokens(TokenLayout(width: .two, endOfDocument: endOfDocument))
        case .uint32: .tokens(TokenLayout(width: .four, endOfDocument: endOfDocument))
        }
    }

    private func automatic(_ name: ShardName, _ content: FileContent, isNamed: Bool, hasPartner: Bool) -> Decision {
        if name.isTokens {
            if hasPartner, !name.isCompressed { return .shard(.megatron) }
            switch content {
            case .jsonLines: return .shard(.jsonLines)
            case .tokens, .empty: return .skip(Self.leftOver(name, content))
            // Ids below 256 look like letters of two or four bytes.
            case .other(let kind) where kind != .utf16 && kind != .utf32: return .skip(kind)
            default: return .skip(.tokenIDs)
            }
        }
        switch content {
        case .other(let kind): return .skip(kind)
        case .tokens: return .skip(Self.leftOver(name, content))
        case _ where name.isText: return .shard(textFormat)
        case .jsonLines: return .shard(.jsonLines)
        case .jsonArray: return .skip(.jsonArray)
        case .prettyJSON: return .skip(.prettyJSON)
        case _ where name.isJSON: return .shard(.jsonLines)
        case .text where isNamed && name.foreignKind == nil: return .shard(textFormat)
        case .damaged where name.foreignKind == nil: return .shard(.jsonLines)
        default: return .skip(Self.leftOver(name, content))
        }
    }

    private func records(_ name: ShardName, _ content: FileContent, isNamed: Bool) -> Decision {
        switch content {
        case .other, .tokens, .jsonArray, .prettyJSON: .skip(Self.leftOver(name, content))
        case .jsonLines, .damaged: .shard(.jsonLines)
        case _ where isNamed || name.isJSON: .shard(.jsonLines)
        default: .skip(Self.leftOver(name, content))
        }
    }

    private func text(_ name: ShardName, _ content: FileContent, isNamed: Bool) -> Decision {
        switch content {
        case .other, .tokens: return .skip(Self.leftOver(name, content))
        case _ where isNamed || name.isText: return .shard(textFormat)
        case _ where name.isJSON || name.foreignKind != nil: return .skip(Self.leftOver(name, content))
        case .text, .jsonLines, .jsonArray, .prettyJSON, .damaged: return .shard(textFormat)
        case .empty, .unknown: return .skip(Self.leftOver(name, content))
        }
    }

    /// The kind of a file that is not of the format asked for.
    private static func leftOver(_ name: ShardName, _ content: FileContent) -> SkipKind {
        switch content {
        case .other(let kind): kind
        case .tokens(let header): header.format == .llmC ? .llmC : .numPy
        case .jsonArray: .jsonArray
        case .prettyJSON: .prettyJSON
        case .jsonLines: .jsonLines
        case .empty: name.foreignKind ?? .empty
        case .text: name.foreignKind ?? (name.isJSON ? .jsonLines : .plainText)
        case .damaged, .unknown: name.foreignKind ?? (name.isTokens ? .tokenIDs : .binary)
        }
    }
}
