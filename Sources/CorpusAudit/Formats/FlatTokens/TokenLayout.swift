/// How the ids of a flat token file are in it: little-endian, without header.
public struct TokenLayout: Sendable, Hashable {
    /// The size of an id.
    public enum Width: Int, Sendable {
        /// `uint16`, as nanoGPT and llm.c write them.
        case two = 2
        /// `uint32`, or `int32` with no id below 0.
        case four = 4
    }

    /// The size of an id.
    public var width: Width
    /// The id that ends documents, or starts them in a file that begins with it; `nil` if the file is one document.
    public var endOfDocument: UInt32?

    /// Creates a layout.
    public init(width: Width, endOfDocument: UInt32? = nil) {
        self.width = width
        self.endOfDocument = endOfDocument
    }
}

extension TokenLayout: CustomStringConvertible {
    /// The layout's name in audits and commits: `uint16`, or `uint16-eod-50256` where an id parts documents.
    public var description: String {
        (width == .two ? "uint16" : "uint32") + (endOfDocument.map { "-eod-\($0)" } ?? "")
    }

    init?(_ name: String) {
        let parts = name.split(separator: "-")
        guard let first = parts.first, ["uint16", "uint32"].contains(first) else { return nil }
        width = first == "uint16" ? .two : .four
        if parts.count == 1 { return }
        guard parts.count == 3, parts[1] == "eod", let id = UInt32(parts[2]) else { return nil }
        endOfDocument = id
    }
}
