/// How a shard holds its documents.
public enum ShardFormat: Sendable, Hashable {
    /// A JSON object a line, the text at a key.
    case jsonLines
    /// Text; the whole file is one document.
    case textFile
    /// Text; each line is a document.
    case textLines
    /// Token ids with an index of their documents beside them: Megatron's `.bin` and `.idx`.
    case megatron
    /// Token ids and nothing else.
    case tokens(TokenLayout)

    /// Whether the shard holds token ids rather than text.
    public var holdsTokens: Bool {
        switch self {
        case .megatron, .tokens: true
        case .jsonLines, .textFile, .textLines: false
        }
    }
}

extension ShardFormat: CustomStringConvertible {
    /// The format's name in audits and commits: `jsonl`, `txt-file`, `txt-line`, `megatron`, or the layout's.
    public var description: String {
        switch self {
        case .jsonLines: "jsonl"
        case .textFile: "txt-file"
        case .textLines: "txt-line"
        case .megatron: "megatron"
        case .tokens(let layout): layout.description
        }
    }

    /// Reads a format's name; `nil` for anything else.
    public init?(name: String) {
        switch name {
        case "jsonl": self = .jsonLines
        case "txt-file": self = .textFile
        case "txt-line": self = .textLines
        case "megatron": self = .megatron
        default:
            guard let layout = TokenLayout(name) else { return nil }
            self = .tokens(layout)
        }
    }
}
