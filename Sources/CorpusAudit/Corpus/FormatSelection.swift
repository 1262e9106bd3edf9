import Foundation

/// How the formats of shards are told.
public struct FormatSelection: Sendable, Hashable {
    /// What a shard is taken for.
    public enum Kind: String, Sendable, CaseIterable {
        /// What its name says: `.txt` is text, `.bin` beside an `.idx` is Megatron's, all else is JSON lines; compression
        /// is told from the bytes.
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

    /// Creates a selection; by default names decide, and a text file is one document.
    public init(kind: Kind = .auto, textDocument: TextDocument = .file, endOfDocument: UInt32? = nil) {
        self.kind = kind
        self.textDocument = textDocument
        self.endOfDocument = endOfDocument
    }

    /// The format of a shard.
    ///
    /// Throws ``CorpusError/unknownTokenWidth(path:)`` for token ids that nothing says the width of.
    func format(of location: String) throws(CorpusError) -> ShardFormat {
        switch kind {
        case .jsonl: return .jsonLines
        case .txt: return textDocument == .file ? .textFile : .textLines
        case .megatron: return .megatron
        case .uint16: return .tokens(TokenLayout(width: .two, endOfDocument: endOfDocument))
        case .uint32: return .tokens(TokenLayout(width: .four, endOfDocument: endOfDocument))
        case .auto: break
        }
        let name = Self.withoutCompression(location)
        if name.hasSuffix(".txt") { return textDocument == .file ? .textFile : .textLines }
        guard name.hasSuffix(".bin") else { return .jsonLines }
        guard Self.hasIndex(location) else { throw .unknownTokenWidth(path: location) }
        return .megatron
    }

    /// Whether a file found in a directory is taken for a shard; files named outright always are.
    func takes(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard !name.hasPrefix(".") else { return false }
        let plain = Self.withoutCompression(name)
        let isCompressed = plain.count < name.count
        switch kind {
        case .jsonl: return Self.isJSONLines(plain, isCompressed: isCompressed)
        case .txt: return plain.hasSuffix(".txt")
        case .megatron: return name.hasSuffix(".bin") && Self.hasIndex(path)
        case .uint16, .uint32: return plain.hasSuffix(".bin")
        case .auto:
            return Self.isJSONLines(plain, isCompressed: isCompressed) || plain.hasSuffix(".txt")
                || (name.hasSuffix(".bin") && Self.hasIndex(path))
        }
    }

    /// What shards are called, for a message.
    var namesInWords: String {
        switch kind {
        case .jsonl: ".jsonl, .jsonl.zst or .jsonl.gz"
        case .txt: ".txt, .txt.zst or .txt.gz"
        case .megatron: ".bin with an .idx beside it"
        case .uint16, .uint32: ".bin"
        case .auto: ".jsonl or .txt (plain, .zst or .gz), or .bin with an .idx beside it"
        }
    }

    /// The index that belongs to a Megatron shard.
    static func index(of location: String) -> String {
        (location.hasSuffix(".bin") ? String(location.dropLast(4)) : location) + ".idx"
    }

    private static func hasIndex(_ location: String) -> Bool {
        location.hasSuffix(".bin") && FileManager.default.fileExists(atPath: index(of: location))
    }

    private static func isJSONLines(_ plain: String, isCompressed: Bool) -> Bool {
        plain.hasSuffix(".jsonl") || plain.hasSuffix(".ndjson") || (isCompressed && plain.hasSuffix(".json"))
    }

    private static func withoutCompression(_ name: String) -> String {
        for suffix in [".zst", ".zstd", ".gz"] where name.hasSuffix(suffix) {
            return String(name.dropLast(suffix.count))
        }
        return name
    }
}
