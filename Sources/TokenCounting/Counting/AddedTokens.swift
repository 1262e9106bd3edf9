/// Tokens that a tokenizer cuts out of the text before it looks at anything else.
///
/// Those that are not special are part of how plain text is counted: GPT-NeoX has runs of spaces among them. The
/// spellings of special tokens are plain text here, as everywhere in this package, though where such a spelling
/// stands no other token begins inside it.
struct AddedTokens: Sendable {
    /// Looked for in the text as it is.
    let raw: TokenFinder
    /// Looked for after normalisation.
    let normalized: TokenFinder

    /// Sorts tokens by whether they are looked for before or after normalisation.
    init(_ tokens: [(bytes: [UInt8], isSpecial: Bool, isNormalized: Bool)]) {
        raw = TokenFinder(tokens.filter { !$0.isNormalized }.map { ($0.bytes, $0.isSpecial) })
        normalized = TokenFinder(tokens.filter(\.isNormalized).map { ($0.bytes, $0.isSpecial) })
    }

    /// Whether no text is cut by these.
    var isEmpty: Bool { raw.isEmpty && normalized.isEmpty }
}

/// Finds the leftmost, then longest, of a set of strings.
struct TokenFinder: Sendable {
    private struct Node {
        var children: [UInt8: Int] = [:]
        /// Whether a string ends here, and whether it is special.
        var end: Bool?
    }

    private var nodes = [Node()]
    /// The pairs of bytes that strings begin with, first byte and second byte; any second byte for strings of one.
    private var leads = [Bool](repeating: false, count: 1 << 16)
    /// Whether no string here cuts a text.
    private(set) var isEmpty = true

    init(_ strings: [(bytes: [UInt8], isSpecial: Bool)]) {
        for (bytes, isSpecial) in strings where !bytes.isEmpty {
            var node = 0
            for byte in bytes {
                if let child = nodes[node].children[byte] {
                    node = child
                } else {
                    nodes.append(Node())
                    nodes[node].children[byte] = nodes.count - 1
                    node = nodes.count - 1
                }
            }
            nodes[node].end = isSpecial
            let first = Int(bytes[0]) << 8
            if bytes.count > 1 {
                leads[first | Int(bytes[1])] = true
            } else {
                for second in 0..<256 { leads[first | second] = true }
            }
            if !isSpecial { isEmpty = false }
        }
    }

    /// Calls `piece` for each stretch between tokens and `token` for each token that is not special.
    ///
    /// - Complexity: O(*n* · *m*) in the text's bytes and the longest string's, near *n* for real texts.
    @inline(__always)
    func cut(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, piece: (UnsafePointer<UInt8>, Int) -> Void, token: () -> Void
    ) {
        guard !isEmpty else { return piece(bytes, length) }
        var start = 0
        var offset = 0
        leads.withUnsafeBufferPointer { leads in
            while offset < length {
                // The last byte may begin a string of one: looked up with any second byte, here itself.
                let second = offset + 1 < length ? bytes[offset + 1] : bytes[offset]
                guard leads[Int(bytes[offset]) << 8 | Int(second)],
                    let (end, isSpecial) = match(bytes, offset, length)
                else {
                    offset += 1
                    continue
                }
                if !isSpecial {
                    if offset > start { piece(bytes + start, offset - start) }
                    token()
                    start = end
                }
                offset = end
            }
        }
        if start < length { piece(bytes + start, length - start) }
    }

    private func match(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ length: Int) -> (end: Int, isSpecial: Bool)? {
        var node = 0
        var offset = start
        var found: (Int, Bool)?
        while offset < length, let child = nodes[node].children[bytes[offset]] {
            node = child
            offset += 1
            if let isSpecial = nodes[node].end { found = (offset, isSpecial) }
        }
        return found
    }
}
